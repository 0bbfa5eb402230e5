import {
  type Configurations,
  DomainError,
  type Floats,
  type PottsLike,
  type Rng,
} from '@spinformer/numerics';
import { energy } from '../energy.ts';
import { columnsOf } from '../statistics/columns.ts';

/** Shares of data and samples in common bins; each sums to 1. */
export interface HistogramPair {
  /** Edges of the bins, ascending, one more than bins. */
  readonly edges: Float64Array;
  readonly data: Float64Array;
  readonly samples: Float64Array;
}

const BINS = 60;

/**
 * Energies of data and samples under a model, total, in common bins. Samples of the model itself lie where the data lie
 * when the model is right and the samples are mixed.
 *
 * @param bins at least 1; default 60.
 * @throws {DomainError | ShapeError} for impossible bins, models or configurations.
 */
export function energyHistogram(
  model: PottsLike,
  data: Configurations,
  samples: Configurations,
  { bins = BINS }: { readonly bins?: number } = {},
): HistogramPair {
  if (!(Number.isInteger(bins) && bins >= 1))
    throw new DomainError(`energyHistogram: bins must be a whole number of at least 1, got ${bins}.`);
  const [x, y] = [energy(model, data.values), energy(model, samples.values)];
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const e of [x, y])
    for (const value of e) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  const width = high > low ? (high - low) / bins : 1;
  const edges = Float64Array.from({ length: bins + 1 }, (_, k) => low + k * width);
  const count = (values: Float64Array, weights: Float64Array | undefined) => {
    const shares = new Float64Array(bins);
    values.forEach((value, m) => {
      shares[Math.min(bins - 1, Math.floor((value - low) / width))] += weights?.[m] ?? 1;
    });
    return normalise(shares);
  };
  return { edges, data: count(x, data.weights), samples: count(y, samples.weights) };
}

/**
 * Share of pairs of different sequences at each number of differing columns, 0…sites, from pairs drawn at random and
 * weighted by both weights. A missing entry counts as one more letter.
 *
 * @param pairs drawn, at least 1; default 100,000.
 * @returns [sites + 1], new; sums to 1, or is zero for a single sequence.
 * @throws {DomainError | ShapeError} for impossible pairs or configurations.
 */
export function distanceHistogram(
  sequences: Configurations,
  { pairs = 100_000, rng }: { readonly pairs?: number; readonly rng: Rng },
): Floats<'distances'> {
  if (!(Number.isInteger(pairs) && pairs >= 1))
    throw new DomainError(`distanceHistogram: pairs must be a whole number of at least 1, got ${pairs}.`);
  const { samples, sites, weights } = columnsOf('distanceHistogram', sequences);
  const { values } = sequences;
  const shares = new Float64Array(sites + 1);
  if (samples < 2) return shares;
  for (let k = 0; k < pairs; k++) {
    const m = rng.integer(samples);
    const other = rng.integer(samples - 1);
    const n = other < m ? other : other + 1;
    let differ = 0;
    for (let i = 0; i < sites; i++) if (values[m * sites + i] !== values[n * sites + i]) differ++;
    shares[differ] += weights[m] * weights[n];
  }
  return normalise(shares);
}

function normalise(shares: Float64Array): Float64Array {
  const total = shares.reduce((sum, share) => sum + share, 0);
  return total > 0 ? shares.map((share) => share / total) : shares;
}
