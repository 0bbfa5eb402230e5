import { DataError } from '@spinformer/numerics';
import type { ReferenceSequence } from './alignment.ts';
import type { ResolvedOptions } from './alignment-build.ts';
import { focusColumns } from './alignment-focus.ts';
import { type Alphabet, GAP_CHARACTERS } from './alphabet.ts';
import type { AlignmentFormat, DetectedAlignment } from './formats/detect.ts';
import { insertStates, positionOfMatch, removeInserts } from './formats/inserts.ts';
import { locate, type SequenceRecord } from './formats/record.ts';

/** One sequence reduced to aligned letters. */
export interface Row {
  readonly record: SequenceRecord;
  /** The letters that are aligned: all of them, or the match states alone where inserts are not padded. */
  readonly letters: string;
}

/** Which columns become sites. */
export interface Columns {
  /** 0-based columns of the rows. */
  readonly columns: Int32Array;
  readonly reference?: ReferenceSequence;
  readonly warnings: readonly string[];
}

const GAPS_OF_REFERENCE_LINE = '.-_~';

/** The aligned letters of every record; A3M (and A2M without dots) loses its insert states here. */
export function matchRows({ records, format }: DetectedAlignment): Row[] {
  const width = records[0]?.sequence.length;
  const ragged = records.some((record) => record.sequence.length !== width);
  const strip = format === 'a3m' || (format === 'a2m' && ragged);
  return records.map((record) => ({
    record,
    letters: strip ? removeInserts(record.sequence) : record.sequence,
  }));
}

/** @throws {DataError} that names the first sequence whose length differs from that of the first. */
export function checkEven(rows: readonly Row[], format: AlignmentFormat): void {
  const first = rows[0];
  const odd = rows.find((row) => row.letters.length !== first.letters.length);
  if (odd) {
    const unit = format === 'a3m' ? 'match columns' : 'columns';
    throw new DataError(
      `readAlignment: sequence "${odd.record.name}" (line ${odd.record.line}) has ${odd.letters.length} ${unit}, ` +
        `but the first, "${first.record.name}" (line ${first.record.line}), has ${first.letters.length}. ` +
        'All sequences of an alignment must have one length.',
    );
  }
  if (first.letters.length === 0)
    throw new DataError(
      `readAlignment: no match columns are left once insert states (lower case, dots) are removed. Read it as 'fasta'.`,
    );
}

/** Chooses the columns by focus, by the match states of the format, or all. */
export function chooseColumns(
  parsed: DetectedAlignment,
  rows: readonly Row[],
  options: ResolvedOptions,
  letters: Alphabet,
): Columns {
  if (options.focus !== undefined) return focusColumns(rows, options.focus, letters);
  const insert = insertColumns(parsed, rows);
  const columns = Array.from(rows[0].letters, (_, column) => column).filter((column) => !insert?.[column]);
  if (columns.length === 0)
    throw new DataError(
      "readAlignment: every column is an insert column. Read the file as 'fasta' to keep them all.",
    );
  return { columns: Int32Array.from(columns), warnings: [] };
}

function insertColumns(parsed: DetectedAlignment, rows: readonly Row[]): ArrayLike<number> | null {
  const { format, records, reference } = parsed;
  if (format !== 'a2m' && format !== 'stockholm') return null;
  if (rows.some((row) => row.letters.length !== row.record.sequence.length)) return null;
  if (reference?.length === rows[0].letters.length)
    return Array.from(reference, (c) => (GAPS_OF_REFERENCE_LINE.includes(c) ? 1 : 0));
  const states = insertStates(records);
  if (format === 'stockholm') return states.mixed < 0 && states.lowerCase ? states.insert : null;
  if (states.mixed >= 0)
    throw new DataError(
      `readAlignment: column ${states.mixed + 1} of the A2M file mixes match states (upper case, "-") and insert states ` +
        "(lower case, dots). Name a focus sequence, or read it as 'fasta'.",
    );
  return states.insert;
}

/** Says where a letter stands, for errors: sequence, line, character of the line, column of the alignment. */
export function describePlace({ record, letters }: Row, column: number): string {
  const index = letters.length === record.sequence.length ? column : positionOfMatch(record.sequence, column);
  const { line, position } = locate(record, index);
  return `sequence "${record.name}", column ${column + 1} (line ${line}, character ${position})`;
}

/** Whether a character is a gap of this alphabet; an alphabet without a gap has no gap characters. */
export function isGap(character: string, letters: Alphabet): boolean {
  return letters.gapCode >= 0 && GAP_CHARACTERS.includes(character);
}
