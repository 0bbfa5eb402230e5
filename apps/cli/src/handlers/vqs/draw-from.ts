import type { Rng } from '@spinformer/numerics';
import {
  AmplitudeCache,
  amplitudeEvaluator,
  drawSpins,
  movePairs,
  SpinChains,
  type TransformerParameters,
  type WaveFunction,
} from '@spinformer/transformer-vqs';
import { MEASURING } from './measuring.ts';
import type { SpinProblem } from './spin-problem.ts';

const CACHE_BYTES = 2 ** 28;

/** Independent configurations of |ψ|², [samples, sites]: each from a chain of its own. */
export function drawFrom(
  { lattice, model }: SpinProblem,
  wave: WaveFunction<TransformerParameters>,
  parameters: TransformerParameters,
  { samples, rng }: { readonly samples: number; readonly rng: Rng },
): Int8Array {
  const evaluator = amplitudeEvaluator(wave, parameters);
  const { invariance } = wave;
  const cache = new AmplitudeCache(evaluator, lattice.sites, { invariance, maximumBytes: CACHE_BYTES });
  try {
    const pairs = movePairs(lattice.sites, lattice.bonds, 'bonds');
    const chains = SpinChains.start(pairs, samples, lattice.sites / 2 + model.totalSz, rng.fork('chains'));
    return drawSpins(chains, cache, { burnIn: MEASURING.burnIn }).spins;
  } finally {
    evaluator.free();
  }
}
