import { hypercubicEdges, type LatticeShape, triangularEdges } from './lattice-edges.ts';
import { type GraphCouplings, type PottsGraph, pottsGraph } from './potts-graph.ts';

/** A lattice and what acts on it. */
export type LatticeOptions = LatticeShape & GraphCouplings;

/**
 * A Potts model on a rectangular lattice of any dimension, by its edges alone: 256 × 256 sites take a few megabytes.
 * By default E = −Σ_⟨ij⟩ δ(s_i, s_j), whose square lattice orders at coupling ln(1 + √q).
 *
 * @throws {ShapeError | DomainError} for impossible sizes or parameters.
 * @example
 * ```ts
 * hypercubicLattice({ shape: [256, 256], states: 3, coupling: Math.log(1 + Math.sqrt(3)) });
 * ```
 */
export function hypercubicLattice(options: LatticeOptions): PottsGraph {
  return onEdges(options, hypercubicEdges(options));
}

/**
 * The square lattice of side × side sites, otherwise as {@link hypercubicLattice}.
 * @throws {ShapeError | DomainError} for impossible sizes or parameters.
 */
export function squareLattice(
  options: { readonly side: number } & Omit<LatticeOptions, 'shape'>,
): PottsGraph {
  return hypercubicLattice({ ...options, shape: [options.side, options.side] });
}

/**
 * A Potts model on the triangular lattice, of six neighbours.
 * @throws {ShapeError | DomainError} for impossible sizes or parameters.
 */
export function triangularLattice(options: LatticeOptions): PottsGraph {
  return onEdges(options, triangularEdges(options));
}

function onEdges(options: LatticeOptions, edges: Int32Array): PottsGraph {
  const sites = options.shape.reduce((product, side) => product * side, 1);
  const { states, coupling, colourCouplings, pairCouplings, field } = options;
  return pottsGraph({
    sites,
    states,
    edges,
    ...(coupling !== undefined && { coupling }),
    ...(colourCouplings && { colourCouplings }),
    ...(pairCouplings && { pairCouplings }),
    ...(field !== undefined && { field }),
  });
}
