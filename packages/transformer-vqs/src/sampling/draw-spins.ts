import type { AmplitudeEvaluator } from '../wave-function.ts';
import { bornWeights } from './full-sum.ts';
import type { SpinChains } from './spin-chains.ts';

/** Configurations drawn from |ψ|² or a power of |ψ|, or all of them with their probabilities. */
export interface SpinSamples {
  /** [samples, sites] of ±1; from chains [chains, draws, sites]. */
  readonly spins: Int8Array;
  /** Probability of each sample, summing to 1; absent means that all weigh the same. */
  readonly weights?: Float64Array;
  /** Number of Markov chains; 0 for a full sum. */
  readonly chains: number;
  /** Fraction of proposals accepted; 1 for a full sum. */
  readonly acceptance: number;
}

/** Options of {@link drawSpins}. */
export interface DrawSpinsOptions {
  /** Draws per chain, at least 1; default 1. */
  readonly draws?: number;
  /** Sweeps before each draw, a sweep being one proposal per site; default 1. */
  readonly sweeps?: number;
  /** Sweeps before the first draw that are thrown away; default 0. */
  readonly burnIn?: number;
  /** Draw from |ψ|^exponent, 0 < exponent ≤ 2, and weigh the samples with |ψ|^(2 − exponent); default 2. */
  readonly exponent?: number;
}

/**
 * Moves the chains on and draws from them. The samples are the caller's.
 *
 * @source becca2017, section 3.9; misery2025looking
 */
export function drawSpins(
  chains: SpinChains,
  amplitudes: AmplitudeEvaluator,
  options: DrawSpinsOptions = {},
): SpinSamples {
  const { draws = 1, sweeps = 1, burnIn = 0, exponent = 2 } = options;
  const { sites } = chains.pairs;
  if (burnIn > 0) chains.advance(amplitudes, burnIn * sites, exponent);
  const spins = new Int8Array(chains.chains * draws * sites);
  let accepted = 0;
  for (let draw = 0; draw < draws; draw++) {
    accepted += chains.advance(amplitudes, sweeps * sites, exponent);
    for (let c = 0; c < chains.chains; c++)
      spins.set(chains.spins.subarray(c * sites, (c + 1) * sites), (c * draws + draw) * sites);
  }
  const samples = { spins, chains: chains.chains, acceptance: accepted / draws };
  return exponent === 2 ? samples : { ...samples, weights: flatWeights(amplitudes, spins, exponent) };
}

/** |ψ|^(2 − exponent) of every sample, normalised. */
function flatWeights(amplitudes: AmplitudeEvaluator, spins: Int8Array, exponent: number): Float64Array {
  const { real } = amplitudes.logAmplitudes(spins);
  return bornWeights(real.map((x) => (1 - exponent / 2) * x));
}
