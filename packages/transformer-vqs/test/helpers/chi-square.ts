import { gaussianTail } from '@spinformer/numerics';

/**
 * Probability of a χ² at least as large as observed, by Wilson and Hilferty's cube root: good to a few per cent in the
 * logarithm for 10 and more degrees of freedom.
 */
export function chiSquareTail(counts: ArrayLike<number>, probabilities: ArrayLike<number>): number {
  let total = 0;
  for (let k = 0; k < counts.length; k++) total += counts[k];
  let chiSquare = 0;
  for (let k = 0; k < counts.length; k++) {
    const expected = total * probabilities[k];
    chiSquare += (counts[k] - expected) ** 2 / expected;
  }
  const freedom = counts.length - 1;
  const variance = 2 / (9 * freedom);
  const z = ((chiSquare / freedom) ** (1 / 3) - (1 - variance)) / Math.sqrt(variance);
  return gaussianTail(z);
}
