import { type Configurations, DomainError, type Floats } from '@spinformer/numerics';
import type { PottsModel } from '../model.ts';
import { oneSiteFrequencies } from '../statistics/one-point.ts';

/** Options of {@link independentModel}. */
export interface IndependentOptions {
  /** Sequences added to each site, spread evenly over its states, so that no frequency is zero; default 1. */
  readonly pseudocount?: number;
}

/**
 * The model of independent sites, h_i(a) = log f_i(a): what a family says without couplings, and the baseline that
 * couplings have to beat.
 *
 * @param data weighted configurations; −1 is a missing entry and does not count.
 * @returns a full model whose couplings are zero.
 * @throws {DomainError} for a pseudocount that is not positive.
 * @throws {ShapeError | DomainError} for configurations whose sizes or entries are wrong.
 * @complexity O(samples·sites)
 */
export function independentModel(data: Configurations, options: IndependentOptions = {}): PottsModel {
  const { pseudocount = 1 } = options;
  if (!(pseudocount > 0 && pseudocount < Number.POSITIVE_INFINITY))
    throw new DomainError(
      `independentModel: pseudocount must be a positive number of sequences, got ${pseudocount}. Without it a state ` +
        'that was never seen has no finite field.',
    );
  const { sites, states } = data;
  const known = knownWeight(data);
  const frequencies = oneSiteFrequencies(data);
  const fields = frequencies.map((frequency, k) => {
    const weight = known[Math.floor(k / states)];
    return Math.log((frequency * weight + pseudocount / states) / (weight + pseudocount));
  });
  return { sites, states, fields, couplings: new Float32Array((sites * states) ** 2) };
}

/** [sites], the summed weight of the samples that know a site. */
function knownWeight({ samples, sites, values, weights }: Configurations): Floats<'sites'> {
  const known = new Float64Array(sites);
  for (let m = 0; m < samples; m++)
    for (let i = 0; i < sites; i++) if (values[m * sites + i] >= 0) known[i] += weights?.[m] ?? 1;
  return known;
}

/**
 * Conservation of every site: log₂ q minus the entropy of its weighted frequencies, in bits; the height of a sequence
 * logo. 0 is a site where all states are equally frequent, log₂ q one with a single state.
 *
 * @returns [sites], new; NaN for a site that no sample knows.
 * @throws {ShapeError | DomainError} for configurations whose sizes or entries are wrong.
 */
export function siteConservation(data: Configurations): Floats<'sites'> {
  const { sites, states } = data;
  const frequencies = oneSiteFrequencies(data);
  return Float64Array.from({ length: sites }, (_, i) => {
    const row = frequencies.subarray(i * states, (i + 1) * states);
    if (row.every((frequency) => frequency === 0)) return Number.NaN;
    return row.reduce((bits, f) => (f > 0 ? bits + f * Math.log2(f) : bits), Math.log2(states));
  });
}
