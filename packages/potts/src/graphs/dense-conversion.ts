import { checkFullSize } from '../generalized.ts';
import { checkModel, type PottsModel } from '../model.ts';
import { checkGraph, edgeCouplings, type PottsGraph } from './potts-graph.ts';

/**
 * The full model of a graph, with the same energies.
 * @returns new arrays.
 * @throws {DomainError} where the couplings would exceed 2^28 numbers.
 */
export function graphToModel(graph: PottsGraph): PottsModel {
  checkGraph('graphToModel', graph);
  const { sites, states, edges } = graph;
  const couplings = new Float64Array(checkFullSize('graphToModel', sites, states));
  const pair = new Float64Array(states * states);
  for (let e = 0; e < edges.length / 2; e++) {
    edgeCouplings(graph, e, pair);
    const [i, j] = [edges[2 * e], edges[2 * e + 1]];
    for (let a = 0; a < states; a++)
      for (let b = 0; b < states; b++) {
        couplings[((i * sites + j) * states + a) * states + b] = pair[a * states + b];
        couplings[((j * sites + i) * states + b) * states + a] = pair[a * states + b];
      }
  }
  return { sites, states, fields: graph.fields.slice(), couplings };
}

/**
 * The graph of a full model: an edge for every pair with a coupling above `tolerance` in magnitude.
 * @param options.tolerance default 0: only pairs without any coupling have no edge, and energies stay the same.
 * @returns new arrays.
 * @throws {ShapeError | DomainError} for an impossible model.
 */
export function modelToGraph(model: PottsModel, options: { readonly tolerance?: number } = {}): PottsGraph {
  checkModel('modelToGraph', model);
  const { sites, states, couplings } = model;
  const size = states * states;
  const edges: number[] = [];
  const blocks: (Float64Array | Float32Array)[] = [];
  for (let i = 0; i < sites; i++)
    for (let j = i + 1; j < sites; j++) {
      const block = couplings.subarray((i * sites + j) * size, (i * sites + j + 1) * size);
      if (!block.some((value) => Math.abs(value) > (options.tolerance ?? 0))) continue;
      edges.push(i, j);
      blocks.push(block);
    }
  const pairCouplings = new Float64Array(blocks.length * size);
  blocks.forEach((block, e) => {
    pairCouplings.set(block, e * size);
  });
  return {
    sites,
    states,
    edges: Int32Array.from(edges),
    heads: 0,
    siteCouplings: new Float64Array(0),
    colourCouplings: new Float64Array(0),
    pairCouplings,
    fields: model.fields.slice(),
  };
}
