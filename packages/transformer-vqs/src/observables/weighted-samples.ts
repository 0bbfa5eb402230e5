import { type Estimate, estimate, independentEstimate } from '@spinformer/numerics';
import type { ParameterTree } from '@spinformer/tensor';
import type { Lattice } from '../lattice.ts';
import { AmplitudeCache } from '../local-energy/amplitude-cache.ts';
import { type VmcOptions, vmcSettings } from '../optimize/vmc-options.ts';
import { drawSpins, type SpinSamples } from '../sampling/draw-spins.ts';
import { movePairs } from '../sampling/exchange-rule.ts';
import { allSpins, fullSum } from '../sampling/full-sum.ts';
import { SpinChains } from '../sampling/spin-chains.ts';
import type { WaveFunction } from '../wave-function.ts';
import { amplitudeEvaluator } from '../wave-functions/amplitude-evaluator.ts';

/** How the configurations of a measurement are drawn; the meaning is that of `optimizeState`'s options. */
export type MeasureOptions = Pick<
  VmcOptions,
  'rng' | 'samples' | 'chains' | 'sweeps' | 'burnIn' | 'rule' | 'totalSz' | 'memoryBudget'
>;

/** Draws of a chain below which errors come from the spread of chains alone. */
const LEAST_DRAWS = 4;
const CACHE_PART = 1 / 4;

/** Runs `body` on configurations drawn from |ψ|², or all of them, with the amplitudes at hand. */
export function withSamples<P extends ParameterTree, T>(
  lattice: Lattice,
  wave: WaveFunction<P>,
  parameters: P,
  options: MeasureOptions,
  body: (samples: SpinSamples, cache: AmplitudeCache) => T,
): T {
  const settings = vmcSettings(lattice.sites, options as VmcOptions);
  const evaluator = amplitudeEvaluator(wave, parameters);
  const { invariance } = wave;
  const maximumBytes = settings.memoryBudget * CACHE_PART;
  const cache = new AmplitudeCache(evaluator, lattice.sites, { invariance, maximumBytes });
  try {
    if (settings.samples === 'all') return body(fullSum(cache, allSpins(lattice.sites, settings.up)), cache);
    const pairs = movePairs(lattice.sites, lattice.bonds, settings.rule);
    const chains = SpinChains.start(pairs, settings.chains, settings.up, options.rng.fork('chains'));
    return body(drawSpins(chains, cache, settings), cache);
  } finally {
    evaluator.free();
  }
}

/** Probability of each sample, summing to 1. */
export function sampleWeights(samples: SpinSamples, count: number): Float64Array {
  return samples.weights ?? new Float64Array(count).fill(1 / count);
}

/** The mean of one number per sample with its error; the error of a full sum is 0. */
export function meanOverSamples(values: Float64Array, samples: SpinSamples): Estimate {
  const { weights, chains } = samples;
  if (!weights)
    return values.length / chains >= LEAST_DRAWS ? estimate(values, chains) : independentEstimate(values);
  let mean = 0;
  for (let s = 0; s < values.length; s++) if (weights[s] > 0) mean += weights[s] * values[s];
  let variance = 0;
  for (let s = 0; s < values.length; s++)
    if (weights[s] > 0) variance += weights[s] * (values[s] - mean) ** 2;
  return {
    mean,
    standardError: 0,
    variance,
    autocorrelationTime: 1,
    rHat: Number.NaN,
    effectiveSamples: Number.POSITIVE_INFINITY,
  };
}
