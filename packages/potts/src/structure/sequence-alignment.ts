import { alignGlobally } from './global-alignment.ts';

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
  return alignGlobally(a.length, b.length, (i, j) => letterScore(a[i], b[j], kind));
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
