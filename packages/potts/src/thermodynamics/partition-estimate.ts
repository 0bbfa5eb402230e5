/** An estimate with its standard error. */
export interface WithError {
  readonly value: number;
  readonly standardError: number;
}

/** log of the mean of exp(logs) with its standard error, and the number of equally weighted draws that are worth as much. */
export function logMeanExp(logs: Float64Array): WithError & { readonly effectiveSamples: number } {
  const top = logs.reduce((most, log) => Math.max(most, log), Number.NEGATIVE_INFINITY);
  let sum = 0;
  let squares = 0;
  for (const log of logs) {
    const weight = Math.exp(log - top);
    sum += weight;
    squares += weight * weight;
  }
  const count = logs.length;
  const mean = sum / count;
  const variance = Math.max(0, squares / count - mean * mean) / Math.max(1, count - 1);
  return {
    value: top + Math.log(mean),
    standardError: Math.sqrt(variance) / mean,
    effectiveSamples: (sum * sum) / squares,
  };
}
