import { type Configurations, DataError, type Floats } from '@spinformer/numerics';
import { oneSiteFrequencies } from '../statistics/one-point.ts';
import { type PairStatistics, twoSiteFrequencies } from '../statistics/two-point.ts';

/** What Boltzmann learning has to reproduce. */
export interface DataFrequencies {
  readonly sites: number;
  readonly states: number;
  /** M_eff, the sum of the weights. */
  readonly effectiveSequences: number;
  /** f_i(a), [sites, states]. */
  readonly singles: Floats<'sites states'>;
  /** f_ij(a, b), [sites, sites, states, states]. */
  readonly pairs: PairStatistics;
}

/**
 * M_eff of weighted configurations.
 * @throws {DataError} where it is not a positive number.
 */
export function effectiveNumber({ samples, weights }: Configurations): number {
  const sum = weights ? weights.reduce((total, weight) => total + weight, 0) : samples;
  if (!(sum > 0 && sum < Number.POSITIVE_INFINITY))
    throw new DataError(
      `inferBoltzmann: the weights of the sequences sum to ${sum}. Give sequences of positive weight.`,
    );
  return sum;
}

/**
 * Frequencies of the data with a share `pseudocount` of uniform ones mixed in: (1 − α) f_i + α/q, (1 − α) f_ij + α/q².
 * Missing entries are left out, pair by pair.
 * @throws {ShapeError | DomainError | DataError} for configurations whose sizes, entries or weights are wrong.
 */
export function dataFrequencies(data: Configurations, pseudocount: number): DataFrequencies {
  const { sites, states } = data;
  const singles = oneSiteFrequencies(data).map((f) => (1 - pseudocount) * f + pseudocount / states);
  const pairs = twoSiteFrequencies(data, { precision: 'float32' });
  const uniform = pseudocount / states ** 2;
  for (let k = 0; k < pairs.length; k++) pairs[k] = (1 - pseudocount) * pairs[k] + uniform;
  return { sites, states, effectiveSequences: effectiveNumber(data), singles, pairs };
}

/** Frequencies that stand for zero in a profile, whose fields must be finite. */
const SMALLEST_FREQUENCY = 1e-7;

/** Fields of the model of independent sites, log f_i(a) with mean zero, [sites, states]. */
export function profileFields({ sites, states, singles }: DataFrequencies): Floats<'sites states'> {
  const fields = singles.map((f) => Math.log(Math.max(f, SMALLEST_FREQUENCY)));
  for (let i = 0; i < sites; i++) {
    const site = fields.subarray(i * states, (i + 1) * states);
    const mean = site.reduce((sum, h) => sum + h, 0) / states;
    for (let a = 0; a < states; a++) site[a] -= mean;
  }
  return fields;
}
