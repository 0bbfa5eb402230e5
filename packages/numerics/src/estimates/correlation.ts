import { DomainError, ShapeError } from '../errors.ts';
import { mean } from './moments.ts';

function checkPair(a: ArrayLike<number>, b: ArrayLike<number>, caller: string): void {
  if (a.length !== b.length) {
    throw new ShapeError(`${caller}: both lists must have the same length, got ${a.length} and ${b.length}.`);
  }
  if (a.length < 2)
    throw new DomainError(`${caller}: a correlation needs at least 2 pairs, got ${a.length}.`);
}

/**
 * Pearson's correlation coefficient.
 *
 * @param a - [pairs].
 * @param b - [pairs].
 * @returns in [−1, 1]; NaN where it has no meaning: a list is constant or holds a NaN.
 * @throws {ShapeError} when the lengths differ.
 * @throws {DomainError} for fewer than two pairs.
 */
export function pearson(a: ArrayLike<number>, b: ArrayLike<number>): number {
  checkPair(a, b, 'pearson');
  const meanA = mean(a);
  const meanB = mean(b);
  let ab = 0;
  let aa = 0;
  let bb = 0;
  for (let i = 0; i < a.length; i++) {
    const fromA = a[i] - meanA;
    const fromB = b[i] - meanB;
    ab += fromA * fromB;
    aa += fromA * fromA;
    bb += fromB * fromB;
  }
  return Math.max(-1, Math.min(1, ab / Math.sqrt(aa) / Math.sqrt(bb)));
}

/**
 * Ranks from 1; equal values share the mean of their ranks. The values must not hold NaN.
 *
 * @returns a new Float64Array, [values].
 * @complexity n log n
 */
export function ranks(values: ArrayLike<number>): Float64Array {
  const order = Uint32Array.from({ length: values.length }, (_, i) => i).sort(
    (i, j) => values[i] - values[j],
  );
  const result = new Float64Array(values.length);
  for (let from = 0; from < order.length; ) {
    let to = from + 1;
    while (to < order.length && values[order[to]] === values[order[from]]) to++;
    for (let k = from; k < to; k++) result[order[k]] = (from + to + 1) / 2;
    from = to;
  }
  return result;
}

/**
 * Spearman's rank correlation: Pearson's of the ranks, equal values sharing their mean rank.
 *
 * @param a - [pairs].
 * @param b - [pairs].
 * @returns in [−1, 1]; NaN where it has no meaning: a list is constant or holds a NaN.
 * @throws {ShapeError} when the lengths differ.
 * @throws {DomainError} for fewer than two pairs.
 * @complexity n log n
 */
export function spearman(a: ArrayLike<number>, b: ArrayLike<number>): number {
  checkPair(a, b, 'spearman');
  for (let i = 0; i < a.length; i++) if (Number.isNaN(a[i]) || Number.isNaN(b[i])) return Number.NaN;
  return pearson(ranks(a), ranks(b));
}
