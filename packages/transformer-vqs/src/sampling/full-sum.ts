import { DomainError } from '@spinformer/numerics';
import { basisStates, binomial } from '../exact/basis.ts';
import type { AmplitudeEvaluator } from '../wave-function.ts';
import type { SpinSamples } from './draw-spins.ts';

/** Most configurations of a full sum: above it, sampling is what anybody can afford. */
export const MAXIMUM_FULL_SUM = 2 ** 18;

/**
 * All configurations with `up` up spins, [dimension, sites], for {@link fullSum}.
 *
 * @throws {DomainError} when there are more than 2^18.
 */
export function allSpins(sites: number, up: number): Int8Array {
  const dimension = binomial(sites, up);
  if (dimension > MAXIMUM_FULL_SUM)
    throw new DomainError(
      `samples: 'all' would sum ${dimension.toExponential(2)} configurations of ${sites} sites, the limit is ` +
        `${MAXIMUM_FULL_SUM}. Give a number of samples instead.`,
    );
  return basisStates(sites, up).spins();
}

/** Every configuration with its probability |ψ|²/Σ|ψ|²: what sampling estimates, without error. */
export function fullSum(amplitudes: AmplitudeEvaluator, spins: Int8Array): SpinSamples {
  const { real } = amplitudes.logAmplitudes(spins);
  return { spins, weights: bornWeights(real), chains: 0, acceptance: 1 };
}

/** exp(2 Re log ψ), normalised; `multiplicity` counts configurations that a row stands for. */
export function bornWeights(logPsi: Float64Array, multiplicity?: ArrayLike<number>): Float64Array {
  let largest = Number.NEGATIVE_INFINITY;
  for (let s = 0; s < logPsi.length; s++) largest = Math.max(largest, logPsi[s]);
  const weights = new Float64Array(logPsi.length);
  let total = 0;
  for (let s = 0; s < logPsi.length; s++) {
    weights[s] = Math.exp(2 * (logPsi[s] - largest)) * (multiplicity?.[s] ?? 1);
    total += weights[s];
  }
  for (let s = 0; s < logPsi.length; s++) weights[s] /= total;
  return weights;
}
