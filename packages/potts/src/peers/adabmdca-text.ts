import { DataError } from '@spinformer/numerics';
import type { PottsModel } from '../model.ts';
import { blockOf, emptyCouplings, forEachPair } from './coupling-blocks.ts';
import type { PottsFileHints, PottsFileMetadata, PottsModelReading } from './peer-file.ts';
import { agreedLetters, type GuessedLetters, guessLetters, inUsualOrder } from './peer-letters.ts';
import { siteNumbers } from './site-numbers.ts';
import { finiteNumber, linesOf, TextBytes, wordsOf } from './text-bytes.ts';

const CALLER = 'readPottsModelFile (adabmdca)';

/**
 * Reads the parameter text of adabmDCA (C++, Python, Julia): lines `J i j a b value` and `h i a value`, sites from 0,
 * where a and b are letters, or numbers in the older form. The order of states is that of the lines `h`; a coupling
 * without a line is zero, as in a sparse model.
 *
 * @throws {DataError} for a line that does not fit, with its number; a state without field; a coupling given twice.
 * @source adabmDCA, print_model in BMmc.cpp and save_params in io.py
 */
export function readAdabmdcaText(bytes: Uint8Array, hints: PottsFileHints): PottsModelReading {
  const { tokens, fields, sites } = readFields(bytes);
  const states = tokens.length;
  const couplings = emptyCouplings(CALLER, sites, states).fill(Number.NaN);
  const model = { sites, states, fields, couplings };
  const given = placeCouplings(model, tokens, bytes);
  for (let k = 0; k < couplings.length; k++) if (Number.isNaN(couplings[k])) couplings[k] = 0;
  const numbered = tokens.every((token, state) => token === String(state));
  const { letters, warnings } = nameStates(tokens, numbered, hints);
  const all = ((sites * (sites - 1)) / 2) * states * states;
  return {
    model,
    ...(letters ? { letters } : {}),
    offsets: siteNumbers(sites),
    description: letters ? { letters } : {},
    format: numbered ? 'adabmdca-numbers' : 'adabmdca',
    warnings:
      given < all
        ? [...warnings, `${all - given} of ${all} couplings have no line; they are zero`]
        : warnings,
  };
}

function nameStates(tokens: readonly string[], numbered: boolean, hints: PottsFileHints): GuessedLetters {
  if (numbered) return guessLetters(CALLER, tokens.length, hints);
  return { letters: agreedLetters(CALLER, tokens.join(''), hints), warnings: [] };
}

