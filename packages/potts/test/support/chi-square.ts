import { erfc } from '@spinformer/numerics';

/** Upper tail of χ² by Wilson and Hilferty's cube root; a few per cent accurate down to 1e-6 for 10 degrees and more. */
export function chiSquareTail(statistic: number, degrees: number): number {
  const spread = 2 / (9 * degrees);
  const z = (Math.cbrt(statistic / degrees) - (1 - spread)) / Math.sqrt(spread);
  return erfc(z / Math.SQRT2) / 2;
}

/** p-value of counts under probabilities; cells that expect fewer than five draws are joined. */
export function chiSquareTest(counts: ArrayLike<number>, probabilities: Float64Array): number {
  const draws = Array.from(counts).reduce((sum, count) => sum + count, 0);
  const order = Array.from(probabilities.keys()).sort((a, b) => probabilities[a] - probabilities[b]);
  let statistic = 0;
  let cells = 0;
  let observed = 0;
  let expected = 0;
  for (const k of order) {
    observed += counts[k];
    expected += draws * probabilities[k];
    if (expected < 5) continue;
    statistic += (observed - expected) ** 2 / expected;
    cells++;
    observed = expected = 0;
  }
  return chiSquareTail(statistic, cells - 1);
}
