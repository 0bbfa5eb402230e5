import { DomainError, type PottsLike } from '@spinformer/numerics';

/** Above this many configurations a sum over all takes longer than a study should: 26⁵ fit, 26⁶ do not. */
export const ENUMERATION_LIMIT = 20_000_000;

/**
 * log Σ_s exp(−E(s)) over all configurations of a small Potts model, keeping none of them: prefixes are extended site
 * by site.
 *
 * @param model any pairwise model
 * @returns nats
 * @throws {DomainError} above {@link ENUMERATION_LIMIT} configurations
 * @complexity states^sites, times sites for all but the last
 */
export function logPartition(model: PottsLike): number {
  const { sites, states, fields, couplings } = model;
  if (states ** sites > ENUMERATION_LIMIT) {
    throw new DomainError(
      `logPartition: ${states}^${sites} configurations are more than ${ENUMERATION_LIMIT}. Choose fewer sites.`,
    );
  }
  const highest = upperBound(model);
  // levels[i] holds the fields at sites i… that remain once the letters before i are chosen.
  const levels = Array.from({ length: sites }, () => Float64Array.from(fields));
  const descend = (site: number, exponent: number): number => {
    const level = levels[site];
    let sum = 0;
    for (let a = 0; a < states; a++) {
      const reached = exponent + level[site * states + a];
      if (site === sites - 1) {
        sum += Math.exp(reached);
        continue;
      }
      const below = levels[site + 1];
      for (let j = site + 1; j < sites; j++) {
        const row = ((site * sites + j) * states + a) * states;
        for (let b = 0; b < states; b++) below[j * states + b] = level[j * states + b] + couplings[row + b];
      }
      sum += descend(site + 1, reached);
    }
    return sum;
  };
  return highest + Math.log(descend(0, -highest));
}

/** A number that no −E exceeds, so that no exponential overflows. */
function upperBound({ sites, states, fields, couplings }: PottsLike): number {
  let bound = 0;
  for (let i = 0; i < sites; i++) {
    bound += highestOf(fields, i * states, states);
    for (let j = i + 1; j < sites; j++) {
      bound += highestOf(couplings, (i * sites + j) * states * states, states * states);
    }
  }
  return bound;
}

function highestOf(values: ArrayLike<number>, start: number, length: number): number {
  let highest = values[start];
  for (let k = start + 1; k < start + length; k++) highest = Math.max(highest, values[k]);
  return highest;
}
