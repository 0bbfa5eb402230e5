import { ascendingOrder, implicitQl } from './implicit-ql.ts';

/** Eigen-decomposition of a symmetric matrix held in a plain array. */
export interface SymmetricEigen {
  /** [n], ascending. */
  readonly values: Float64Array;
  /** [n, n]: column k is the eigenvector of values[k], its greatest component positive. */
  readonly vectors: Float64Array;
}

/** Components that differ by less, relatively, count as equally great when the sign of a vector is chosen. */
export const SIGN_SLACK = 1e-6;

/** Powers of two outside of which a matrix is scaled, so that squares neither overflow nor vanish. */
const SAFE_EXPONENT = 400;

/**
 * Eigenvalues and eigenvectors of a small symmetric matrix, synchronously and without a backend: Householder reduction
 * and implicit QL. For large matrices use {@link eigh}, which runs the same on threads.
 *
 * @param matrix - [n, n], symmetric; not changed. Numbers that are not finite make every result NaN.
 * @source golub2013, section 8.3
 * @complexity about 9 n³ operations.
 */
export function symmetricEigen(matrix: ArrayLike<number>, n: number): SymmetricEigen {
  const a = Float64Array.from(matrix);
  const scale = safeScale(a);
  for (let k = 0; k < a.length; k++) a[k] *= scale;
  const { diagonal, offDiagonal, taus } = tridiagonalize(a, n);
  const rows = reflectionProduct(a, taus, n);
  implicitQl(diagonal, offDiagonal, (low, count, pairs) => rotateRows(rows, n, low, count, pairs));
  const order = ascendingOrder(diagonal);
  const vectors = new Float64Array(n * n);
  order.forEach((from, to) => {
    const row = rows.subarray(from * n, (from + 1) * n);
    const sign = Number.isNaN(diagonal[from]) ? Number.NaN : leadingSign(row);
    for (let r = 0; r < n; r++) vectors[r * n + to] = sign * row[r];
  });
  return { values: Float64Array.from(order, (from) => diagonal[from] / scale), vectors };
}

/** A power of two by which the entries may be multiplied to keep their squares in range: 1 but for extreme ones. */
export function safeScale(a: ArrayLike<number>): number {
  let most = 0;
  for (let k = 0; k < a.length; k++) most = Math.max(most, Math.abs(a[k]));
  if (most === 0 || !Number.isFinite(most)) return 1;
  const exponent = Math.floor(Math.log2(most));
  return Math.abs(exponent) > SAFE_EXPONENT ? 2 ** Math.max(-1000, Math.min(1000, -exponent)) : 1;
}

function leadingSign(row: Float64Array): number {
  const most = row.reduce((greatest, x) => Math.max(greatest, Math.abs(x)), 0) * (1 - SIGN_SLACK);
  return row[row.findIndex((x) => Math.abs(x) >= most)] < 0 ? -1 : 1;
}

/** Reduces `a` in place: row j keeps the vector of reflection j from column j + 1 on. */
function tridiagonalize(a: Float64Array, n: number) {
  const diagonal = new Float64Array(n);
  const offDiagonal = new Float64Array(n);
  const taus = new Float64Array(n);
  for (let j = 0; j < n; j++) {
    diagonal[j] = a[j * n + j];
    if (j + 1 === n) break;
    const v = a.subarray(j * n + j + 1, (j + 1) * n);
    [offDiagonal[j], taus[j]] = makeReflection(v);
    applyFromBothSides(a, n, j + 1, v, taus[j]);
  }
  return { diagonal, offDiagonal, taus };
}

/** Turns x into v with (1 − τ v vᵀ) x = β e₁, v₀ = 1; returns β and τ. */
function makeReflection(x: Float64Array): [beta: number, tau: number] {
  const head = x[0];
  let square = 0;
  for (let k = 1; k < x.length; k++) square += x[k] * x[k];
  x[0] = 1;
  if (square === 0) return [head, 0];
  const beta = (head > 0 ? -1 : 1) * Math.sqrt(head * head + square);
  for (let k = 1; k < x.length; k++) x[k] /= head - beta;
  return [beta, (beta - head) / beta];
}

/** The trailing block from (first, first): A := A − v wᵀ − w vᵀ with w = τ A v − ½ τ² (vᵀA v) v. */
function applyFromBothSides(a: Float64Array, n: number, first: number, v: Float64Array, tau: number): void {
  const w = new Float64Array(v.length);
  let overlap = 0;
  for (let i = 0; i < v.length; i++) {
    const row = (first + i) * n + first;
    for (let k = 0; k < v.length; k++) w[i] += a[row + k] * v[k];
    overlap += w[i] * v[i];
  }
  for (let i = 0; i < v.length; i++) w[i] = tau * w[i] - 0.5 * tau * tau * overlap * v[i];
  for (let i = 0; i < v.length; i++) {
    const row = (first + i) * n + first;
    for (let k = 0; k < v.length; k++) a[row + k] -= v[i] * w[k] + w[i] * v[k];
  }
}

/** The columns of the product of all reflections, as rows. */
function reflectionProduct(a: Float64Array, taus: Float64Array, n: number): Float64Array {
  const rows = new Float64Array(n * n);
  for (let r = 0; r < n; r++) {
    const row = rows.subarray(r * n, (r + 1) * n);
    row[r] = 1;
    for (let j = Math.min(r, n - 1) - 1; j >= 0; j--) {
      let overlap = 0;
      for (let k = j + 1; k < n; k++) overlap += a[j * n + k] * row[k];
      for (let k = j + 1; k < n; k++) row[k] -= taus[j] * overlap * a[j * n + k];
    }
  }
  return rows;
}

function rotateRows(z: Float64Array, n: number, low: number, count: number, pairs: Float64Array): void {
  for (let k = 0; k < count; k++) {
    const [c, s] = [pairs[2 * k], pairs[2 * k + 1]];
    const upper = (low + count - 1 - k) * n;
    for (let at = upper; at < upper + n; at++) {
      const [x, y] = [z[at], z[at + n]];
      z[at + n] = s * x + c * y;
      z[at] = c * x - s * y;
    }
  }
}
