import { DataError, type Ints } from '@spinformer/numerics';
import { GAP_CHARACTERS } from '../alphabet.ts';
import type { PottsModel } from '../model.ts';
import { indexOfLetter } from '../peers/state-order.ts';
import type { Substitution } from './mutant.ts';

/** The sequence that is mutated: the reference of an alignment, or a sequence by {@link alignToFamily}. */
export interface MutationReference {
  /** One letter per site; `-` where the sequence has no residue. */
  readonly letters: string;
  /** [sites], numbers of the residues; default from 1. Entries of sites without a residue do not matter. */
  readonly residueNumbers?: ArrayLike<number>;
}

/**
 * The reference as a configuration of the model. A gap becomes the gap's state, or −1 in a model without one.
 *
 * @throws {DataError} for another length than the model's, or a letter that is no state.
 */
export function referenceConfiguration(
  caller: string,
  { sites, states }: PottsModel,
  reference: MutationReference,
  letters: string,
): Ints<'sites'> {
  if (letters.length !== states)
    throw new DataError(
      `${caller}: the model has ${states} states, but letters ${JSON.stringify(letters)} names ${letters.length}. ` +
        "Pass the alignment's letters.",
    );
  if (reference.letters.length !== sites)
    throw new DataError(
      `${caller}: the reference has ${reference.letters.length} letters, the model ${sites} sites. ` +
        'Align the sequence to the family with alignToFamily.',
    );
  return Int32Array.from(reference.letters, (letter, site) => {
    const state = indexOfLetter(letters, letter.toUpperCase());
    if (state < 0 && !GAP_CHARACTERS.includes(letter))
      throw new DataError(
        `${caller}: the reference has "${letter}" at site ${site}, which is none of the model's states "${letters}".`,
      );
    return state;
  });
}

/** The site of every residue number that the reference has. */
export function siteByNumber({ letters, residueNumbers }: MutationReference): Map<number, number> {
  const sites = new Map<number, number>();
  [...letters].forEach((letter, site) => {
    if (!GAP_CHARACTERS.includes(letter)) sites.set(residueNumbers?.[site] ?? site + 1, site);
  });
  return sites;
}

/** How far the numbers of mutants and reference may be apart for a shift to be proposed. */
const LARGEST_SHIFT = 2000;
/** Fewer substitutions than this agree by chance. */
const LEAST_AGREEING = 3;

/**
 * Checks that mutants start from the letters of the reference; positions that the model lacks are passed over.
 *
 * @throws {DataError} for the first that does not, with the shift of numbers under which all would, where there is one.
 */
export function checkReference(
  caller: string,
  reference: MutationReference,
  substitutions: readonly Substitution[],
): void {
  const sites = siteByNumber(reference);
  const letterAt = (position: number) => reference.letters[sites.get(position) ?? -1]?.toUpperCase();
  const wrong = substitutions.filter(({ from, position }) => (letterAt(position) ?? from) !== from);
  if (wrong.length === 0) return;
  const shift = findShift(substitutions, letterAt);
  const [{ from, position, to }] = wrong;
  const remedy =
    shift === null
      ? 'Is it another protein?'
      : `All agree if the reference's residue numbers are ${shift > 0 ? 'lowered' : 'raised'} by ${Math.abs(shift)}.`;
  throw new DataError(
    `${caller}: ${from}${position}${to} starts from ${from}, but the reference has ${letterAt(position)} at ${position} ` +
      `(${wrong.length} of ${substitutions.length} substitutions do not fit). ${remedy}`,
  );
}

function findShift(
  substitutions: readonly Substitution[],
  letterAt: (position: number) => string | undefined,
): number | null {
  for (let distance = 1; distance <= LARGEST_SHIFT; distance++)
    for (const shift of [distance, -distance]) {
      const found = substitutions.filter(({ position }) => letterAt(position + shift) !== undefined);
      const enough = found.length >= Math.max(LEAST_AGREEING, 0.5 * substitutions.length);
      if (enough && found.every(({ from, position }) => letterAt(position + shift) === from)) return shift;
    }
  return null;
}
