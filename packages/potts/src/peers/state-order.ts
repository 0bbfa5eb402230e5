import { DataError } from '@spinformer/numerics';
import { GAP_CHARACTERS } from '../alphabet.ts';
import { checkModel, type PottsModel } from '../model.ts';

/**
 * The same model with its states in another order, as another program numbers them. A gap that only `to` has becomes a
 * state without field or couplings: what a missing entry is in a model that was fitted with gaps ignored.
 *
 * @param from `letters[state]` of the model.
 * @param to `letters[state]` wanted; `-` and `.` are one letter.
 * @returns a new model, or the same where the orders agree; couplings keep their precision.
 * @throws {DataError} where the letters of `from` do not fit the model, or `to` lacks one of them or has others.
 * @example
 * ```ts
 * reorderStates(model, 'ACDEFGHIKLMNPQRSTVWY', 'ARNDCQEGHILKMFPSTWYV-'); // 21 states, as CCMpred counts
 * ```
 */
export function reorderStates(model: PottsModel, from: string, to: string): PottsModel {
  checkModel('reorderStates', model);
  const { sites, states, fields, couplings } = model;
  const source = stateMap(from, to, states);
  const size = source.length;
  if (size === states && source.every((state, k) => state === k)) return model;
  const newFields = new Float64Array(sites * size);
  const newCouplings = new (couplings.constructor as Float64ArrayConstructor)((sites * size) ** 2);
  for (let i = 0; i < sites; i++)
    for (let a = 0; a < size; a++)
      if (source[a] >= 0) newFields[i * size + a] = fields[i * states + source[a]];
  for (let pair = 0; pair < sites * sites; pair++)
    for (let a = 0; a < size; a++)
      for (let b = 0; b < size; b++)
        if (source[a] >= 0 && source[b] >= 0)
          newCouplings[(pair * size + a) * size + b] =
            couplings[(pair * states + source[a]) * states + source[b]];
  return { sites, states: size, fields: newFields, couplings: newCouplings };
}

/** For each state of `to` its state in `from`, or −1 for a gap that `from` lacks. */
function stateMap(from: string, to: string, states: number): Int32Array {
  if (from.length !== states)
    throw new DataError(
      `reorderStates: the model has ${states} states, but ${JSON.stringify(from)} holds ${from.length} letters. ` +
        'Give one letter for each state.',
    );
  const lacking = [...from].find((letter) => indexOfLetter(to, letter) < 0);
  if (lacking !== undefined)
    throw new DataError(
      `reorderStates: the letter "${lacking}" of the model is none of ${JSON.stringify(to)}. ` +
        'Choose a format that holds any alphabet, as plmc, adabmdca or spinformer.',
    );
  return Int32Array.from(to, (letter) => {
    const state = indexOfLetter(from, letter);
    if (state < 0 && !GAP_CHARACTERS.includes(letter))
      throw new DataError(
        `reorderStates: the model has no state "${letter}", which the order ${JSON.stringify(to)} needs; it has ` +
          `${JSON.stringify(from)}. Choose a format that holds any alphabet, as plmc, adabmdca or spinformer.`,
      );
    return state;
  });
}

/** Where a letter stands, any gap character for any other; −1 where it does not. */
export function indexOfLetter(letters: string, letter: string): number {
  const at = letters.indexOf(letter);
  if (at >= 0 || !GAP_CHARACTERS.includes(letter)) return at;
  return [...letters].findIndex((other) => GAP_CHARACTERS.includes(other));
}
