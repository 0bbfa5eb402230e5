import { DomainError, ShapeError } from '@spinformer/numerics';
import type { Bond, Lattice } from '../lattice.ts';
import { checkDistinct } from './checks.ts';
import { isAutomorphism } from './symmetry.ts';
import { twoColouring } from './two-colouring.ts';

/** Options of {@link customLattice}. */
export interface CustomLatticeOptions {
  readonly name?: string;
  /** Number of sites; default one more than the greatest index in the bonds. */
  readonly sites?: number;
  /** Extent along each direction, [length] or [height, width] with r = y·width + x; default [sites]. */
  readonly shape?: readonly number[];
  /** Permutations that leave the bonds as they are, the identity first; default the identity alone. */
  readonly translations?: readonly Int32Array[];
  readonly pointGroup?: readonly Int32Array[];
}

/**
 * A lattice from a list of bonds, for instance a molecule or a random graph. Translations and point group are only
 * what the caller gives, and are checked.
 *
 * @throws {ShapeError} for a site index or a shape that does not fit; {DomainError} for a repeated bond, a site bound
 * to itself, or a permutation that changes the bonds.
 */
export function customLattice(bonds: readonly Bond[], options: CustomLatticeOptions = {}): Lattice {
  const sites = options.sites ?? bonds.reduce((most, { i, j }) => Math.max(most, i + 1, j + 1), 0);
  for (const { i, j, kind } of bonds)
    if (
      ![i, j].every((r) => Number.isInteger(r) && r >= 0 && r < sites) ||
      !Number.isInteger(kind) ||
      kind < 0
    )
      throw new ShapeError(
        `customLattice: bond ${i}-${j} of kind ${kind} must name sites 0 … ${sites - 1} and a kind from 0.`,
      );
  checkDistinct('customLattice', sites, bonds, 'List every pair once and add up its couplings.');
  const shape = options.shape ?? [sites];
  if (shape.reduce((product, extent) => product * extent, 1) !== sites)
    throw new ShapeError(`customLattice: shape ${shape.join('x')} must hold ${sites} sites.`);
  const identity = Int32Array.from({ length: sites }, (_, r) => r);
  const sublattice = twoColouring(sites, bonds);
  return {
    name: options.name ?? `custom ${sites}`,
    sites,
    shape,
    bonds,
    translations: checkGroup('translations', options.translations ?? [identity], sites, bonds),
    pointGroup: checkGroup('pointGroup', options.pointGroup ?? [identity], sites, bonds),
    ...(sublattice && { sublattice }),
  };
}

function checkGroup(name: string, group: readonly Int32Array[], sites: number, bonds: readonly Bond[]) {
  if (!group[0]?.every((to, r) => to === r))
    throw new DomainError(`customLattice: ${name} must begin with the identity.`);
  group.forEach((g, k) => {
    if (!isAutomorphism(g, sites, bonds))
      throw new DomainError(
        `customLattice: ${name}[${k}] does not map the bonds onto themselves. Leave it out.`,
      );
  });
  return group;
}
