import { ConfigError, type Floats } from '@spinformer/numerics';
import type { Atom, Residue } from './structure.ts';

/**
 * When two residues are in contact: `cb8` Cβ atoms (Cα of glycine and where Cβ is missing, C1' of nucleotides) closer
 * than 8 Å; `heavy5` and `heavy8` any two heavy atoms closer than 5 or 8 Å.
 */
export type ContactCriterion = 'cb8' | 'heavy5' | 'heavy8';

/** Threshold in Å of each criterion. */
const THRESHOLDS: Readonly<Record<ContactCriterion, number>> = { cb8: 8, heavy5: 5, heavy8: 8 };

/**
 * The distance in Å below which two residues are in contact.
 *
 * @throws {ConfigError} for an unknown criterion.
 */
export function contactThreshold(criterion: ContactCriterion): number {
  if (Object.hasOwn(THRESHOLDS, criterion)) return THRESHOLDS[criterion];
  throw new ConfigError(
    `contactThreshold: the contact criterion must be cb8, heavy5 or heavy8, got ${JSON.stringify(criterion)}.`,
  );
}

/**
 * Distances between residues, of Cβ atoms or the least between heavy atoms, as the criterion says.
 *
 * @param residues one per site; null where a site is not in the structure.
 * @returns [sites, sites] in Å, symmetric, zero diagonal, NaN where a residue or its atom is missing; new.
 * @throws {ConfigError} for an unknown criterion.
 * @complexity O(sites²·atoms²) for heavy atoms
 */
export function residueDistances(
  residues: readonly (Residue | null)[],
  criterion: ContactCriterion,
): Floats<'sites sites'> {
  contactThreshold(criterion);
  const atoms = residues.map((residue) =>
    criterion === 'cb8' ? representative(residue) : (residue?.atoms ?? []),
  );
  const sites = residues.length;
  const distances = new Float64Array(sites * sites);
  for (let i = 0; i < sites; i++) {
    distances[i * sites + i] = atoms[i].length > 0 ? 0 : Number.NaN;
    for (let j = i + 1; j < sites; j++)
      distances[i * sites + j] = distances[j * sites + i] = leastDistance(atoms[i], atoms[j]);
  }
  return distances;
}

function representative(residue: Residue | null): readonly Atom[] {
  for (const name of ['CB', 'CA', "C1'"]) {
    if (name === 'CB' && residue?.name === 'GLY') continue;
    const atom = residue?.atoms.find((candidate) => candidate.name === name);
    if (atom) return [atom];
  }
  return [];
}

function leastDistance(some: readonly Atom[], others: readonly Atom[]): number {
  let least = Number.POSITIVE_INFINITY;
  for (const a of some) {
    for (const b of others) {
      const squared = (a.x - b.x) ** 2 + (a.y - b.y) ** 2 + (a.z - b.z) ** 2;
      if (squared < least) least = squared;
    }
  }
  return least === Number.POSITIVE_INFINITY ? Number.NaN : Math.sqrt(least);
}
