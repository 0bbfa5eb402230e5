import type { Rng } from '@spinformer/numerics';
import { type Tensor, tensor, zeros } from '@spinformer/tensor';
import type { Precision } from './model.ts';

/** A tensor of independent normal numbers with the given standard deviation; 0 gives zeros. */
export function normalTensor(
  shape: readonly number[],
  deviation: number,
  rng: Rng,
  precision: Precision,
): Tensor {
  if (deviation === 0) return zeros(shape, precision);
  const length = shape.reduce((product, size) => product * size, 1);
  const entries = new Float64Array(length);
  for (let k = 0; k < length; k++) entries[k] = deviation * rng.normal();
  return tensor(entries, shape, precision);
}
