import type { Floats } from '@spinformer/numerics';
import { hypercubicEdges, type LatticeShape } from './lattice-edges.ts';
import { type PottsGraph, pottsGraph } from './potts-graph.ts';

/** Couplings and fields of spins ±1. */
export interface IsingOptions {
  /** K of every edge, one number for all or [edges]; positive favours equal spins. Default 1. */
  readonly coupling?: number | ArrayLike<number>;
  /** B of every site, one number for all or [sites]; positive favours spin +1. Default 0. */
  readonly field?: number | ArrayLike<number>;
}

/** U of the Ising model: s s' for states 0 (spin +1) and 1 (spin −1). */
const SPIN_PRODUCT = Float64Array.of(1, -1, -1, 1);

/**
 * The Ising model E = −Σ_e K_e s_i s_j − Σ_i B_i s_i with spins s = ±1, as a Potts model of two states: state 0 is
 * spin +1, state 1 is spin −1, with the same energies, constants included. Its critical square lattice has
 * K = ½ ln(1 + √2): K s s' = 2K δ − K, so that K is half the coupling of {@link hypercubicLattice} with two states.
 *
 * @param options.edges the two ends of every edge.
 * @throws {ShapeError | DomainError} as {@link pottsGraph}.
 */
export function isingGraph(
  options: IsingOptions & {
    readonly sites: number;
    readonly edges: Parameters<typeof pottsGraph>[0]['edges'];
  },
): PottsGraph {
  const { sites, edges, coupling = 1, field = 0 } = options;
  const strength = (site: number) => (typeof field === 'number' ? field : field[site]);
  const fields = Float64Array.from(
    { length: 2 * sites },
    (_, k) => (k % 2 === 0 ? 1 : -1) * strength(k >> 1),
  );
  return pottsGraph({
    sites,
    states: 2,
    edges,
    coupling,
    colourCouplings: SPIN_PRODUCT.slice(),
    field: fields,
  });
}

/**
 * The Ising model on a rectangular lattice of any dimension, as {@link isingGraph}.
 * @throws {ShapeError | DomainError} for impossible sizes or parameters.
 * @example
 * ```ts
 * isingLattice({ shape: [64, 64], coupling: 0.44 });
 * ```
 */
export function isingLattice(options: LatticeShape & IsingOptions): PottsGraph {
  const sites = options.shape.reduce((product, side) => product * side, 1);
  return isingGraph({ ...options, sites, edges: hypercubicEdges(options) });
}

/**
 * Spins of two-state configurations: +1 for state 0, −1 for state 1; 0 for a missing entry.
 * @returns as long as `values`, new.
 */
export function spinsOf(values: Int32Array): Floats<'samples sites'> {
  return Float64Array.from(values, (state) => (state < 0 ? 0 : 1 - 2 * state));
}
