/** √Σ x². */
export function norm(x: ArrayLike<number>): number {
  let total = 0;
  for (let k = 0; k < x.length; k++) total += x[k] * x[k];
  return Math.sqrt(total);
}

/** Σ p x. */
export function weightedMean(x: ArrayLike<number>, weights: ArrayLike<number>): number {
  let total = 0;
  for (let k = 0; k < x.length; k++) total += x[k] * weights[k];
  return total;
}

/** max |x − y|. */
export function largestDifference(x: ArrayLike<number>, y: ArrayLike<number>): number {
  let largest = 0;
  for (let k = 0; k < x.length; k++) largest = Math.max(largest, Math.abs(x[k] - y[k]));
  return largest;
}
