/** Costs of gaps, as positive numbers: the first position of a gap and every further one. */
export interface GapCosts {
  readonly open: number;
  readonly extend: number;
}

/** For proteins scored by BLOSUM62. */
export const GAP_COSTS: GapCosts = { open: 10, extend: 1 };

/**
 * Aligns two sequences over their whole lengths (Needleman–Wunsch with affine gaps; gaps at the ends are free).
 *
 * @param score of the letters at positions i of the first and j of the second sequence together.
 * @returns for each position of the first the position of the second that it is aligned with, or −1; new.
 * @complexity O(lengthA·lengthB)
 * @source needleman1970
 */
export function alignGlobally(
  lengthA: number,
  lengthB: number,
  score: (i: number, j: number) => number,
  gaps: GapCosts = GAP_COSTS,
): Int32Array {
  const width = lengthB + 1;
  const tables = {
    match: new Float64Array((lengthA + 1) * width).fill(Number.NEGATIVE_INFINITY),
    gapInB: new Float64Array((lengthA + 1) * width).fill(Number.NEGATIVE_INFINITY),
    gapInA: new Float64Array((lengthA + 1) * width).fill(Number.NEGATIVE_INFINITY),
  };
  for (let i = 0; i <= lengthA; i++) tables.gapInB[i * width] = 0;
  for (let j = 0; j <= lengthB; j++) tables.gapInA[j] = 0;
  tables.match[0] = 0;
  const costs = gapCosts(lengthA, lengthB, gaps);
  for (let i = 1; i <= lengthA; i++)
    for (let j = 1; j <= lengthB; j++) fillCell(tables, width, i, j, score(i - 1, j - 1), costs);
  return traceBack(tables, lengthA, lengthB, costs);
}

/** Costs of gaps by the position in the other sequence: none at its end. */
interface PlacedCosts {
  gapInB(j: number): GapCosts;
  gapInA(i: number): GapCosts;
}

const FREE: GapCosts = { open: 0, extend: 0 };

function gapCosts(lengthA: number, lengthB: number, gaps: GapCosts): PlacedCosts {
  return {
    gapInB: (j) => (j === lengthB ? FREE : gaps),
    gapInA: (i) => (i === lengthA ? FREE : gaps),
  };
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
  costs: PlacedCosts,
): void {
  const here = i * width + j;
  const diagonal = here - width - 1;
  const up = here - width;
  const left = here - 1;
  match[here] = score + Math.max(match[diagonal], gapInB[diagonal], gapInA[diagonal]);
  const inB = costs.gapInB(j);
  const inA = costs.gapInA(i);
  gapInB[here] = Math.max(match[up] - inB.open, gapInB[up] - inB.extend, gapInA[up] - inB.open);
  gapInA[here] = Math.max(match[left] - inA.open, gapInA[left] - inA.extend, gapInB[left] - inA.open);
}

function traceBack(
  { match, gapInB, gapInA }: Tables,
  lengthA: number,
  lengthB: number,
  costs: PlacedCosts,
): Int32Array {
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
      const { open, extend } = costs.gapInB(j);
      const up = here - width;
      table = best(match[up] - open, gapInB[up] - extend, gapInA[up] - open);
      i--;
    } else {
      const { open, extend } = costs.gapInA(i);
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
