import { DataError } from '@spinformer/numerics';
import type { PottsModel } from '../model.ts';

/** The most numbers of a coupling tensor: 4 GiB of float32, about what one typed array holds everywhere. */
const MOST_COUPLINGS = 2 ** 30;

/**
 * A coupling tensor of zeros, [sites, sites, states, states].
 *
 * @throws {DataError} for one that no array can hold.
 */
export function emptyCouplings(caller: string, sites: number, states: number): Float64Array {
  const size = (sites * states) ** 2;
  if (size > MOST_COUPLINGS)
    throw new DataError(
      `${caller}: ${sites} sites of ${states} states need ${size} couplings, more than the ${MOST_COUPLINGS} that fit. ` +
        'Is the file damaged? Otherwise leave out columns.',
    );
  return new Float64Array(size);
}

/** Writes block J_ij(a, b), `values[a·states + b]`, and its mirror J_ji(b, a). Trusts its arguments. */
export function placeBlock(
  { sites, states, couplings }: Pick<PottsModel, 'sites' | 'states' | 'couplings'>,
  i: number,
  j: number,
  values: ArrayLike<number>,
): void {
  const forward = (i * sites + j) * states * states;
  const backward = (j * sites + i) * states * states;
  for (let a = 0; a < states; a++)
    for (let b = 0; b < states; b++)
      couplings[forward + a * states + b] = couplings[backward + b * states + a] = values[a * states + b];
}

/** J_ij(a, b) of a pair, [states, states], as a view. */
export function blockOf({ sites, states, couplings }: PottsModel, i: number, j: number) {
  const start = (i * sites + j) * states * states;
  return couplings.subarray(start, start + states * states);
}

/** Calls `visit` for every pair i < j in the order (0,1), (0,2), … */
export function forEachPair(sites: number, visit: (i: number, j: number) => void): void {
  for (let i = 0; i < sites; i++) for (let j = i + 1; j < sites; j++) visit(i, j);
}
