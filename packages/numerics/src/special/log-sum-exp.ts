/**
 * log Σᵢ exp(xᵢ), without overflow.
 *
 * @param values - log-weights; −Infinity counts for nothing.
 * @returns −Infinity for no values; NaN if one is NaN.
 * @example
 * ```ts
 * logSumExp([1000, 1000]); // 1000 + log 2
 * ```
 */
export function logSumExp(values: ArrayLike<number>): number {
  let top = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < values.length; i++) if (!(values[i] <= top)) top = values[i];
  if (!Number.isFinite(top)) {
    for (let i = 0; i < values.length; i++) if (Number.isNaN(values[i])) return Number.NaN;
    return top;
  }
  let total = 0;
  for (let i = 0; i < values.length; i++) total += Math.exp(values[i] - top);
  return top + Math.log(total);
}
