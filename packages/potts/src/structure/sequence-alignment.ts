/** Costs of gaps, as positive numbers: the first position of a gap and every further one. */
const GAP_OPEN = 10;
const GAP_EXTEND = 1;

const BLOSUM_LETTERS = 'ARNDCQEGHILKMFPSTWYV';

/** BLOSUM62, lower triangle by rows, in the order of BLOSUM_LETTERS. */
const BLOSUM62: readonly (readonly number[])[] = [
  [4],
  [-1, 5],
  [-2, 0, 6],
  [-2, -2, 1, 6],
  [0, -3, -3, -3, 9],
  [-1, 1, 0, 0, -3, 5],
  [-1, 0, 0, 2, -4, 2, 5],
  [0, -2, 0, -1, -3, -2, -2, 6],
  [-2, 0, 1, -1, -3, 0, 0, -2, 8],
  [-1, -3, -3, -3, -1, -3, -3, -4, -3, 4],
  [-1, -2, -3, -4, -1, -2, -3, -4, -3, 2, 4],
  [-1, 2, 0, -1, -3, 1, 1, -2, -1, -3, -2, 5],
  [-1, -1, -2, -3, -1, 0, -2, -3, -2, 1, 2, -1, 5],
  [-2, -3, -3, -3, -2, -3, -3, -3, -1, 0, 0, -3, 0, 6],
  [-1, -2, -2, -1, -3, -1, -1, -2, -2, -3, -3, -1, -2, -4, 7],
  [1, -1, 1, 0, -1, 0, 0, 0, -1, -2, -2, 0, -1, -2, -1, 4],
  [0, -1, 0, -1, -1, -1, -1, -2, -2, -1, -1, -1, -1, -2, -1, 1, 5],
  [-3, -3, -4, -4, -2, -2, -3, -2, -2, -3, -2, -3, -1, 1, -4, -3, -2, 11],
  [-2, -2, -2, -3, -2, -1, -2, -3, 2, -1, -1, -2, -1, 3, -3, -2, -2, 2, 7],
  [0, -3, -3, -3, -1, -2, -2, -3, -3, 3, 1, -2, 1, -1, -2, -2, 0, -3, -1, 4],
];

/** Score of two letters that BLOSUM62 does not know: nucleotides in common, or nothing in common. */
const SAME = 5;
const DIFFERENT = -4;

/**
 * Aligns two sequences over their whole lengths (Needleman–Wunsch with affine gaps; gaps at the ends are free), scored
 * by BLOSUM62 for proteins and by identity for nucleic acids.
 *
 * @param kind which letters these are.
 * @returns for each letter of `a` the position in `b` that it is aligned with, or −1; new.
 * @complexity O(a.length·b.length)
 * @source needleman1970
 */
export function alignPair(a: string, b: string, kind: 'protein' | 'nucleic'): Int32Array {
  const width = b.length + 1;
  const tables = {
    match: new Float64Array((a.length + 1) * width).fill(Number.NEGATIVE_INFINITY),
    gapInB: new Float64Array((a.length + 1) * width).fill(Number.NEGATIVE_INFINITY),
    gapInA: new Float64Array((a.length + 1) * width).fill(Number.NEGATIVE_INFINITY),
  };
  for (let i = 0; i <= a.length; i++) tables.gapInB[i * width] = 0;
  for (let j = 0; j <= b.length; j++) tables.gapInA[j] = 0;
  tables.match[0] = 0;
  for (let i = 1; i <= a.length; i++)
    for (let j = 1; j <= b.length; j++)
      fillCell(tables, width, i, j, letterScore(a[i - 1], b[j - 1], kind), a, b);
  return traceBack(tables, a.length, b.length);
}

interface Tables {
  /** Best score of prefixes that end with a pair. */
  readonly match: Float64Array;
  /** … with a letter of `a` against a gap. */
  readonly gapInB: Float64Array;
  /** … with a letter of `b` against a gap. */
  readonly gapInA: Float64Array;
}

function fillCell(
  { match, gapInB, gapInA }: Tables,
  width: number,
  i: number,
  j: number,
  score: number,
  a: string,
  b: string,
): void {
  const here = i * width + j;
  const diagonal = here - width - 1;
  const up = here - width;
  const left = here - 1;
  match[here] = score + Math.max(match[diagonal], gapInB[diagonal], gapInA[diagonal]);
  const [openB, extendB] = j === b.length ? [0, 0] : [GAP_OPEN, GAP_EXTEND];
  const [openA, extendA] = i === a.length ? [0, 0] : [GAP_OPEN, GAP_EXTEND];
  gapInB[here] = Math.max(match[up] - openB, gapInB[up] - extendB, gapInA[up] - openB);
  gapInA[here] = Math.max(match[left] - openA, gapInA[left] - extendA, gapInB[left] - openA);
}

function traceBack({ match, gapInB, gapInA }: Tables, lengthA: number, lengthB: number): Int32Array {
  const width = lengthB + 1;
  const partners = new Int32Array(lengthA).fill(-1);
  let i = lengthA;
  let j = lengthB;
  let here = i * width + j;
  let table = best(match[here], gapInB[here], gapInA[here]);
  while (i > 0 && j > 0) {
    here = i * width + j;
    if (table === 'match') {
      partners[i - 1] = j - 1;
      const previous = here - width - 1;
      table = best(match[previous], gapInB[previous], gapInA[previous]);
      i--;
      j--;
    } else if (table === 'gapInB') {
      const open = j === lengthB ? 0 : GAP_OPEN;
      const extend = j === lengthB ? 0 : GAP_EXTEND;
      const up = here - width;
      table = best(match[up] - open, gapInB[up] - extend, gapInA[up] - open);
      i--;
    } else {
      const open = i === lengthA ? 0 : GAP_OPEN;
      const extend = i === lengthA ? 0 : GAP_EXTEND;
      const left = here - 1;
      table = best(match[left] - open, gapInB[left] - open, gapInA[left] - extend);
      j--;
    }
  }
  return partners;
}

function best(match: number, gapInB: number, gapInA: number): keyof Tables {
  if (match >= gapInB && match >= gapInA) return 'match';
  return gapInB >= gapInA ? 'gapInB' : 'gapInA';
}

function letterScore(a: string, b: string, kind: 'protein' | 'nucleic'): number {
  if (kind === 'protein') {
    const row = BLOSUM_LETTERS.indexOf(a);
    const column = BLOSUM_LETTERS.indexOf(b);
    if (row >= 0 && column >= 0) return BLOSUM62[Math.max(row, column)][Math.min(row, column)];
    return a === 'X' || b === 'X' || a === '-' || b === '-' ? -1 : DIFFERENT;
  }
  const same = a === b || (/[TU]/.test(a) && /[TU]/.test(b));
  return same ? SAME : DIFFERENT;
}
