import { ShapeError } from '@spinformer/numerics';
import type { Tensor } from '@spinformer/tensor';

/** @throws {ShapeError} when `spins` is not an int32 tensor [samples, sites]. */
export function checkSpinTensor(name: string, spins: Tensor, sites: number): void {
  if (spins.dtype !== 'int32' || spins.shape.length !== 2 || spins.shape[1] !== sites)
    throw new ShapeError(
      `${name}: spins must be int32 [samples, ${sites}], got ${spins.dtype} [${spins.shape.join(', ')}]. ` +
        'Reshape them, or pass the state of another lattice.',
    );
}

/**
 * The number of configurations in `spins`.
 *
 * @throws {ShapeError} when its length is not a multiple of the number of sites.
 */
export function countSamples(name: string, spins: Int8Array, sites: number): number {
  const samples = spins.length / sites;
  if (!Number.isInteger(samples))
    throw new ShapeError(
      `${name}: configurations of ${sites} sites need a multiple of ${sites} entries, got ${spins.length}. ` +
        'Lay them out as [samples, sites].',
    );
  return samples;
}
