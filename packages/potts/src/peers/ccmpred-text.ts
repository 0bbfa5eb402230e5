import { DataError } from '@spinformer/numerics';
import type { PottsModel } from '../model.ts';
import { blockOf, emptyCouplings, forEachPair, placeBlock } from './coupling-blocks.ts';
import type { PottsFileHints, PottsFileMetadata, PottsModelReading } from './peer-file.ts';
import { guessLetters, PROTEIN_GAP_LAST } from './peer-letters.ts';
import { siteNumbers } from './site-numbers.ts';
import { reorderStates } from './state-order.ts';
import { finiteNumber, linesOf, numbersOf, TextBytes, wordsOf } from './text-bytes.ts';

const CALLER = 'readPottsModelFile (ccmpred)';
const META = '#>META> ';

/** Usual letters of files that count the gap last. */
export const GAP_LAST: Readonly<Record<number, string>> = { 21: PROTEIN_GAP_LAST, 5: 'AUCG-', 3: '01-' };

/**
 * Reads the raw text of CCMpred (`-r`) and of CCMgen: a line of q − 1 fields for each site, then for each pair a line
 * `# i j` and q lines of q couplings. States are ARNDCQEGHILKMFPSTWYV and the gap, whose field is zero.
 *
 * @throws {DataError} for a line that does not fit, with its number, or pairs that are missing.
 * @source CCMpred, write_raw in src/io.c
 */
export function readCcmpredText(bytes: Uint8Array, hints: PottsFileHints): PottsModelReading {
  const reader = new CcmpredReader();
  for (const line of linesOf(bytes)) reader.readLine(line);
  const { model, notes } = reader.finish();
  return ccmpredReading(model, 'ccmpred', notes, hints);
}

/** What both files of CCMpred tell of a model. */
export function ccmpredReading(
  model: PottsModel,
  format: 'ccmpred' | 'ccmpred-msgpack',
  notes: Readonly<Record<string, string>> | undefined,
  hints: PottsFileHints,
): PottsModelReading {
  const guess = guessLetters(CALLER, model.states, hints, GAP_LAST);
  // The order of CCMpred's own 21 states is fixed, so nothing was guessed.
  const known = guess.letters === PROTEIN_GAP_LAST;
  const warnings = known ? [] : guess.warnings;
  const { letters } = guess;
  return {
    model,
    ...(letters ? { letters } : {}),
    offsets: siteNumbers(model.sites),
    description: { ...(letters ? { letters } : {}), ...(notes ? { notes } : {}) },
    format,
    warnings,
  };
}

class CcmpredReader {
  #line = 0;
  #fields: Float64Array[] = [];
  #model: { sites: number; states: number; fields: Float64Array; couplings: Float64Array } | null = null;
  #block: { i: number; j: number; rows: number[] } | null = null;
  #blocks = new Set<number>();
  #notes: Record<string, string> | undefined;

  readLine(text: string): void {
    this.#line++;
    if (text.startsWith(META)) this.#notes = { meta: text.slice(META.length).trim() };
    else if (text.startsWith('#')) this.#beginBlock(text);
    else this.#readNumbers(wordsOf(text));
  }

  finish() {
    this.#endBlock();
    const model = this.#model ?? this.#withoutPairs();
    const pairs = (model.sites * (model.sites - 1)) / 2;
    if (this.#blocks.size !== pairs)
      throw new DataError(
        `${CALLER}: the file holds ${this.#blocks.size} of the ${pairs} pairs of its ${model.sites} sites. Is it cut off?`,
      );
    return { model, notes: this.#notes };
  }

  #beginBlock(text: string): void {
    this.#endBlock();
    this.#model ??= this.#withoutPairs();
    const [, first, second] = /^#\s*(\d+)\s+(\d+)\s*$/.exec(text) ?? [];
    const [i, j] = [Number(first), Number(second)];
    const { sites } = this.#model;
    if (!(i < j && j < sites))
      throw this.#error(`should be "# i j" with 0 ≤ i < j < ${sites}, the number of lines of fields`);
    if (this.#blocks.has(i * sites + j)) throw this.#error(`begins the pair ${i} ${j} a second time`);
    this.#blocks.add(i * sites + j);
    this.#block = { i, j, rows: [] };
  }

  #endBlock(): void {
    if (!this.#block || !this.#model) return;
    const { i, j, rows } = this.#block;
    const { states } = this.#model;
    if (rows.length !== states * states)
      throw this.#error(
        `ends the pair ${i} ${j} after ${rows.length} of ${states * states} numbers; the file may be cut off`,
      );
    placeBlock(this.#model, i, j, rows);
    this.#block = null;
  }

  #readNumbers(words: readonly string[]): void {
    if (words.length === 0) return;
    if (this.#block && this.#model) {
      if (words.length !== this.#model.states)
        throw this.#error(`should hold ${this.#model.states} couplings, got ${words.length}`);
      for (const word of words) this.#block.rows.push(finiteNumber(word, CALLER, this.#line));
      return;
    }
    const width = this.#fields[0]?.length ?? words.length;
    if (words.length !== width) throw this.#error(`should hold ${width} fields, got ${words.length}`);
    this.#fields.push(numbersOf(words, CALLER, this.#line));
  }

  #withoutPairs() {
    const sites = this.#fields.length;
    if (sites === 0) throw this.#error('comes before any fields');
    const states = this.#fields[0].length + 1;
    const fields = new Float64Array(sites * states);
    this.#fields.forEach((row, i) => {
      fields.set(row, i * states);
    });
    return { sites, states, fields, couplings: emptyCouplings(CALLER, sites, states) };
  }

  #error(what: string): DataError {
    return new DataError(`${CALLER}: line ${this.#line} ${what}.`);
  }
}

/**
 * Writes CCMpred's raw text. The gap's field is zero there, so every site's fields are shifted by it: energies change by
 * a constant and probabilities not at all. Numbers are written so that they are read back exactly.
 *
 * @throws {DataError} for a model whose letters are not the twenty amino acids, with or without gap.
 */
export function writeCcmpredText(model: PottsModel, metadata: PottsFileMetadata): Uint8Array {
  const { model: ordered, fields } = ccmpredModel(model, metadata);
  const { sites, states } = ordered;
  const text = new TextBytes();
  for (let i = 0; i < sites; i++)
    text.line([...fields.subarray(i * (states - 1), (i + 1) * (states - 1))].join('\t'));
  forEachPair(sites, (i, j) => {
    const block = blockOf(ordered, i, j);
    text.line(`# ${i} ${j}`);
    for (let a = 0; a < states; a++) text.line([...block.subarray(a * states, (a + 1) * states)].join('\t'));
  });
  return text.finish();
}

/** The model in CCMpred's order of states, and its fields [sites, states − 1] relative to the gap's. */
export function ccmpredModel(model: PottsModel, { letters }: PottsFileMetadata) {
  const ordered = reorderStates(model, letters ?? '', PROTEIN_GAP_LAST);
  const { sites, states } = ordered;
  const fields = new Float64Array(sites * (states - 1));
  for (let i = 0; i < sites; i++)
    for (let a = 0; a < states - 1; a++)
      fields[i * (states - 1) + a] = ordered.fields[i * states + a] - ordered.fields[(i + 1) * states - 1];
  return { model: ordered, fields };
}
