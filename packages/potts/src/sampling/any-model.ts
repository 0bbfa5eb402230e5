import type { PottsLike } from '@spinformer/numerics';
import { energy, localFields } from '../energy.ts';
import { adjacency } from '../graphs/adjacency.ts';
import { graphEnergy } from '../graphs/graph-energy.ts';
import { checkGraph, edgeCouplings, type PottsGraph } from '../graphs/potts-graph.ts';
import { checkModel } from '../model.ts';

/** A Potts model in either form: all pairs of sites coupled, or the edges of a graph. */
export type AnyPotts = PottsLike | PottsGraph;

/** Whether a model is given by its edges. */
export function isGraph(model: AnyPotts): model is PottsGraph {
  return 'edges' in model;
}

/** @throws {ShapeError | DomainError} that name what is wrong with the model. */
export function checkAnyModel(caller: string, model: AnyPotts): void {
  if (isGraph(model)) checkGraph(caller, model);
  else checkModel(caller, model);
}

/** Energies of configurations, [samples], whichever form the model has. */
export function anyEnergy(model: AnyPotts, configurations: Int32Array): Float64Array {
  return isGraph(model) ? graphEnergy(model, configurations) : energy(model, configurations);
}

/** β(h_i(a) + Σ_j J_ij(a, s_j)) for every state a of a site, [states], new. */
export type SiteLogits = (values: Int32Array, site: number, beta: number) => Float64Array;

/** The logits of a model's sites. */
export function siteLogitsOf(model: AnyPotts): SiteLogits {
  if (isGraph(model)) return graphLogits(model);
  return (values, site, beta) => {
    const logits = new Float64Array(model.states);
    localFields(model, values, 0, site, logits);
    return logits.map((logit) => beta * logit);
  };
}

function graphLogits(graph: PottsGraph): SiteLogits {
  const { states, edges, fields } = graph;
  const near = adjacency(graph);
  const coupling = new Float64Array(states * states);
  return (values, site, beta) => {
    const logits = fields.slice(site * states, (site + 1) * states);
    for (let place = near.starts[site]; place < near.starts[site + 1]; place++) {
      const b = values[near.neighbours[place]];
      edgeCouplings(graph, near.edges[place], coupling);
      const first = edges[2 * near.edges[place]] === site;
      for (let a = 0; a < states; a++) logits[a] += coupling[first ? a * states + b : b * states + a];
    }
    return logits.map((logit) => beta * logit);
  };
}
