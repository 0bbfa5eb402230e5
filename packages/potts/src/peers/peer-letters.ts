import { DataError } from '@spinformer/numerics';
import type { PottsModel } from '../model.ts';
import type { PottsFileHints } from './peer-file.ts';
import { reorderStates } from './state-order.ts';

/** States of CCMpred and GREMLIN: amino acids by their three-letter names, the gap last. */
export const PROTEIN_GAP_LAST = 'ARNDCQEGHILKMFPSTWYV-';

/** Alphabets that begin with the gap, as those of plmc, adabmDCA and this package, by number of states. */
const GAP_FIRST: Readonly<Record<number, string>> = {
  21: '-ACDEFGHIKLMNPQRSTVWY',
  20: 'ACDEFGHIKLMNPQRSTVWY',
  5: '-ACGU',
  4: 'ACGU',
  2: '01',
};

/**
 * The model in the order of states that readers of a format without letters take for granted: gap first, then by
 * alphabet. A model of other letters, or of unknown ones, stays as it is.
 */
export function inUsualOrder(model: PottsModel, letters: string | undefined): PottsModel {
  const usual = GAP_FIRST[model.states];
  const same = letters !== undefined && usual !== undefined && sorted(letters) === sorted(usual);
  return same ? reorderStates(model, letters, usual) : model;
}

function sorted(letters: string): string {
  return [...letters.replace('.', '-')].sort().join('');
}

/** Letters of a file that has none, and what to warn of. */
export interface GuessedLetters {
  readonly letters?: string;
  readonly warnings: readonly string[];
}

/**
 * The letters of a format without letters: those of the hints, otherwise the usual ones for this number of states.
 *
 * @throws {DataError} for hints of another number of letters.
 */
export function guessLetters(
  caller: string,
  states: number,
  { letters }: PottsFileHints,
  usual: Readonly<Record<number, string>> = GAP_FIRST,
): GuessedLetters {
  if (letters !== undefined) return { letters: checkHint(caller, states, letters), warnings: [] };
  const guess = usual[states];
  return guess === undefined
    ? { warnings: [`the file does not name its ${states} states; give letters to use it with sequences`] }
    : { letters: guess, warnings: [`the file does not name its states; taken for ${guess}`] };
}

/** @throws {DataError} for hints that do not agree with the letters in the file. */
export function agreedLetters(caller: string, inFile: string, { letters }: PottsFileHints): string {
  if (letters === undefined || letters === inFile) return inFile;
  throw new DataError(
    `${caller}: the file's states are ${JSON.stringify(inFile)}, not ${JSON.stringify(letters)}. ` +
      'It is a model of another alphabet; leave out letters to take the file’s.',
  );
}

function checkHint(caller: string, states: number, letters: string): string {
  if (letters.length === states) return letters;
  throw new DataError(
    `${caller}: the file has ${states} states, but letters ${JSON.stringify(letters)} names ${letters.length}. ` +
      'It is a model of another alphabet, or the gap is missing from letters.',
  );
}
