import { DomainError, ShapeError } from '@spinformer/numerics';
import type { Lattice } from './lattice.ts';

/**
 * Which spins are turned by π about z before anything else, so that a ground state may have fewer signs: none, one
 * sublattice of the nearest-neighbour bonds (`marshall`), every second row (`stripe`; on a chain two sites of four),
 * or those that the caller marks with 1.
 */
export type SignRule = 'none' | 'marshall' | 'stripe' | Int8Array;

/**
 * The sites that a sign rule turns. Every choice is a unitary transformation: energies and rotated-back observables do
 * not depend on it. (NetKet's `sign_rule` flips kinds of bonds one by one and is only unitary where its caller takes
 * care.)
 *
 * @returns 1 on the sites that are turned; undefined for none.
 * @throws {DomainError} for `marshall` where nearest neighbours are frustrated; {ShapeError} for a wrong length.
 * @source marshall1955
 */
export function signRuleSites(lattice: Lattice, rule: SignRule): Int8Array | undefined {
  if (rule === 'none') return undefined;
  if (rule === 'marshall') return marshallSites(lattice);
  if (rule === 'stripe') return stripeSites(lattice);
  if (rule.length !== lattice.sites)
    throw new ShapeError(
      `signRule: expected one mark for each of ${lattice.sites} sites, got ${rule.length}.`,
    );
  return rule.map((mark) => (mark ? 1 : 0));
}

function marshallSites(lattice: Lattice): Int8Array {
  if (!lattice.sublattice)
    throw new DomainError(
      `signRule: 'marshall' needs two sublattices, but nearest neighbours of ${lattice.name} form odd cycles. ` +
        `Use 'none', 'stripe' or marks of your own.`,
    );
  return lattice.sublattice;
}

function stripeSites(lattice: Lattice): Int8Array {
  const width = lattice.shape.length === 2 ? lattice.shape[1] : 2;
  return Int8Array.from({ length: lattice.sites }, (_, r) => Math.floor(r / width) % 2);
}
