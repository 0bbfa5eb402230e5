import { DomainError, type Floats } from '@spinformer/numerics';

/**
 * Whose rule decides when two sequences are neighbours. With m matching columns of L, gaps counted as letters:
 * `plmc` (and EVcouplings) m ≥ t·L; `gremlin` m > ⌊t·L⌋; `ccmpred` m > ⌈t·L⌉ in float32;
 * `plmdca` (PlmDCA.jl, ArDCA.jl, GaussDCA.jl) L − m < ⌊(1 − t)·L⌋, where t is the identity.
 */
export type WeightConvention = 'plmc' | 'gremlin' | 'ccmpred' | 'plmdca';

/** Options of {@link sequenceWeights}. */
export interface WeightOptions {
  /** Share of matching columns, in 0…1, from which two sequences are neighbours. Default 0.8. */
  readonly identity?: number;
  /** Default 'plmc'. */
  readonly convention?: WeightConvention;
}

/** Sequences as bytes: what {@link sequenceWeights} compares, letter codes with gaps included. */
export interface EncodedSequences {
  readonly samples: number;
  readonly sites: number;
  /** [samples, sites]. */
  readonly codes: Uint8Array;
}

/** Default share of matching columns from which two sequences are neighbours. */
const DEFAULT_IDENTITY = 0.8;

/**
 * Sequence weights 1/(1 + number of neighbours): related sequences share the weight of one. This is the plain
 * reference; the sum of the weights is {@link effectiveSequences}.
 *
 * @returns [samples], in (0, 1], new.
 * @throws {DomainError} for an identity outside 0…1.
 * @complexity O(samples²·sites), less where sequences differ early
 * @source hopf2017mutation, sequence weights
 * @example
 * ```ts
 * sequenceWeights(readAlignment('>a\nAAAAA\n>b\nAAAAA\n>c\nCCCCC\n')); // [0.5, 0.5, 1]
 * ```
 */
export function sequenceWeights(
  { samples, sites, codes }: EncodedSequences,
  options: WeightOptions = {},
): Floats<'samples'> {
  const allowed = sites - minimumMatches(sites, options);
  const counts = new Float64Array(samples).fill(1);
  for (let m = 0; m < samples; m++) {
    for (let n = m + 1; n < samples; n++) {
      if (!withinDistance(codes, m * sites, n * sites, sites, allowed)) continue;
      counts[m]++;
      counts[n]++;
    }
  }
  return counts.map((count) => 1 / count);
}

/** Decimals that (1 − identity)·sites is rounded to, because 1 − 0.8 is a little less than 0.2. */
const DIGITS = 9;

/**
 * The smallest number of matching columns that makes two sequences neighbours; more than `sites` where even equal
 * sequences are none.
 *
 * @throws {DomainError} for an identity outside 0…1.
 */
export function minimumMatches(sites: number, options: WeightOptions = {}): number {
  const identity = options.identity ?? DEFAULT_IDENTITY;
  if (!(identity >= 0 && identity <= 1))
    throw new DomainError(
      `sequenceWeights: identity is the share of matching columns, in 0…1, got ${identity}. ` +
        'A divergence θ of 0.2 is an identity of 0.8.',
    );
  switch (options.convention ?? 'plmc') {
    case 'plmc':
      return Math.ceil(identity * sites);
    case 'gremlin':
      return Math.floor(identity * sites) + 1;
    case 'ccmpred':
      return Math.ceil(Math.fround(Math.fround(identity) * sites)) + 1;
    case 'plmdca':
      return sites - Math.floor(Number(((1 - identity) * sites).toFixed(DIGITS))) + 1;
    default:
      throw new DomainError(
        `sequenceWeights: convention must be plmc, gremlin, ccmpred or plmdca, got ${JSON.stringify(options.convention)}.`,
      );
  }
}

function withinDistance(codes: Uint8Array, a: number, b: number, sites: number, allowed: number): boolean {
  let left = allowed;
  for (let i = 0; i < sites && left >= 0; i++) if (codes[a + i] !== codes[b + i]) left--;
  return left >= 0;
}

/**
 * The effective number of sequences, M_eff: the sum of the weights, or the number of samples where there are none.
 *
 * @example
 * ```ts
 * effectiveSequences(Float64Array.of(0.5, 0.5, 1)); // 2
 * ```
 */
export function effectiveSequences(weights: Floats<'samples'>): number {
  return weights.reduce((sum, weight) => sum + weight, 0);
}
