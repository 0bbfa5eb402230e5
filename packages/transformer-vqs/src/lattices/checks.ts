import { DomainError, ShapeError } from '@spinformer/numerics';
import type { Bond } from '../lattice.ts';

/** Options of the regular lattices. */
export interface LatticeOptions {
  /** Whether opposite edges are joined; default true. */
  readonly periodic?: boolean;
  /** Shells of bonds: 1 nearest neighbours (kind 0), 2 also the next-nearest (kind 1). */
  readonly neighbours?: 1 | 2;
}

/** @throws {ShapeError} unless every extent is a whole number of at least `minimum`. */
export function checkExtents(lattice: string, extents: readonly number[], minimum: number): void {
  for (const extent of extents)
    if (!Number.isInteger(extent) || extent < minimum)
      throw new ShapeError(
        `${lattice}: extents must be whole numbers of at least ${minimum}, got ${extent}.`,
      );
}

/**
 * A small periodic lattice reaches one neighbour by two ways; such a pair would count twice.
 * @throws {DomainError} where a pair occurs twice in one kind, or a site is bound to itself.
 */
export function checkDistinct(lattice: string, sites: number, bonds: readonly Bond[], remedy: string): void {
  const seen = new Set<number>();
  for (const { i, j, kind } of bonds) {
    if (i === j) throw new DomainError(`${lattice}: a bond joins site ${i} to itself. ${remedy}`);
    const key = (kind * sites + Math.min(i, j)) * sites + Math.max(i, j);
    if (seen.has(key))
      throw new DomainError(
        `${lattice}: the bond ${i}-${j} of kind ${kind} would be counted twice. ${remedy}`,
      );
    seen.add(key);
  }
}
