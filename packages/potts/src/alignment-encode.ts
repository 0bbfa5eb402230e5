import { ConfigError, DataError } from '@spinformer/numerics';
import type { ResolvedOptions } from './alignment-build.ts';
import { describePlace, type Row } from './alignment-columns.ts';
import { type Alphabet, codeTable, UNKNOWN_CODE } from './alphabet.ts';

/** All sequences as codes of the chosen columns. */
export interface EncodedRows {
  /** [rows, columns]. */
  readonly codes: Uint8Array;
  /** Number of columns. */
  readonly width: number;
  /** Indices of the rows with letters outside the alphabet, ascending; empty where they became gaps. */
  readonly invalid: readonly number[];
  readonly lettersReadAsGaps: number;
  /** The first letter outside the alphabet and its place, in words; empty where there is none. */
  readonly example: string;
  readonly warnings: readonly string[];
}

/**
 * Encodes the chosen columns and applies the policy for letters outside the alphabet.
 *
 * @throws {DataError} under `invalid: 'error'`, with letter and place.
 * @throws {ConfigError} under `invalid: 'gap'` for an alphabet without a gap.
 */
export function encodeRows(
  rows: readonly Row[],
  columns: Int32Array,
  alphabet: Alphabet,
  options: ResolvedOptions,
): EncodedRows {
  if (options.invalid === 'gap' && alphabet.gapCode < 0)
    throw new ConfigError(
      `readAlignment: invalid: 'gap' needs an alphabet with a gap, and ${JSON.stringify(alphabet.symbols)} has none.`,
    );
  const table = codeTable(alphabet);
  const codes = new Uint8Array(rows.length * columns.length);
  const tally = new InvalidLetters(alphabet);
  rows.forEach((row, index) => {
    const start = index * columns.length;
    let bad = options.invalidColumns === 'all' ? tally.scan(row, table) : false;
    for (let site = 0; site < columns.length; site++) {
      const code = codeAt(row.letters, columns[site], table);
      codes[start + site] = code === UNKNOWN_CODE && options.invalid === 'gap' ? alphabet.gapCode : code;
      if (code !== UNKNOWN_CODE) continue;
      if (options.invalidColumns === 'kept') tally.add(row, columns[site]);
      bad = true;
    }
    if (bad) tally.rows.push(index);
  });
  return { codes, width: columns.length, ...tally.result(rows.length, options.invalid) };
}

function codeAt(letters: string, column: number, table: Uint8Array): number {
  const character = letters.charCodeAt(column);
  return character < 256 ? table[character] : UNKNOWN_CODE;
}

/** Counts the letters outside the alphabet and remembers where the first stands. */
class InvalidLetters {
  readonly rows: number[] = [];
  readonly #alphabet: Alphabet;
  readonly #counts = new Map<string, number>();
  #first: { row: Row; column: number } | null = null;

  constructor(alphabet: Alphabet) {
    this.#alphabet = alphabet;
  }

  add(row: Row, column: number): void {
    const letter = row.letters[column];
    this.#counts.set(letter, (this.#counts.get(letter) ?? 0) + 1);
    this.#first ??= { row, column };
  }

  /** Looks at every column of a row; true where a letter is outside the alphabet. */
  scan(row: Row, table: Uint8Array): boolean {
    let bad = false;
    for (let column = 0; column < row.letters.length; column++) {
      if (codeAt(row.letters, column, table) !== UNKNOWN_CODE) continue;
      this.add(row, column);
      bad = true;
    }
    return bad;
  }

  result(total: number, policy: ResolvedOptions['invalid']): Omit<EncodedRows, 'codes' | 'width'> {
    if (!this.#first) return { invalid: [], lettersReadAsGaps: 0, example: '', warnings: [] };
    const { row, column } = this.#first;
    const name =
      this.#alphabet.name === 'custom' ? JSON.stringify(this.#alphabet.symbols) : `${this.#alphabet.name}`;
    const example = `"${row.letters[column]}" in ${describePlace(row, column)}`;
    if (policy === 'error')
      throw new DataError(
        `readAlignment: the letter ${example} does not belong to the ${name} alphabet. ` +
          "Correct it, or let invalid: 'drop' leave such sequences out or invalid: 'gap' read it as a gap.",
      );
    const letters = [...this.#counts].map(([letter, count]) => `${letter} ${count}×`).join(', ');
    const many = `${this.rows.length} of ${total} sequences hold letters outside the ${name} alphabet (${letters}; first ${example})`;
    const lettersReadAsGaps = [...this.#counts.values()].reduce((sum, count) => sum + count, 0);
    return policy === 'gap'
      ? { invalid: [], lettersReadAsGaps, example, warnings: [`${many}; these letters were read as gaps`] }
      : { invalid: this.rows, lettersReadAsGaps: 0, example, warnings: [`${many} and were dropped`] };
  }
}
