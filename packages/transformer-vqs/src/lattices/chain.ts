import type { Bond, Lattice } from '../lattice.ts';
import { checkDistinct, checkExtents, type LatticeOptions } from './checks.ts';
import { twoColouring } from './two-colouring.ts';

/**
 * A ring or an open chain: bonds i–(i+1) of kind 0 and i–(i+2) of kind 1. The point group is the reflection about
 * site 0 (about the middle of an open chain).
 *
 * @param length - sites; at least 3, and on a ring with next-nearest neighbours not 4.
 * @param options - `neighbours` is 2 by default.
 * @throws {ShapeError} for an impossible length; {DomainError} where a bond would be counted twice.
 * @example
 * ```ts
 * chain(16).bonds.length; // 32: sixteen of each kind
 * ```
 */
export function chain(length: number, options: LatticeOptions = {}): Lattice {
  checkExtents('chain', [length], options.periodic === false ? 2 : 3);
  const periodic = options.periodic ?? true;
  const bonds: Bond[] = [];
  for (let kind = 0; kind < (options.neighbours ?? 2); kind++)
    for (let i = 0; i < length; i++)
      if (periodic || i + kind + 1 < length) bonds.push({ i, j: (i + kind + 1) % length, kind });
  checkDistinct('chain', length, bonds, 'Use more sites, neighbours: 1, or periodic: false.');
  const sublattice = twoColouring(length, bonds);
  const shifted = (by: number) => Int32Array.from({ length }, (_, r) => (r + by) % length);
  const mirrored = Int32Array.from({ length }, (_, r) => (periodic ? (length - r) % length : length - 1 - r));
  return {
    name: `chain ${length}${periodic ? '' : ' open'}`,
    sites: length,
    shape: [length],
    bonds,
    translations: Array.from({ length: periodic ? length : 1 }, (_, by) => shifted(by)),
    pointGroup: [shifted(0), mirrored],
    ...(sublattice && { sublattice }),
  };
}
