import type { MarkovKernel } from '@spinformer/numerics';
import { type Adjacency, adjacency } from '../graphs/adjacency.ts';
import type { PottsGraph } from '../graphs/potts-graph.ts';
import { pottsStrengths } from '../graphs/potts-strengths.ts';
import { checkAnyModel } from './any-model.ts';
import { checkBeta, happens, type PottsChain, type SingleSiteOptions, uniformChain } from './single-site.ts';

/** What one cluster move did. */
export interface ClusterInfo {
  /** Sites of the cluster. */
  readonly size: number;
  /** Whether its states were exchanged: always without fields. */
  readonly accepted: boolean;
}

/** One cluster in the making: exchanging states `from` and `to`. */
interface Exchange {
  readonly from: number;
  readonly to: number;
  readonly sites: readonly number[];
}

/**
 * Wolff's single-cluster moves as a Markov kernel in plain float64. A random site begins; its state and another one, drawn
 * at random, will exchange their names inside the cluster; an edge that this would break carries the cluster on with
 * probability 1 − exp(−βΔ), Δ its loss. Couplings may have either sign; with fields the whole exchange is accepted with
 * probability min(1, exp(β Σ Δh)).
 *
 * @param graph an ordinary Potts model, J_e(a, b) = K_e δ_ab + constant.
 * @throws {DomainError | ShapeError} for other couplings, an impossible graph or beta.
 * @source wolff1989
 */
export function wolff(
  graph: PottsGraph,
  { beta = 1 }: SingleSiteOptions = {},
): MarkovKernel<PottsChain, ClusterInfo> {
  checkAnyModel('wolff', graph);
  checkBeta('wolff', beta);
  const strengths = pottsStrengths('wolff', graph);
  const near = adjacency(graph);
  const { sites, states, fields } = graph;
  return {
    name: 'wolff',
    citations: ['wolff1989'],
    init: uniformChain(graph),
    step: ({ values }, rng) => {
      const seed = rng.integer(sites);
      const other = rng.integer(states - 1);
      const to = other < values[seed] ? other : other + 1;
      const bond = (place: number) => beta * strengths[near.edges[place]];
      const exchange = growCluster(values, near, seed, to, (loss) => happens(-Math.expm1(-loss), rng), bond);
      let gain = 0;
      for (const site of exchange.sites)
        gain +=
          fields[site * states + exchanged(exchange, values[site])] - fields[site * states + values[site]];
      const accepted = gain >= 0 || happens(Math.exp(beta * gain), rng);
      if (accepted) for (const site of exchange.sites) values[site] = exchanged(exchange, values[site]);
      return { size: exchange.sites.length, accepted };
    },
  };
}

function exchanged({ from, to }: Exchange, state: number): number {
  if (state === from) return to;
  return state === to ? from : state;
}

/** Grows a cluster from its seed through the edges that the exchange would break. */
function growCluster(
  values: Int32Array,
  near: Adjacency,
  seed: number,
  to: number,
  joins: (loss: number) => boolean,
  bond: (place: number) => number,
): Exchange {
  const sites = [seed];
  const exchange = { from: values[seed], to, sites };
  const inside = new Set(sites);
  for (let k = 0; k < sites.length; k++)
    for (let place = near.starts[sites[k]]; place < near.starts[sites[k] + 1]; place++) {
      const other = near.neighbours[place];
      if (inside.has(other)) continue;
      const loss = exchangeLoss(exchange, values[sites[k]], values[other], bond(place));
      if (!(loss > 0 && joins(loss))) continue;
      inside.add(other);
      sites.push(other);
    }
  return exchange;
}

/** J(a, b) − J(a, Rb) = K (δ(a, b) − δ(a, Rb)) of the exchange R of two states. */
function exchangeLoss(exchange: Exchange, a: number, b: number, strength: number): number {
  return strength * (Number(a === b) - Number(a === exchanged(exchange, b)));
}
