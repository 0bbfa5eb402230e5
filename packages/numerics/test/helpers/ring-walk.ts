import type { MarkovKernel } from '@spinformer/numerics';

/** A walker on a ring of states with given log-weights. */
export type Walker = { at: number; trail: Int32Array };

/** Metropolis moves to a neighbour on a ring: the smallest kernel with an exact answer. */
export function ringWalk(logWeights: readonly number[]): MarkovKernel<Walker, { accepted: boolean }> {
  const states = logWeights.length;
  return {
    name: 'ring-walk',
    init: (rng) => ({ at: rng.integer(states), trail: new Int32Array(2) }),
    step(state, rng) {
      const to = (state.at + (rng.integer(2) === 0 ? 1 : states - 1)) % states;
      const accepted = rng.uniform() < Math.exp(logWeights[to] - logWeights[state.at]);
      if (accepted) state.at = to;
      state.trail[0]++;
      return { accepted };
    },
    citations: ['metropolis1953'],
  };
}
