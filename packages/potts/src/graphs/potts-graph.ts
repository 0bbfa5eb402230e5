import { DomainError, type Floats, type Ints } from '@spinformer/numerics';
import { identityColours } from '../generalized-couplings.ts';
import { checkFinite, checkLength, checkSizes } from '../model.ts';

/**
 * A Potts model on a graph, of as many numbers as it has edges: E(s) = −Σ_i h_i(s_i) − Σ_e J_e(s_i, s_j) with
 * J_e(a, b) = Σ_h J^h_e U^h_ab + P_e(a, b), where edge e joins i, in state a, and j, in state b. p ∝ exp(−βE).
 */
export interface PottsGraph {
  readonly sites: number;
  readonly states: number;
  /** The two ends of every edge, [edges, 2]; each pair of sites once. */
  readonly edges: Ints<'edges two'>;
  /** Number of colour matrices, at least 0. */
  readonly heads: number;
  /** J, [heads, edges]. */
  readonly siteCouplings: Floats<'heads edges'>;
  /** U, [heads, states, states]; row a is the state of an edge's first end. */
  readonly colourCouplings: Floats<'heads states states'>;
  /** P, [edges, states, states]: couplings that are no product; absent where there are none. */
  readonly pairCouplings?: Floats<'edges states states'>;
  /** h, [sites, states]. */
  readonly fields: Floats<'sites states'>;
}

/** Couplings and fields of a graph whose edges are known. */
export interface GraphCouplings {
  readonly states: number;
  /** J of every edge, one number for all or [edges]; with several heads [heads, edges]. Default 1. */
  readonly coupling?: number | ArrayLike<number>;
  /** U, [heads, states, states]; default δ_ab, the ordinary Potts model. */
  readonly colourCouplings?: Floats<'heads states states'>;
  /** P, [edges, states, states], added to the products; default none. */
  readonly pairCouplings?: Floats<'edges states states'>;
  /** One number: a field on state 0 of every site; or h, [sites, states]. Default 0. */
  readonly field?: number | Floats<'sites states'>;
}

/**
 * A Potts model on any graph, checked. Arrays are used as they are, not copied.
 *
 * @param parts.edges the two ends of every edge, [edges, 2] flat or as pairs; no pair twice, no site with itself.
 * @throws {ShapeError} for arrays of the wrong length.
 * @throws {DomainError} for impossible sizes, an edge that leaves the graph, joins a site to itself or comes twice, and a
 *   parameter that is not finite.
 * @example
 * ```ts
 * pottsGraph({ sites: 3, states: 4, edges: [[0, 1], [1, 2]], coupling: 0.5 });
 * ```
 */
export function pottsGraph(
  parts: GraphCouplings & {
    readonly sites: number;
    readonly edges: Ints<'edges two'> | readonly (readonly [number, number])[];
  },
): PottsGraph {
  const { sites, states, coupling = 1, pairCouplings, field = 0 } = parts;
  checkSizes('pottsGraph', sites, states);
  const edges = parts.edges instanceof Int32Array ? parts.edges : Int32Array.from(parts.edges.flat());
  const colourCouplings: Float64Array = parts.colourCouplings ?? identityColours(states);
  const heads = colourCouplings.length / states ** 2;
  const count = edges.length / 2;
  const graph: PottsGraph = {
    sites,
    states,
    edges,
    heads,
    colourCouplings,
    siteCouplings: everyEdge(coupling, heads * count),
    ...(pairCouplings && { pairCouplings }),
    fields: typeof field === 'number' ? fieldOnFirst(sites, states, field) : field,
  };
  checkGraph('pottsGraph', graph);
  return graph;
}

function everyEdge(coupling: number | ArrayLike<number>, length: number): Float64Array {
  if (typeof coupling === 'number') return new Float64Array(Math.floor(length)).fill(coupling);
  return coupling instanceof Float64Array ? coupling : Float64Array.from(coupling);
}

function fieldOnFirst(sites: number, states: number, field: number): Float64Array {
  return Float64Array.from({ length: sites * states }, (_, k) => (k % states === 0 ? field : 0));
}

/**
 * @throws {ShapeError | DomainError} as {@link pottsGraph}.
 */
export function checkGraph(caller: string, graph: PottsGraph): void {
  const { sites, states, edges, heads, siteCouplings, colourCouplings, pairCouplings, fields } = graph;
  checkSizes(caller, sites, states);
  const count = edges.length / 2;
  if (!Number.isInteger(count))
    throw new DomainError(
      `${caller}: edges must hold two sites each, [edges, 2], got ${edges.length} entries.`,
    );
  if (!Number.isInteger(heads) || heads < 0)
    throw new DomainError(`${caller}: colourCouplings must hold whole [states, states] matrices.`);
  checkLength(caller, 'siteCouplings', siteCouplings, heads * count, '[heads, edges]');
  checkLength(caller, 'colourCouplings', colourCouplings, heads * states ** 2, '[heads, states, states]');
  checkLength(caller, 'fields', fields, sites * states, '[sites, states]');
  checkFinite(caller, 'siteCouplings', siteCouplings, [heads, count]);
  checkFinite(caller, 'colourCouplings', colourCouplings, [heads, states, states]);
  checkFinite(caller, 'fields', fields, [sites, states]);
  if (pairCouplings) {
    checkLength(caller, 'pairCouplings', pairCouplings, count * states ** 2, '[edges, states, states]');
    checkFinite(caller, 'pairCouplings', pairCouplings, [count, states, states]);
  }
  checkEdges(caller, sites, edges);
}

function checkEdges(caller: string, sites: number, edges: Int32Array): void {
  const seen = new Set<number>();
  for (let e = 0; e < edges.length; e += 2) {
    const [i, j] = [edges[e], edges[e + 1]];
    const inside = i >= 0 && j >= 0 && i < sites && j < sites;
    if (!inside || i === j)
      throw new DomainError(
        `${caller}: edge ${e / 2} (${i}, ${j}) must join two different sites of 0…${sites - 1}.`,
      );
    const pair = Math.min(i, j) * sites + Math.max(i, j);
    if (seen.has(pair))
      throw new DomainError(
        `${caller}: edge ${e / 2} (${i}, ${j}) comes twice. Add up its couplings in one edge.`,
      );
    seen.add(pair);
  }
}

/** J_e, [states, states], written into `out` and returned; row a is the state of the edge's first end. */
export function edgeCouplings(graph: PottsGraph, edge: number, out: Float64Array): Float64Array {
  const { states, heads, siteCouplings, colourCouplings, pairCouplings } = graph;
  const size = states * states;
  const count = graph.edges.length / 2;
  for (let k = 0; k < size; k++) out[k] = pairCouplings ? pairCouplings[edge * size + k] : 0;
  for (let h = 0; h < heads; h++) {
    const coupling = siteCouplings[h * count + edge];
    for (let k = 0; k < size; k++) out[k] += coupling * colourCouplings[h * size + k];
  }
  return out;
}
