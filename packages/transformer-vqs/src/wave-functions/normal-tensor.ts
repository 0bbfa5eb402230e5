import type { Rng } from '@spinformer/numerics';
import { type Tensor, tensor } from '@spinformer/tensor';

/** A tensor of independent normal numbers with the given standard deviation. */
export function normalTensor(
  shape: readonly number[],
  deviation: number,
  rng: Rng,
  dtype: 'float32' | 'float64',
): Tensor {
  const length = shape.reduce((product, size) => product * size, 1);
  return tensor(
    Float64Array.from({ length }, () => deviation * rng.normal()),
    shape,
    dtype,
  );
}
