import type { Backend, DType, Operand } from '../../src/index.ts';

/** Reproducible numbers of both signs, none of them special. */
export function noise(length: number, seed = 1): Float64Array {
  return Float64Array.from({ length }, (_, k) => {
    const x = Math.sin((k + 1) * 12.9898 + seed * 78.233) * 43758.5453;
    return 2 * (x - Math.floor(x)) - 1;
  });
}

export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

/** An operand on `backend`: the given values, or noise. */
export function operand(
  backend: Backend,
  shape: readonly number[],
  dtype: DType = 'float32',
  values: ArrayLike<number> = noise(sizeOf(shape), shape.length),
): Operand {
  return { buffer: backend.upload(values, dtype), shape, dtype };
}
