import { DomainError } from '@spinformer/numerics';
import { edgeCouplings, type PottsGraph } from './potts-graph.ts';

/** Largest deviation from K δ_ab + constant, relative to the edge's largest coupling, that counts as rounding. */
const ROUNDING = 1e-12;

/**
 * K_e of every edge of an ordinary Potts model, J_e(a, b) = K_e δ_ab + constant; either sign. What cluster moves need:
 * couplings that do not change when two states exchange their names.
 *
 * @returns [edges], new.
 * @throws {DomainError} that names the first edge with other couplings.
 */
export function pottsStrengths(caller: string, graph: PottsGraph): Float64Array {
  const { states, edges } = graph;
  const pair = new Float64Array(states * states);
  return Float64Array.from({ length: edges.length / 2 }, (_, e) => {
    edgeCouplings(graph, e, pair);
    const strength = pair[0] - pair[1];
    const scale = pair.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    pair.forEach((value, k) => {
      const expected = k % (states + 1) === 0 ? pair[0] : pair[1];
      if (Math.abs(value - expected) <= ROUNDING * scale) return;
      throw new DomainError(
        `${caller}: the couplings of edge ${e} (${edges[2 * e]}, ${edges[2 * e + 1]}) are not K δ_ab + constant, and ` +
          'clusters need them to be. Use heatBath or metropolis.',
      );
    });
    return strength;
  });
}
