import type { SequenceRecord } from './record.ts';

/** Which columns of an A2M-like alignment hold insert states. */
export interface InsertStates {
  /** 1 where a column holds only lower-case letters and dots. */
  readonly insert: Uint8Array;
  /** First column that mixes insert states (lower case, dots) and match states (upper case, `-`), or −1. */
  readonly mixed: number;
  /** Whether there is any lower-case letter. */
  readonly lowerCase: boolean;
}

const LOWER = 1;
const DOT = 2;
const MATCH = 4;

/** Removes the insert states of one A3M (or dotless A2M) sequence: lower-case letters and dots. */
export function removeInserts(sequence: string): string {
  return sequence.replace(/[a-z.]+/g, '');
}

/** Position in the sequence of the `column`-th state that {@link removeInserts} keeps. */
export function positionOfMatch(sequence: string, column: number): number {
  let matches = -1;
  for (let i = 0; i < sequence.length; i++) {
    const code = sequence.charCodeAt(i);
    if (kindOf(code) === MATCH && ++matches === column) return i;
  }
  return -1;
}

/** Sorts the columns of sequences of equal length into match and insert columns. */
export function insertStates(records: readonly SequenceRecord[]): InsertStates {
  const width = records[0].sequence.length;
  const kinds = new Uint8Array(width);
  for (const { sequence } of records)
    for (let column = 0; column < width; column++) kinds[column] |= kindOf(sequence.charCodeAt(column));
  return {
    insert: kinds.map((kind) => ((kind & MATCH) === 0 ? 1 : 0)),
    mixed: kinds.findIndex((kind) => (kind & MATCH) !== 0 && kind !== MATCH),
    lowerCase: kinds.some((kind) => (kind & LOWER) !== 0),
  };
}

function kindOf(code: number): number {
  if (code >= 97 && code <= 122) return LOWER;
  return code === 46 ? DOT : MATCH;
}
