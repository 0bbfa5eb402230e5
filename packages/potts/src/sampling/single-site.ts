import type { MarkovKernel, PottsLike, Rng } from '@spinformer/numerics';
import { DomainError } from '@spinformer/numerics';
import { checkModel } from '../model.ts';

/** One chain: a configuration that its kernel writes to. */
export interface PottsChain {
  /** [sites], entries in 0…states−1. */
  readonly values: Int32Array;
}

/** What one step did. */
export interface SweepInfo {
  /** Updates that changed the state, of `sites` updates. */
  readonly changed: number;
}

/** Options of {@link heatBath} and {@link metropolis}. */
export interface SingleSiteOptions {
  /** Inverse temperature β ≥ 0 of p ∝ exp(−β E); default 1. */
  readonly beta?: number;
}

/** Probabilities of a site's next state, given the configuration: a row of the kernel's transition matrix. */
export type SiteRule = (logits: Float64Array, old: number) => Float64Array;

/**
 * The heat-bath rule, p(a) ∝ exp(β(h_i(a) + Σ_j J_ij(a, s_j))), whatever the old state.
 * @source geman1984
 */
export const heatBathRule: SiteRule = (logits) => {
  const top = Math.max(...logits);
  const weights = logits.map((logit) => Math.exp(logit - top));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
};

/**
 * The Metropolis rule: one of the other states, each as likely as the next, taken with probability min(1, exp(−β ΔE)).
 * @source metropolis1953
 */
export const metropolisRule: SiteRule = (logits, old) => {
  const proposal = 1 / (logits.length - 1);
  const row = logits.map((logit) => proposal * Math.min(1, Math.exp(logit - logits[old])));
  row[old] = 0;
  row[old] = 1 - row.reduce((sum, probability) => sum + probability, 0);
  return row;
};

/** β(h_i(a) + Σ_{j≠i} J_ij(a, s_j)) for every state a of a site. */
export function siteLogits(model: PottsLike, values: Int32Array, site: number, beta: number): Float64Array {
  const { sites, states, fields, couplings } = model;
  const logits = fields.slice(site * states, (site + 1) * states);
  for (let j = 0; j < sites; j++) {
    if (j === site) continue;
    const from = ((j * sites + site) * states + values[j]) * states;
    for (let a = 0; a < states; a++) logits[a] += couplings[from + a];
  }
  return logits.map((logit) => beta * logit);
}

/**
 * Heat-bath updates as a Markov kernel in plain float64: one step is `sites` updates of sites drawn at random, which
 * is reversible. For many chains and large models use {@link sampleChains}.
 * @throws {DomainError | ShapeError} for an impossible model or beta.
 * @source geman1984
 */
export function heatBath(
  model: PottsLike,
  options: SingleSiteOptions = {},
): MarkovKernel<PottsChain, SweepInfo> {
  return singleSite('heat-bath', 'geman1984', heatBathRule, model, options);
}

/**
 * Metropolis updates as a Markov kernel in plain float64, otherwise as {@link heatBath}.
 * @throws {DomainError | ShapeError} for an impossible model or beta.
 * @source metropolis1953
 */
export function metropolis(
  model: PottsLike,
  options: SingleSiteOptions = {},
): MarkovKernel<PottsChain, SweepInfo> {
  return singleSite('metropolis', 'metropolis1953', metropolisRule, model, options);
}

function singleSite(
  name: string,
  source: string,
  rule: SiteRule,
  model: PottsLike,
  { beta = 1 }: SingleSiteOptions,
): MarkovKernel<PottsChain, SweepInfo> {
  checkModel(name, model);
  if (!(beta >= 0 && beta < Number.POSITIVE_INFINITY))
    throw new DomainError(`${name}: beta must be a finite number of at least 0, got ${beta}.`);
  const { sites, states } = model;
  return {
    name,
    citations: [source],
    init: (rng: Rng) => ({ values: Int32Array.from({ length: sites }, () => rng.integer(states)) }),
    step: ({ values }, rng) => {
      let changed = 0;
      for (let update = 0; update < sites; update++) {
        const site = rng.integer(sites);
        const row = rule(siteLogits(model, values, site, beta), values[site]);
        const state = rng.categorical(row.map(Math.log));
        if (state !== values[site]) changed++;
        values[site] = state;
      }
      return { changed };
    },
  };
}
