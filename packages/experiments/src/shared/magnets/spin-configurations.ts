import type { Rng } from '@spinformer/numerics';
import type { ParameterTree } from '@spinformer/tensor';
import {
  AmplitudeCache,
  allSpins,
  amplitudeEvaluator,
  drawSpins,
  fullSum,
  movePairs,
  SpinChains,
  type SpinChainsState,
  type SpinHamiltonian,
  type WaveFunction,
} from '@spinformer/transformer-vqs';

/**
 * Configurations drawn from |ψ|²: from the exact probabilities where the optimisation summed over all of them, else by
 * its chains, which stand in equilibrium.
 *
 * @param chains where the chains of the optimisation stand; null for exact sums
 * @param count how many; chains give a multiple of their number, at least this many
 * @returns [samples, sites] of ±1
 */
export function spinConfigurations<P extends ParameterTree>(
  { lattice }: SpinHamiltonian,
  wave: WaveFunction<P>,
  parameters: P,
  chains: SpinChainsState | null,
  count: number,
  rng: Rng,
): Int8Array {
  const { sites } = lattice;
  const evaluator = amplitudeEvaluator(wave, parameters);
  const cache = new AmplitudeCache(evaluator, sites, { invariance: wave.invariance });
  try {
    if (chains) {
      const walkers = SpinChains.resume(movePairs(sites, lattice.bonds, 'bonds'), chains);
      return drawSpins(walkers, cache, { draws: Math.ceil(count / walkers.chains) }).spins;
    }
    const { spins, weights } = fullSum(cache, allSpins(sites, sites / 2));
    return systematic(spins, weights!, sites, count, rng.uniform());
  } finally {
    evaluator.free();
  }
}

/** Rows whose shares of `count` follow the weights as closely as whole numbers can. */
function systematic(spins: Int8Array, weights: Float64Array, sites: number, count: number, offset: number) {
  const drawn = new Int8Array(count * sites);
  let row = 0;
  let reached = weights[0];
  for (let k = 0; k < count; k++) {
    const wanted = (k + offset) / count;
    while (reached < wanted && row < weights.length - 1) reached += weights[++row];
    drawn.set(spins.subarray(row * sites, (row + 1) * sites), k * sites);
  }
  return drawn;
}
