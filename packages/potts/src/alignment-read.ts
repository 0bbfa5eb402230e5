import type { Alignment, AlignmentOptions } from './alignment.ts';
import { buildAlignment } from './alignment-build.ts';
import { readText } from './formats/bytes.ts';
import { parseAlignment } from './formats/detect.ts';
import { textLines } from './formats/record.ts';

/**
 * Reads an alignment: FASTA (wrapped or not), A2M, A3M, Stockholm, or one sequence a line. Windows line ends, blank
 * lines, comments and a byte-order mark are tolerated. Sequences with letters outside the alphabet are dropped and
 * counted, unless `invalid` says otherwise.
 *
 * Where columns are chosen: A2M, A3M and Stockholm keep their match columns; `focus` keeps the upper-case letters of
 * one sequence; otherwise all columns stay. Sequences are then filtered by letters and gaps, and columns by gaps.
 *
 * @throws {DataError} for an empty text, ragged sequences, unknown letters under `invalid: 'error'`, a focus that is
 * not there, columns of gaps only, or fewer than `minimumSequences`: each says which sequence and line.
 * @throws {ConfigError} for an alphabet with fewer than two states, or an option out of range.
 * @complexity O(length of the text)
 * @example
 * ```ts
 * const alignment = readAlignment('>a\nACDE\n>b\nAC-E\n', { alphabet: 'protein' });
 * alignment.sites;  // 4
 * alignment.values; // Int32Array [1, 2, 3, 4, 1, 2, 0, 4]
 * ```
 */
export function readAlignment(text: string, options: AlignmentOptions = {}): Alignment {
  const parsed = parseAlignment(textLines(text), options.format ?? 'auto', lowerCaseCounts(options));
  return buildAlignment(parsed, options);
}

/**
 * Reads an alignment from the bytes of a file, gzip-compressed (also in several members, as bgzip writes) or not.
 *
 * @throws {DataError} for bytes that are no text or a damaged gzip file, and whatever {@link readAlignment} throws.
 */
export async function readAlignmentBytes(
  bytes: Uint8Array,
  options: AlignmentOptions = {},
): Promise<Alignment> {
  return readAlignment(await readText(bytes), options);
}

/**
 * An alignment from sequences in memory, as words of one length or simulated sequences; lower case is not special.
 *
 * @param sequences all of one length; names default to their numbers, from 1.
 * @throws {DataError} whatever {@link readAlignment} throws.
 */
export function alignSequences(
  sequences: readonly string[],
  options: Omit<AlignmentOptions, 'format'> & { names?: readonly string[] } = {},
): Alignment {
  const records = sequences.map((sequence, index) => ({
    name: options.names?.[index] ?? String(index + 1),
    sequence,
    line: index + 1,
    pieces: [{ line: index + 1, length: sequence.length }],
  }));
  return buildAlignment({ records, warnings: [], format: 'fasta' }, options);
}

function lowerCaseCounts({ alphabet }: AlignmentOptions): boolean {
  if (alphabet === undefined) return false;
  if (typeof alphabet !== 'string') return alphabet.caseSensitive;
  return !/^(protein|rna|dna|binary)$/.test(alphabet) && /[a-z]/.test(alphabet);
}
