import type { GeneralizedPottsModel } from '../generalized.ts';
import { type PottsGraph, pottsGraph } from './potts-graph.ts';

/**
 * The graph of a generalised Potts model, with an edge for every pair that some head couples: what {@link toFullModel}
 * makes, J_ij(a, b) = ½ Σ_h (J^h_ij U^h_ab + J^h_ji U^h_ba), without its sites²·states² numbers. Every head becomes one,
 * or two where its U is not symmetric.
 *
 * @returns new arrays.
 * @throws {ShapeError | DomainError} for an impossible model.
 * @complexity O(heads·sites²)
 */
export function generalizedToGraph(model: GeneralizedPottsModel): PottsGraph {
  const { sites, states, heads, siteCouplings, colourCouplings, fields } = model;
  const at = (head: number, i: number, j: number) => siteCouplings[(head * sites + i) * sites + j];
  const edges: number[] = [];
  for (let i = 0; i < sites; i++)
    for (let j = i + 1; j < sites; j++)
      for (let h = 0; h < heads; h++)
        if (at(h, i, j) !== 0 || at(h, j, i) !== 0) {
          edges.push(i, j);
          break;
        }
  const couplings: number[] = [];
  const colours: number[] = [];
  for (let h = 0; h < heads; h++) {
    const u = Array.from(colourCouplings.subarray(h * states ** 2, (h + 1) * states ** 2));
    const mirrored = u.map((_, k) => u[(k % states) * states + Math.floor(k / states)]);
    const symmetric = u.every((value, k) => value === mirrored[k]);
    for (let e = 0; e < edges.length; e += 2) {
      const [there, back] = [at(h, edges[e], edges[e + 1]), at(h, edges[e + 1], edges[e])];
      couplings.push(symmetric ? (there + back) / 2 : there / 2);
    }
    colours.push(...u);
    if (symmetric) continue;
    for (let e = 0; e < edges.length; e += 2) couplings.push(at(h, edges[e + 1], edges[e]) / 2);
    colours.push(...mirrored);
  }
  return pottsGraph({
    sites,
    states,
    edges: Int32Array.from(edges),
    coupling: Float64Array.from(couplings),
    colourCouplings: Float64Array.from(colours),
    field: fields.slice(),
  });
}
