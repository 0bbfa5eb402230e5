import { type Floats, type Ints, ShapeError } from '@spinformer/numerics';
import { checkConfigurations } from '../energy.ts';
import { checkGraph, edgeCouplings, type PottsGraph } from './potts-graph.ts';

/**
 * Energies E(s) = −Σ_i h_i(s_i) − Σ_e J_e(s_i, s_j) on a graph, total, with k_B T = 1. A missing entry (−1) contributes
 * nothing.
 *
 * @param configurations [samples, sites], each entry in −1…states−1.
 * @returns [samples], new.
 * @throws {ShapeError | DomainError} for a graph or configurations whose sizes or entries are wrong.
 * @complexity O(edges·(samples + states²))
 */
export function graphEnergy(graph: PottsGraph, configurations: Ints<'samples sites'>): Floats<'samples'> {
  checkGraph('graphEnergy', graph);
  checkConfigurations('graphEnergy', graph, configurations);
  const { sites, states, edges, fields } = graph;
  const energies = new Float64Array(configurations.length / sites);
  const couplings = new Float64Array(states * states);
  for (let e = 0; e < edges.length / 2; e++) {
    edgeCouplings(graph, e, couplings);
    for (let s = 0; s < energies.length; s++) {
      const a = configurations[s * sites + edges[2 * e]];
      const b = configurations[s * sites + edges[2 * e + 1]];
      if (a >= 0 && b >= 0) energies[s] -= couplings[a * states + b];
    }
  }
  for (let k = 0; k < configurations.length; k++)
    if (configurations[k] >= 0)
      energies[Math.floor(k / sites)] -= fields[(k % sites) * states + configurations[k]];
  return energies;
}

/**
 * Order of Potts spins, m = (q max_a n_a − 1)/(q − 1) with n_a the fraction of sites in state a: 1 when all are equal, 0
 * when all states are as frequent. For two states |Σ s|/sites of spins ±1. Missing entries are left out.
 *
 * @param configurations [samples, sites].
 * @returns [samples], in [0, 1], new.
 * @throws {ShapeError} where the configurations are not a multiple of `sites`.
 */
export function magnetization(
  { sites, states }: { readonly sites: number; readonly states: number },
  configurations: Ints<'samples sites'>,
): Floats<'samples'> {
  if (configurations.length % sites !== 0)
    throw new ShapeError(
      `magnetization: ${configurations.length} entries are no multiple of ${sites} sites. Reshape to [samples, ${sites}].`,
    );
  const result = new Float64Array(configurations.length / sites);
  for (let s = 0; s < result.length; s++) {
    const counts = new Float64Array(states);
    for (let i = 0; i < sites; i++)
      if (configurations[s * sites + i] >= 0) counts[configurations[s * sites + i]]++;
    const known = counts.reduce((sum, count) => sum + count, 0);
    result[s] = known === 0 ? 0 : ((states * Math.max(...counts)) / known - 1) / (states - 1);
  }
  return result;
}
