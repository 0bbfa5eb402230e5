import type { BufferHandle, DType, KernelName, KernelTable, Operand } from '../../backend.ts';
import { noise } from '../../noise.ts';
import { sizeOf } from '../../shape.ts';

/** Makes operands on the backend under test or on the oracle: the same numbers on both. */
export interface OperandMaker {
  /** Numbers in (−1, 1), or whole ones in −3…3 for int32. */
  random(
    shape: readonly number[],
    options?: { readonly scale?: number; readonly positive?: boolean },
  ): Operand;
  /** int32 indices in 0…below−1, and −1 here and there when `gaps`. */
  indices(shape: readonly number[], below: number, gaps?: boolean): Operand;
  values(values: ArrayLike<number>, shape: readonly number[], dtype?: DType): Operand;
}

/** One call of one kernel. */
export interface KernelCase {
  readonly kernel: KernelName;
  readonly title: string;
  readonly dtypes: readonly DType[];
  /** Numbers summed to make one output: what the tolerance grows with. */
  readonly terms?: number;
  run(kernels: KernelTable, make: OperandMaker, dtype: DType): readonly (BufferHandle | null)[];
}

/** For kernels on floating-point numbers. */
export const FLOATS: readonly DType[] = ['float32', 'float64'];
/** For kernels that also take whole numbers. */
export const ALL: readonly DType[] = ['float32', 'float64', 'int32'];

/** Empty, one, around the widths of vectors, and more than one thread's share. */
export const ODD_SHAPES: readonly (readonly number[])[] = [
  [0],
  [],
  [1],
  [3],
  [4],
  [5],
  [17],
  [2, 0, 3],
  [33, 7],
  [100_003],
];

/** An operand maker over `upload`, with a stream of its own that starts anew for every case. */
export function operandMaker(
  upload: (values: ArrayLike<number>, dtype: DType) => BufferHandle,
  dtype: DType,
): OperandMaker {
  let seed = 1;
  const values: OperandMaker['values'] = (given, shape, as = dtype) => ({
    buffer: upload(given, as),
    shape,
    dtype: as,
  });
  return {
    values,
    random(shape, { scale = 1, positive = false } = {}) {
      const drawn = noise(sizeOf(shape), seed++);
      return values(
        drawn.map((x) =>
          dtype === 'int32' ? Math.round(3 * x) : scale * (positive ? Math.abs(x) + 0.1 : x),
        ),
        shape,
      );
    },
    indices(shape, below, gaps = false) {
      const drawn = noise(sizeOf(shape), seed++);
      const index = (x: number, k: number) => (gaps && k % 5 === 3 ? -1 : Math.floor(((x + 1) / 2) * below));
      return values(Int32Array.from(drawn, index), shape, 'int32');
    },
  };
}
