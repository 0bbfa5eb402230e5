import type { Rng } from '@spinformer/numerics';
import { checkFullSize, type GeneralizedPottsModel, generalizedPotts, toFullModel } from './generalized.ts';
import { gaussianCouplings, goeColours, identityColours, latticeCouplings } from './generalized-couplings.ts';
import type { PottsModel } from './model.ts';

/**
 * The ordinary Potts model on a lattice of any dimension: E = −K Σ_{⟨ij⟩} δ(s_i, s_j) − H Σ_i δ(s_i, 0).
 *
 * @param options.shape lengths of the sides: [20] a chain, [8, 8] a square.
 * @param options.coupling K, in units of k_B T; positive favours equal states.
 * @param options.field H, on state 0. Default 0.
 * @param options.periodic default true.
 * @throws {DomainError} for a side below 1, fewer than two states, or a lattice whose couplings do not fit in memory.
 * @example
 * ```ts
 * latticePotts({ shape: [4, 4], states: 3, coupling: 0.5 });
 * ```
 */
export function latticePotts(options: {
  shape: readonly number[];
  states: number;
  coupling: number;
  field?: number;
  periodic?: boolean;
}): PottsModel {
  const { states, field = 0 } = options;
  const sites = options.shape.reduce((product, side) => product * side, 1);
  checkFullSize('latticePotts', sites, states);
  const siteCouplings = latticeCouplings(options);
  const fields = Float64Array.from({ length: sites * states }, (_, k) => (k % states === 0 ? field : 0));
  return toFullModel(
    generalizedPotts({ sites, states, siteCouplings, colourCouplings: identityColours(states), fields }),
  );
}

/** Sizes of {@link replicaSetA}. */
const SET_A = { sites: 20, states: 10, beta: 1 } as const;

/**
 * The model scenario in which one layer of factored attention is compared with theory: J_ij ~ N(0, β²/L), a random
 * zero-sum U, no fields. By default Set A: 20 sites, 10 colours, β = 1, which lies in the paramagnetic phase.
 *
 * @param options.beta scale of the site couplings, in units of 1/k_B T. Default 1.
 * @param options.rng the couplings depend on its forks `site-couplings` and `colour-couplings` only.
 * @source rende2024mapping
 */
export function replicaSetA(options: {
  sites?: number;
  states?: number;
  beta?: number;
  rng: Rng;
}): GeneralizedPottsModel {
  const { sites = SET_A.sites, states = SET_A.states, beta = SET_A.beta, rng } = options;
  return generalizedPotts({
    sites,
    states,
    siteCouplings: gaussianCouplings({ sites, beta, rng: rng.fork('site-couplings') }),
    colourCouplings: goeColours({ states, rng: rng.fork('colour-couplings') }),
  });
}
