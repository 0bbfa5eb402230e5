import { DomainError, ShapeError } from '../errors.ts';
import { mean, variance } from './moments.ts';

/** A mean of correlated draws with its error, and whether the chains agree. */
export interface Estimate {
  /** Mean over all draws of all chains. */
  readonly mean: number;
  /** Standard error of the mean, √(variance / effectiveSamples). */
  readonly standardError: number;
  /** Variance of one draw, between chains included. */
  readonly variance: number;
  /** τ = 1 + 2 Σ_t ρ_t, in draws: 1 for independent draws, twice the τ_int of the physics literature. */
  readonly autocorrelationTime: number;
  /** Split R̂: 1 when all halves of all chains agree; above 1.01 the chains have not mixed. NaN where it has no meaning. */
  readonly rHat: number;
  /** Draws divided by τ: as many independent draws would give this error. */
  readonly effectiveSamples: number;
}

const LEAST_DRAWS = 4;

/** The halves of every chain as rows; a middle draw is left out. */
function splitChains(samples: ArrayLike<number>, chains: number): Float64Array[] {
  const draws = samples.length / chains;
  const half = Math.floor(draws / 2);
  const rows: Float64Array[] = [];
  for (let chain = 0; chain < chains; chain++) {
    for (const from of [chain * draws, (chain + 1) * draws - half]) {
      rows.push(Float64Array.from({ length: half }, (_, draw) => samples[from + draw]));
    }
  }
  return rows;
}

/** Mean over chains of the autocovariance at a lag, divided by the number of draws (the biased one, as it should be). */
function autocovariance(centred: readonly Float64Array[], lag: number): number {
  let total = 0;
  for (const row of centred) for (let t = lag; t < row.length; t++) total += row[t] * row[t - lag];
  return total / (centred.length * centred[0].length);
}

/**
 * τ from the split chains: autocorrelations of all chains together, summed by Geyer's initial monotone sequence.
 */
function autocorrelationTime(rows: readonly Float64Array[], within: number, total: number): number {
  const draws = rows[0].length;
  const centred = rows.map((row) => {
    const centre = mean(row);
    return row.map((value) => value - centre);
  });
  const correlation = (lag: number) => (lag === 0 ? 1 : 1 - (within - autocovariance(centred, lag)) / total);
  let sum = 0;
  let least = Number.POSITIVE_INFINITY;
  for (let lag = 0; lag + 1 < draws; lag += 2) {
    const pair = correlation(lag) + correlation(lag + 1);
    if (!(pair > 0)) break;
    least = Math.min(least, pair);
    sum += least;
  }
  // No chain of this length can show more effective samples than this bound.
  const all = draws * rows.length;
  return Math.max(2 * sum - 1, 1 / Math.max(1, Math.log10(all)));
}

/**
 * The mean of draws from one or more Markov chains with an honest error: autocorrelation time, effective samples, and
 * split R̂ as the test of mixing.
 *
 * @param samples - [chains, draws], the draws of one chain after another.
 * @param chains - number of chains, default 1.
 * @throws {ShapeError} when the samples do not divide into the chains.
 * @throws {DomainError} when a chain has fewer than four draws, or a sample is not finite.
 * @source vehtari2021rhat, section 3; geyer1992 (monotone sequence)
 * @complexity draws · τ
 * @example
 * ```ts
 * formatEstimate(estimate(energies, 4)); // '-0.4312(7)'
 * ```
 */
export function estimate(samples: ArrayLike<number>, chains = 1): Estimate {
  if (!(Number.isInteger(chains) && chains >= 1)) {
    throw new DomainError(`estimate: chains must be an integer ≥ 1, got ${chains}.`);
  }
  if (samples.length % chains !== 0) {
    throw new ShapeError(
      `estimate: ${samples.length} samples do not divide into ${chains} chains. Pass [chains, draws], one chain after another.`,
    );
  }
  const draws = samples.length / chains;
  if (draws < LEAST_DRAWS) {
    throw new DomainError(
      `estimate: every chain must have at least ${LEAST_DRAWS} draws, got ${draws}. Draw more, or use independentEstimate for independent values.`,
    );
  }
  checkFinite(samples, 'estimate');
  const rows = splitChains(samples, chains);
  const half = rows[0].length;
  const within = mean(rows.map(variance));
  const between = variance(rows.map(mean));
  const total = (within * (half - 1)) / half + between;
  const centre = mean(samples);
  if (total === 0) {
    const effectiveSamples = samples.length;
    return { mean: centre, standardError: 0, variance: 0, autocorrelationTime: 1, rHat: 1, effectiveSamples };
  }

  const tau = autocorrelationTime(rows, within, total);
  const effectiveSamples = samples.length / tau;
  return {
    mean: centre,
    standardError: Math.sqrt(total / effectiveSamples),
    variance: total,
    autocorrelationTime: tau,
    rHat: Math.sqrt(total / within),
    effectiveSamples,
  };
}

/**
 * The mean of independent values, such as the results of repeated runs, with its standard error.
 *
 * @param values - at least one; a single value has error NaN.
 * @throws {DomainError} for no values or one that is not finite.
 */
export function independentEstimate(values: ArrayLike<number>): Estimate {
  if (values.length === 0) throw new DomainError('independentEstimate: values must not be empty.');
  checkFinite(values, 'independentEstimate');
  const spread = variance(values);
  return {
    mean: mean(values),
    standardError: Math.sqrt(spread / values.length),
    variance: spread,
    autocorrelationTime: 1,
    rHat: Number.NaN,
    effectiveSamples: values.length,
  };
}

function checkFinite(samples: ArrayLike<number>, caller: string): void {
  for (let i = 0; i < samples.length; i++) {
    if (Number.isFinite(samples[i])) continue;
    throw new DomainError(
      `${caller}: sample ${i} is ${samples[i]}. Find out what computed it before averaging.`,
    );
  }
}
