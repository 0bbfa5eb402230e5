/**
 * The arithmetic mean, summed in float64.
 *
 * @returns NaN for no values.
 */
export function mean(values: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i];
  return total / values.length;
}

/**
 * The unbiased variance Σ (x − mean)² / (n − 1), in two passes.
 *
 * @returns NaN for fewer than two values.
 */
export function variance(values: ArrayLike<number>): number {
  if (values.length < 2) return Number.NaN;
  const centre = mean(values);
  let total = 0;
  for (let i = 0; i < values.length; i++) total += (values[i] - centre) ** 2;
  return total / (values.length - 1);
}
