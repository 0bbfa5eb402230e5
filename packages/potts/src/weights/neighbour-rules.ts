import { DomainError } from '@spinformer/numerics';
import type { WeightOptions } from '../alignment-weights.ts';

/** Default share of matching columns from which two sequences are neighbours. */
const DEFAULT_IDENTITY = 0.8;
/** Decimals that (1 − identity)·sites is rounded to, because 1 − 0.8 is a little less than 0.2. */
const DIGITS = 9;

/**
 * The identity that the options ask for.
 *
 * @throws {DomainError} for one outside 0…1.
 */
export function checkedIdentity({ identity = DEFAULT_IDENTITY }: WeightOptions): number {
  if (identity >= 0 && identity <= 1) return identity;
  throw new DomainError(
    `sequenceWeights: identity is the share of matching columns, in 0…1, got ${identity}. ` +
      'A divergence θ of 0.2 is an identity of 0.8.',
  );
}

/**
 * The smallest number of matching columns that makes two sequences neighbours; more than `sites` where even equal
 * sequences are none.
 *
 * @param sites columns compared; residues of the sequence under the conventions `eve` and `evcouplings`.
 * @throws {DomainError} for an identity outside 0…1 or a convention that compares no pairs.
 */
export function minimumMatches(sites: number, options: WeightOptions = {}): number {
  const identity = checkedIdentity(options);
  switch (options.convention ?? 'plmc') {
    case 'plmc':
      return Math.ceil(identity * sites);
    case 'gremlin':
      return Math.floor(identity * sites) + 1;
    case 'ccmpred':
      return Math.ceil(Math.fround(Math.fround(identity) * sites)) + 1;
    case 'plmdca':
      return sites - Math.floor(Number(((1 - identity) * sites).toFixed(DIGITS))) + 1;
    case 'adabmdca':
      return leastSingle(sites, identity);
    case 'evcouplings':
      return leastShare(sites, (share) => share >= identity);
    case 'eve':
      return leastShare(sites, (share) => share > 1 - (1 - identity));
    default:
      throw new DomainError(
        `sequenceWeights: convention must be one of ${CONVENTIONS.join(', ')} where pairs are compared, ` +
          `got ${JSON.stringify(options.convention)}.`,
      );
  }
}

const CONVENTIONS = ['plmc', 'gremlin', 'ccmpred', 'plmdca', 'adabmdca', 'evcouplings', 'eve'];

/** torch divides a count by L in float32 and compares with the threshold as a float32. */
function leastSingle(sites: number, identity: number): number {
  const threshold = Math.fround(identity);
  return leastShare(sites, (share) => Math.fround(share) > threshold);
}

/** The smallest whole number whose share of `sites` is near enough; sites + 1 where none is. */
function leastShare(sites: number, isNear: (share: number) => boolean): number {
  for (let matches = 0; matches <= sites; matches++) if (isNear(matches / sites)) return matches;
  return sites + 1;
}
