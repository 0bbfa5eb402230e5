import { gaussianTail } from '@spinformer/numerics';

/** A test of chance fails below this probability; its seed is fixed, so it fails always or never. */
export const P_THRESHOLD = 1e-4;

/** Probability of a χ² at least this large, by the Wilson–Hilferty approximation, good to a few per cent here. */
export function chiSquareTail(chiSquare: number, freedom: number): number {
  const c = 2 / (9 * freedom);
  return gaussianTail(((chiSquare / freedom) ** (1 / 3) - (1 - c)) / Math.sqrt(c));
}

/** p-value of counts against probabilities. */
export function goodnessOfFit(counts: ArrayLike<number>, probabilities: ArrayLike<number>): number {
  let draws = 0;
  for (let k = 0; k < counts.length; k++) draws += counts[k];
  let chiSquare = 0;
  for (let k = 0; k < counts.length; k++) {
    chiSquare += (counts[k] - draws * probabilities[k]) ** 2 / (draws * probabilities[k]);
  }
  return chiSquareTail(chiSquare, counts.length - 1);
}

/** p-value of draws against a distribution function, by equal bins of probability. */
export function fitOfDraws(
  draw: () => number,
  distribution: (x: number) => number,
  draws = 20_000,
  bins = 50,
): number {
  const counts = new Float64Array(bins);
  for (let i = 0; i < draws; i++) counts[Math.min(bins - 1, Math.floor(distribution(draw()) * bins))]++;
  return goodnessOfFit(counts, new Float64Array(bins).fill(1 / bins));
}
