import { DomainError, type Floats } from '@spinformer/numerics';
import type { Bond, Lattice } from '../lattice.ts';

/** Connected correlations between the bonds of a lattice. */
export interface DimerCorrelations {
  /** The bonds of kind 0, in the lattice's order. */
  readonly bonds: readonly Bond[];
  /** ⟨D_b⟩ with D_b = S^z_i S^z_j, [bonds]. */
  readonly means: Floats<'bonds'>;
  /** ⟨D_b D_c⟩ − ⟨D_b⟩⟨D_c⟩, [bonds, bonds]. */
  readonly connected: Floats<'bonds bonds'>;
}

/**
 * Whether bonds order: connected correlations of S^z_i S^z_j on pairs of nearest-neighbour bonds. For a singlet,
 * ⟨S_i·S_j⟩ is three times the mean.
 *
 * @param spins - [samples, sites] of ±1.
 * @param weights - summing to 1.
 * @throws {DomainError} when the lattice has no bonds of kind 0.
 * @complexity samples · bonds².
 */
export function dimerCorrelations(
  lattice: Lattice,
  spins: Int8Array,
  weights: Float64Array,
): DimerCorrelations {
  const bonds = lattice.bonds.filter(({ kind }) => kind === 0);
  if (bonds.length === 0)
    throw new DomainError(
      `dimerCorrelations: ${lattice.name} has no bonds of kind 0. Number the bonds from 0.`,
    );
  const count = bonds.length;
  const means = new Float64Array(count);
  const products = new Float64Array(count * count);
  const dimers = new Float64Array(count);
  for (let s = 0; s < weights.length; s++) {
    const start = s * lattice.sites;
    for (let b = 0; b < count; b++) {
      dimers[b] = (spins[start + bonds[b].i] * spins[start + bonds[b].j]) / 4;
      means[b] += weights[s] * dimers[b];
    }
    for (let b = 0; b < count; b++)
      for (let c = 0; c <= b; c++) products[b * count + c] += weights[s] * dimers[b] * dimers[c];
  }
  for (let b = 0; b < count; b++)
    for (let c = 0; c <= b; c++) {
      products[b * count + c] -= means[b] * means[c];
      products[c * count + b] = products[b * count + c];
    }
  return { bonds, means, connected: products };
}
