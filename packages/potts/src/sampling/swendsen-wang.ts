import type { MarkovKernel, Rng } from '@spinformer/numerics';
import type { PottsGraph } from '../graphs/potts-graph.ts';
import { pottsStrengths } from '../graphs/potts-strengths.ts';
import { checkAnyModel } from './any-model.ts';
import { checkBeta, happens, type PottsChain, type SingleSiteOptions, uniformChain } from './single-site.ts';

/** What one step did. */
export interface ClustersInfo {
  /** Clusters that the bonds made, single sites included. */
  readonly clusters: number;
  /** Sites whose state changed. */
  readonly changed: number;
}

/**
 * Swendsen and Wang's moves of all clusters as a Markov kernel in plain float64. With couplings ≥ 0, equal neighbours are
 * bound with probability 1 − exp(−βK), and every cluster draws a new state with probability ∝ exp(β Σ h). With negative
 * couplings among them, two states are drawn at random, neighbours that exchanging the two in one of them alone would
 * cost βΔ are bound with probability 1 − exp(−βΔ), and every cluster exchanges them or not by its fields.
 *
 * @param graph an ordinary Potts model, J_e(a, b) = K_e δ_ab + constant.
 * @throws {DomainError | ShapeError} for other couplings, an impossible graph or beta.
 * @source swendsen1987
 */
export function swendsenWang(
  graph: PottsGraph,
  { beta = 1 }: SingleSiteOptions = {},
): MarkovKernel<PottsChain, ClustersInfo> {
  checkAnyModel('swendsenWang', graph);
  checkBeta('swendsenWang', beta);
  const strengths = pottsStrengths('swendsenWang', graph);
  const recolour = strengths.every((strength) => strength >= 0);
  const { states } = graph;
  return {
    name: 'swendsen-wang',
    citations: ['swendsen1987'],
    init: uniformChain(graph),
    step: ({ values }, rng) => {
      const moves = recolour ? constantStates(states) : randomExchange(states, rng);
      const roots = bindSites(
        graph,
        values,
        (e, a, b) => bondLoss(recolour, moves, beta * strengths[e], a, b),
        rng,
      );
      return moveClusters(graph, values, roots, moves, beta, rng);
    },
  };
}

/** The maps of states that a cluster chooses among. */
type Moves = readonly ((state: number) => number)[];

function constantStates(states: number): Moves {
  return Array.from({ length: states }, (_, to) => () => to);
}

function randomExchange(states: number, rng: Rng): Moves {
  const one = rng.integer(states);
  const rest = rng.integer(states - 1);
  const two = rest < one ? rest : rest + 1;
  return [(state) => state, (state) => (state === one ? two : state === two ? one : state)];
}

function bondLoss(recolour: boolean, moves: Moves, strength: number, a: number, b: number): number {
  if (recolour) return a === b ? strength : 0;
  return strength * (Number(a === b) - Number(a === moves[1](b)));
}

/** Binds sites along edges at random; returns a representative of every site's cluster. */
function bindSites(
  { sites, edges }: PottsGraph,
  values: Int32Array,
  loss: (edge: number, a: number, b: number) => number,
  rng: Rng,
): Int32Array {
  const parents = Int32Array.from({ length: sites }, (_, site) => site);
  const find = (site: number): number => {
    while (parents[site] !== site) site = parents[site] = parents[parents[site]];
    return site;
  };
  for (let e = 0; e < edges.length / 2; e++) {
    const [i, j] = [edges[2 * e], edges[2 * e + 1]];
    const cost = loss(e, values[i], values[j]);
    if (cost > 0 && happens(-Math.expm1(-cost), rng)) parents[find(j)] = find(i);
  }
  return parents.map((_, site) => find(site));
}

function moveClusters(
  { states, fields }: PottsGraph,
  values: Int32Array,
  roots: Int32Array,
  moves: Moves,
  beta: number,
  rng: Rng,
): ClustersInfo {
  const gains = new Map<number, Float64Array>();
  roots.forEach((root, site) => {
    const gain = gains.get(root) ?? new Float64Array(moves.length);
    moves.forEach((move, k) => {
      gain[k] += beta * fields[site * states + move(values[site])];
    });
    gains.set(root, gain);
  });
  const chosen = new Map<number, number>();
  for (const [root, gain] of gains) chosen.set(root, rng.categorical(gain));
  let changed = 0;
  roots.forEach((root, site) => {
    const next = moves[chosen.get(root)!](values[site]);
    if (next !== values[site]) changed++;
    values[site] = next;
  });
  return { clusters: gains.size, changed };
}