/** Reads the lines `h`: the tokens of the states in their order, and the fields. */
function readFields(bytes: Uint8Array): { tokens: string[]; fields: Float64Array; sites: number } {
  const bySite = new Map<number, Map<string, number>>();
  let line = 0;
  for (const text of linesOf(bytes)) {
    line++;
    if (!/^[hH]\s/.test(text)) {
      if (!/^(J\s|j\s|#|\s*$)/.test(text)) throw lineError(line, 'begins with neither "J", "h" nor "#"');
      continue;
    }
    const [, site, token, value, ...rest] = wordsOf(text);
    if (value === undefined || rest.length > 0 || !/^\d{1,7}$/.test(site))
      throw lineError(line, 'should be "h i a value". Models of ±1 spins ("h i value") are not read');
    const row = bySite.get(Number(site)) ?? new Map<string, number>();
    if (row.has(token))
      throw lineError(line, `gives the field of site ${site}, state ${token} a second time`);
    bySite.set(Number(site), row.set(token, finiteNumber(value, CALLER, line)));
  }
  return { ...tableOfFields(bySite), sites: bySite.size };
}

function tableOfFields(bySite: ReadonlyMap<number, ReadonlyMap<string, number>>) {
  const tokens = [...(bySite.get(0)?.keys() ?? [])];
  if (tokens.length < 2)
    throw new DataError(
      `${CALLER}: site 0 has ${tokens.length} lines "h 0 a value"; at least 2 states are needed.`,
    );
  const numbers = tokens.every((token) => /^\d+$/.test(token));
  if (!numbers && tokens.some((token) => token.length !== 1))
    throw new DataError(`${CALLER}: states must be single letters or numbers, got ${tokens.join(' ')}.`);
  if (numbers) tokens.sort((a, b) => Number(a) - Number(b));
  const fields = new Float64Array(bySite.size * tokens.length);
  for (let site = 0; site < bySite.size; site++) {
    const row = bySite.get(site);
    tokens.forEach((token, state) => {
      fields[site * tokens.length + state] = row?.get(token) ?? Number.NaN;
    });
    if (row?.size !== tokens.length || tokens.some((token) => !row.has(token)))
      throw new DataError(
        `${CALLER}: site ${site} of ${bySite.size} should have one line "h" for each of the states ${tokens.join(' ')}. ` +
          'Is the file cut off?',
      );
  }
  return { tokens, fields };
}

/** Reads the lines `J` into the model; returns how many there are. */
function placeCouplings(
  { sites, states, couplings }: PottsModel,
  tokens: readonly string[],
  bytes: Uint8Array,
) {
  const stateOf = new Map(tokens.map((token, state) => [token, state]));
  let line = 0;
  let given = 0;
  for (const text of linesOf(bytes)) {
    line++;
    if (!/^[jJ]\s/.test(text)) continue;
    const [, first, second, left, right, value, ...rest] = wordsOf(text);
    const [i, j, a, b] = [siteOf(first, sites), siteOf(second, sites), stateOf.get(left), stateOf.get(right)];
    if (
      value === undefined ||
      rest.length > 0 ||
      i < 0 ||
      j < 0 ||
      i === j ||
      a === undefined ||
      b === undefined
    )
      throw lineError(
        line,
        `should be "J i j a b value" with i ≠ j < ${sites} and states ${tokens.join(' ')}`,
      );
    const forward = ((i * sites + j) * states + a) * states + b;
    if (!Number.isNaN(couplings[forward]))
      throw lineError(line, `gives the coupling ${first} ${second} ${left} ${right} a second time`);
    couplings[forward] = finiteNumber(value, CALLER, line);
    couplings[((j * sites + i) * states + b) * states + a] = couplings[forward];
    given++;
  }
  return given;
}

function siteOf(word: string | undefined, sites: number): number {
  const site = Number(word);
  return Number.isInteger(site) && site >= 0 && site < sites ? site : -1;
}

function lineError(line: number, what: string): DataError {
  return new DataError(`${CALLER}: line ${line} ${what}.`);
}

/**
 * Writes adabmDCA's parameter text, with letters or (`numbers`) with the states' numbers, which stand for the gap and the
 * letters by alphabet.
 *
 * @throws {DataError} where letters are wanted and `metadata.letters` does not hold one for each state.
 */
export function writeAdabmdcaText(
  given: PottsModel,
  metadata: PottsFileMetadata,
  numbers: boolean,
): Uint8Array {
  const model = numbers ? inUsualOrder(given, metadata.letters) : given;
  const { sites, states, fields } = model;
  const tokens = numbers
    ? Array.from({ length: states }, (_, a) => String(a))
    : [...(metadata.letters ?? '')];
  if (tokens.length !== states)
    throw new DataError(
      `writePottsModelFile (adabmdca): ${states} states need as many letters, got ${tokens.length}. ` +
        "Give metadata.letters, or choose 'adabmdca-numbers'.",
    );
  const text = new TextBytes();
  forEachPair(sites, (i, j) => {
    const block = blockOf(model, i, j);
    for (let a = 0; a < states; a++)
      for (let b = 0; b < states; b++)
        text.line(`J ${i} ${j} ${tokens[a]} ${tokens[b]} ${block[a * states + b]}`);
  });
  for (let i = 0; i < sites; i++)
    for (let a = 0; a < states; a++) text.line(`h ${i} ${tokens[a]} ${fields[i * states + a]}`);
  return text.finish();
}
