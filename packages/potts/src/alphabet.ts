import { ConfigError, DataError } from '@spinformer/numerics';

/** Name of a built-in alphabet. */
export type AlphabetName = 'protein' | 'rna' | 'dna' | 'binary';

/**
 * The letters of an alignment and their numbers. `symbols[code]` is the letter of a code; the gap, where the alphabet
 * has one, is one of the symbols.
 */
export interface Alphabet {
  readonly name: AlphabetName | 'custom';
  /** One character per code, all different. */
  readonly symbols: string;
  /** Code of the gap, or −1 where the alphabet has none. */
  readonly gapCode: number;
  /** True where a letter and its lower case are two symbols; otherwise lower case is read as upper case. */
  readonly caseSensitive: boolean;
}

/** Characters read as a gap by an alphabet that has one. */
export const GAP_CHARACTERS = '-.';

const BUILT_IN: Readonly<Record<AlphabetName, string>> = {
  protein: '-ACDEFGHIKLMNPQRSTVWY',
  rna: '-ACGU',
  dna: '-ACGT',
  binary: '01',
};

/** Letters that stand for an unknown or ambiguous residue; they help to guess an alphabet and are no states. */
const AMBIGUOUS: Readonly<Record<AlphabetName, string>> = {
  protein: 'BZXUOJ*',
  rna: 'NRYKMSWBDHV',
  dna: 'NRYKMSWBDHV',
  binary: '',
};

/** An alphabet is guessed only where at least this share of the letters belongs to it. */
const GUESS_SHARE = 0.9;

/**
 * An alphabet by name, or from a string of its letters in the order of their codes. A `-` or `.` in the string is the
 * gap; a string without one has no gap, as in `'_*^'`.
 *
 * @throws {ConfigError} for fewer than two letters, a letter given twice, or white space.
 * @example
 * ```ts
 * alphabet('protein').symbols; // '-ACDEFGHIKLMNPQRSTVWY'
 * alphabet('_*^').gapCode;     // -1
 * ```
 */
export function alphabet(nameOrSymbols: AlphabetName | (string & {})): Alphabet {
  const builtIn = Object.hasOwn(BUILT_IN, nameOrSymbols) ? (nameOrSymbols as AlphabetName) : null;
  const symbols = builtIn ? BUILT_IN[builtIn] : nameOrSymbols;
  checkSymbols(symbols);
  const gapCode = [...symbols].findIndex((symbol) => GAP_CHARACTERS.includes(symbol));
  const caseSensitive = [...symbols].some((s) => s !== s.toUpperCase());
  return Object.freeze({ name: builtIn ?? 'custom', symbols, gapCode, caseSensitive });
}

function checkSymbols(symbols: string): void {
  const letters = [...symbols];
  if (letters.length !== symbols.length || /[^\x21-\x7e]|[>;#]/.test(symbols))
    throw new ConfigError(
      'alphabet: symbols must be printable ASCII characters, without white space and the ">", ";", "#" that alignment ' +
        `files use themselves, got ${JSON.stringify(symbols)}.`,
    );
  const twice = letters.find((letter, index) => letters.indexOf(letter) !== index);
  if (twice !== undefined)
    throw new ConfigError(
      `alphabet: the letter "${twice}" stands twice in ${JSON.stringify(symbols)}. Name each once.`,
    );
  if (letters.filter((letter) => GAP_CHARACTERS.includes(letter)).length > 1)
    throw new ConfigError(
      `alphabet: ${JSON.stringify(symbols)} holds both "-" and ".", which are both read as the gap. Keep one.`,
    );
  if (letters.length < 2)
    throw new ConfigError(
      `alphabet: needs at least 2 letters, got ${JSON.stringify(symbols)}: with one state there is nothing to infer.`,
    );
}

/**
 * Code of every ASCII character: 0…symbols−1, or 255 where the character does not belong to the alphabet. Both `-`
 * and `.` map to the gap of an alphabet that has one.
 */
export function codeTable(letters: Alphabet): Uint8Array {
  const table = new Uint8Array(256).fill(UNKNOWN_CODE);
  [...letters.symbols].forEach((symbol, code) => {
    table[symbol.charCodeAt(0)] = code;
    if (!letters.caseSensitive) table[symbol.toLowerCase().charCodeAt(0)] = code;
  });
  if (letters.gapCode >= 0) for (const gap of GAP_CHARACTERS) table[gap.charCodeAt(0)] = letters.gapCode;
  return table;
}

/** Entry of {@link codeTable} for a character outside the alphabet. */
export const UNKNOWN_CODE = 255;

/**
 * Guesses the alphabet of aligned sequences from how often each letter occurs: binary, RNA (U), DNA (T), then protein.
 *
 * @throws {DataError} where no built-in alphabet covers nine tenths of the letters; lists the letters found.
 */
export function guessAlphabet(sequences: Iterable<string>): Alphabet {
  const counts = countLetters(sequences);
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  if (total === 0)
    throw new DataError('readAlignment: the sequences hold no letters, only gaps. Is this an alignment?');
  const share = (letters: string) =>
    [...letters].reduce((sum, letter) => sum + (counts.get(letter) ?? 0), 0) / total;
  if (share(BUILT_IN.binary) === 1) return alphabet('binary');
  const nucleic: AlphabetName = (counts.get('U') ?? 0) > (counts.get('T') ?? 0) ? 'rna' : 'dna';
  const ambiguous = share('ACGTU') >= GUESS_SHARE && share(`ACGTU${AMBIGUOUS[nucleic]}`) === 1;
  if (ambiguous) return alphabet(nucleic);
  if (share(BUILT_IN.protein.slice(1) + AMBIGUOUS.protein) >= GUESS_SHARE) return alphabet('protein');
  throw new DataError(
    `readAlignment: cannot guess the alphabet of the letters ${JSON.stringify([...counts.keys()].sort().join(''))}. ` +
      `Name it: alphabet 'protein', 'rna', 'dna', 'binary', or the letters themselves, as in '-01'.`,
  );
}

function countLetters(sequences: Iterable<string>): Map<string, number> {
  const byCode = new Float64Array(65536);
  for (const sequence of sequences)
    for (let i = 0; i < sequence.length; i++) byCode[sequence.charCodeAt(i)]++;
  const counts = new Map<string, number>();
  byCode.forEach((count, code) => {
    if (count === 0) return;
    const letter = String.fromCharCode(code).toUpperCase();
    if (!GAP_CHARACTERS.includes(letter)) counts.set(letter, (counts.get(letter) ?? 0) + count);
  });
  return counts;
}
