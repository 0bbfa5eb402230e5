import type { MarkovKernel, PottsLike, Rng } from '@spinformer/numerics';
import { DomainError } from '@spinformer/numerics';
import { colourClasses } from '../graphs/colouring.ts';
import type { PottsGraph } from '../graphs/potts-graph.ts';
import { type AnyPotts, checkAnyModel, type SiteLogits, siteLogitsOf } from './any-model.ts';

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

/** Options of {@link heatBath}, {@link metropolis} and the kernels of clusters. */
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
  return siteLogitsOf(model)(values, site, beta);
}

/**
 * Heat-bath updates as a Markov kernel in plain float64: one step is `sites` updates of sites drawn at random, which
 * is reversible. For many chains and large models use {@link sampleChains}.
 * @param model a full model or a graph.
 * @throws {DomainError | ShapeError} for an impossible model or beta.
 * @source geman1984
 */
export function heatBath(
  model: AnyPotts,
  options: SingleSiteOptions = {},
): MarkovKernel<PottsChain, SweepInfo> {
  return singleSite('heat-bath', 'geman1984', heatBathRule, model, options);
}

/**
 * Metropolis updates as a Markov kernel in plain float64, otherwise as {@link heatBath}.
 * @param model a full model or a graph.
 * @throws {DomainError | ShapeError} for an impossible model or beta.
 * @source metropolis1953
 */
export function metropolis(
  model: AnyPotts,
  options: SingleSiteOptions = {},
): MarkovKernel<PottsChain, SweepInfo> {
  return singleSite('metropolis', 'metropolis1953', metropolisRule, model, options);
}

/**
 * Heat-bath updates in the order of a graph's colour classes — on a square lattice all black sites, then all white ones —
 * or in the reverse order, each with probability ½, which makes the step reversible. One step updates every site once.
 * @throws {DomainError | ShapeError} for an impossible graph or beta.
 * @source geman1984
 */
export function checkerboard(
  graph: PottsGraph,
  { beta = 1 }: SingleSiteOptions = {},
): MarkovKernel<PottsChain, SweepInfo> {
  checkAnyModel('checkerboard', graph);
  checkBeta('checkerboard', beta);
  const logits = siteLogitsOf(graph);
  const classes = colourClasses(graph);
  return {
    name: 'checkerboard',
    citations: ['geman1984'],
    init: uniformChain(graph),
    step: ({ values }, rng) => {
      const order = rng.integer(2) === 0 ? classes : classes.toReversed();
      let changed = 0;
      for (const sites of order)
        for (const site of sites) changed += updateSite(heatBathRule, logits, values, site, beta, rng);
      return { changed };
    },
  };
}

function singleSite(
  name: string,
  source: string,
  rule: SiteRule,
  model: AnyPotts,
  { beta = 1 }: SingleSiteOptions,
): MarkovKernel<PottsChain, SweepInfo> {
  checkAnyModel(name, model);
  checkBeta(name, beta);
  const { sites } = model;
  const logits = siteLogitsOf(model);
  return {
    name,
    citations: [source],
    init: uniformChain(model),
    step: ({ values }, rng) => {
      let changed = 0;
      for (let update = 0; update < sites; update++)
        changed += updateSite(rule, logits, values, rng.integer(sites), beta, rng);
      return { changed };
    },
  };
}

/** Draws a site's next state; 1 if it changed. */
function updateSite(
  rule: SiteRule,
  logits: SiteLogits,
  values: Int32Array,
  site: number,
  beta: number,
  rng: Rng,
): number {
  const old = values[site];
  values[site] = rng.categorical(rule(logits(values, site, beta), old).map(Math.log));
  return values[site] === old ? 0 : 1;
}

/** Starts a chain with every site uniform. */
export function uniformChain({ sites, states }: AnyPotts): (rng: Rng) => PottsChain {
  return (rng) => ({ values: Int32Array.from({ length: sites }, () => rng.integer(states)) });
}

/** @throws {DomainError} unless β is finite and at least 0. */
export function checkBeta(caller: string, beta: number): void {
  if (!(beta >= 0 && beta < Number.POSITIVE_INFINITY))
    throw new DomainError(`${caller}: beta must be a finite number of at least 0, got ${beta}.`);
}

/** Whether an event of the given probability happens. */
export function happens(probability: number, rng: Rng): boolean {
  return rng.categorical([Math.log(probability), Math.log1p(-probability)]) === 0;
}
