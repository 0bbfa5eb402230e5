/**
 * Eigenvalues of a symmetric tridiagonal matrix with zero diagonal, by implicit QL steps without vectors.
 *
 * @param offDiagonal - [order − 1], positive.
 * @returns [order], ascending.
 * @source golub1969; EISPACK's imtql1
 */
export function tridiagonalEigenvalues(offDiagonal: Float64Array): Float64Array {
  const order = offDiagonal.length + 1;
  const d = new Float64Array(order);
  const e = new Float64Array(order);
  e.set(offDiagonal);
  for (let low = 0; low < order; low++) {
    for (;;) {
      let split = low;
      while (split < order - 1 && !isNegligible(e[split], d[split], d[split + 1])) split++;
      if (split === low) break;
      qlStep(d, e, low, split);
    }
  }
  return d.sort();
}

function isNegligible(offDiagonal: number, a: number, b: number): boolean {
  const scale = Math.abs(a) + Math.abs(b);
  return Math.abs(offDiagonal) <= Number.EPSILON * (scale || Number.MIN_VALUE);
}

/** One implicit QL step with Wilkinson's shift on the block low…high. */
function qlStep(d: Float64Array, e: Float64Array, low: number, high: number): void {
  let g = (d[low + 1] - d[low]) / (2 * e[low]);
  let r = Math.hypot(g, 1);
  g = d[high] - d[low] + e[low] / (g + (g >= 0 ? r : -r));
  let sine = 1;
  let cosine = 1;
  let p = 0;
  for (let i = high - 1; i >= low; i--) {
    const f = sine * e[i];
    const b = cosine * e[i];
    r = Math.hypot(f, g);
    e[i + 1] = r;
    if (r === 0) {
      d[i + 1] -= p;
      e[high] = 0;
      return;
    }
    sine = f / r;
    cosine = g / r;
    g = d[i + 1] - p;
    r = (d[i] - g) * sine + 2 * cosine * b;
    p = sine * r;
    d[i + 1] = g + p;
    g = cosine * r - b;
  }
  d[low] -= p;
  e[low] = g;
  e[high] = 0;
}
