import type { Floats } from '@spinformer/numerics';

/** Eigenvectors of a symmetric matrix: column k of `vectors` belongs to `values[k]`, descending. */
export interface SymmetricEigen {
  readonly values: Floats<'n'>;
  /** [n, n], row-major; row k is the k-th eigenvector, orthonormal to rounding. */
  readonly vectors: Floats<'n n'>;
}

const MAXIMUM_SWEEPS = 60;

/**
 * Eigen-decomposition of a symmetric matrix by cyclic Jacobi rotations. Chosen because its vectors are orthonormal to
 * rounding even for a singular matrix, which is what makes a decomposition with all heads exact.
 *
 * @param matrix - [n, n], symmetric; not changed.
 * @returns eigenvalues, descending, and the eigenvectors as rows.
 * @complexity O(n³) for each of about ten sweeps.
 */
export function symmetricEigen(matrix: Floats<'n n'>, n: number): SymmetricEigen {
  const a = Float64Array.from(matrix);
  const v = new Float64Array(n * n);
  for (let k = 0; k < n; k++) v[k * n + k] = 1;
  let scale = 0;
  for (const x of a) scale += x * x;
  const negligible = Number.EPSILON * Number.EPSILON * scale;
  for (let sweep = 0; sweep < MAXIMUM_SWEEPS && offDiagonal(a, n) > negligible; sweep++) {
    for (let p = 0; p < n - 1; p++) for (let q = p + 1; q < n; q++) annihilate(a, v, n, p, q);
  }
  return sortDescending(a, v, n);
}

function offDiagonal(a: Float64Array, n: number): number {
  let total = 0;
  for (let p = 0; p < n; p++) for (let q = p + 1; q < n; q++) total += a[p * n + q] * a[p * n + q];
  return total;
}

/** One rotation in the plane (p, q) that makes a_pq zero, applied to `a` from both sides and to the rows of `v`. */
function annihilate(a: Float64Array, v: Float64Array, n: number, p: number, q: number): void {
  const apq = a[p * n + q];
  const app = a[p * n + p];
  const aqq = a[q * n + q];
  if (Math.abs(apq) <= 1e-2 * Number.EPSILON * Math.sqrt(Math.abs(app * aqq))) return;
  const theta = (aqq - app) / (2 * apq);
  const t = Math.sign(theta || 1) / (Math.abs(theta) + Math.hypot(theta, 1));
  const c = 1 / Math.hypot(t, 1);
  const s = t * c;
  rotateRows(a, n, p, q, c, s);
  rotateRows(v, n, p, q, c, s);
  for (let k = 0; k < n; k++) {
    a[k * n + p] = a[p * n + k];
    a[k * n + q] = a[q * n + k];
  }
  a[p * n + p] = app - t * apq;
  a[q * n + q] = aqq + t * apq;
  a[p * n + q] = 0;
  a[q * n + p] = 0;
}

function rotateRows(m: Float64Array, n: number, p: number, q: number, c: number, s: number): void {
  const rowP = p * n;
  const rowQ = q * n;
  for (let k = 0; k < n; k++) {
    const x = m[rowP + k];
    const y = m[rowQ + k];
    m[rowP + k] = c * x - s * y;
    m[rowQ + k] = s * x + c * y;
  }
}

function sortDescending(a: Float64Array, v: Float64Array, n: number): SymmetricEigen {
  const order = Array.from({ length: n }, (_, k) => k).sort((x, y) => a[y * n + y] - a[x * n + x]);
  const values = new Float64Array(n);
  const vectors = new Float64Array(n * n);
  order.forEach((from, to) => {
    values[to] = a[from * n + from];
    vectors.set(v.subarray(from * n, (from + 1) * n), to * n);
  });
  return { values, vectors };
}
