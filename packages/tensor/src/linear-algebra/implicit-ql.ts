/**
 * One sweep of plane rotations, from row `low + count − 1` down to row `low`. Rotation k of the list acts on rows
 * i = low + count − 1 − k and i + 1: row i+1 := s·row i + c·row i+1, row i := c·row i − s·row i+1. The arrays are only
 * good during the call.
 */
export type RotationSink = (low: number, count: number, pairs: Float64Array) => void;

/** Steps after which an eigenvalue is given up; two or three are usual. */
const MAXIMUM_STEPS = 60;

/**
 * Diagonalises a symmetric tridiagonal matrix in place by implicit QL steps with Wilkinson's shift.
 *
 * @param d - [n], the diagonal; becomes the eigenvalues, unsorted, or NaN where the input was not finite.
 * @param e - [n] or [n − 1], the off-diagonal; destroyed.
 * @param sink - is told every rotation, cosines and sines side by side; left out when only eigenvalues are wanted.
 * @source golub2013, section 8.3; EISPACK's imtql2
 * @complexity O(n²), and O(n) rotations for each eigenvalue.
 */
export function implicitQl(d: Float64Array, e: Float64Array, sink?: RotationSink): void {
  const n = d.length;
  const pairs = new Float64Array(2 * n);
  let norm = 0;
  for (let i = 0; i < n; i++) norm = Math.max(norm, Math.abs(d[i]), i < n - 1 ? Math.abs(e[i]) : 0);
  if (
    !Number.isFinite(norm) ||
    d.some(Number.isNaN) ||
    e.subarray(0, Math.max(0, n - 1)).some(Number.isNaN)
  ) {
    d.fill(Number.NaN);
    return;
  }
  const tiny = Number.EPSILON * Number.EPSILON * norm;
  for (let low = 0; low < n; low++)
    for (let steps = 0; ; steps++) {
      let high = low;
      while (
        high < n - 1 &&
        Math.abs(e[high]) > Number.EPSILON * (Math.abs(d[high]) + Math.abs(d[high + 1])) + tiny
      )
        high++;
      if (high === low || steps === MAXIMUM_STEPS) break;
      const first = qlStep(d, e, low, high, pairs);
      sink?.(first, high - first, pairs);
    }
}

/** One step on the block low … high; returns where it ended, which is above `low` when a rotation vanished. */
function qlStep(d: Float64Array, e: Float64Array, low: number, high: number, pairs: Float64Array): number {
  let g = (d[low + 1] - d[low]) / (2 * e[low]);
  let r = Math.hypot(g, 1);
  g = d[high] - d[low] + e[low] / (g + (g >= 0 ? r : -r));
  let s = 1;
  let c = 1;
  let p = 0;
  for (let i = high - 1, k = 0; i >= low; i--, k += 2) {
    const f = s * e[i];
    const b = c * e[i];
    r = Math.hypot(f, g);
    e[i + 1] = r;
    if (r === 0) {
      d[i + 1] -= p;
      e[high] = 0;
      return i + 1;
    }
    s = f / r;
    c = g / r;
    g = d[i + 1] - p;
    const t = (d[i] - g) * s + 2 * c * b;
    p = s * t;
    d[i + 1] = g + p;
    g = c * t - b;
    pairs[k] = c;
    pairs[k + 1] = s;
  }
  d[low] -= p;
  e[low] = g;
  e[high] = 0;
  return low;
}

/** Indices that sort the eigenvalues in ascending order; NaN stays where it is. */
export function ascendingOrder(values: Float64Array): Float64Array {
  return Float64Array.from(values.keys()).sort((a, b) => values[a] - values[b] || a - b);
}
