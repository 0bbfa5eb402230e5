import { symmetricEigen } from './symmetric-eigen.ts';

/** a·b for [n, k] and [k, m], row-major. */
export function multiply(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  n: number,
  k: number,
  m: number,
): Float64Array {
  const out = new Float64Array(n * m);
  for (let i = 0; i < n; i++) {
    for (let l = 0; l < k; l++) {
      const factor = a[i * k + l];
      for (let j = 0; j < m; j++) out[i * m + j] += factor * b[l * m + j];
    }
  }
  return out;
}

/** The transpose of an [n, m] matrix. */
export function transpose(a: ArrayLike<number>, n: number, m: number): Float64Array {
  const out = new Float64Array(n * m);
  for (let i = 0; i < n; i++) for (let j = 0; j < m; j++) out[j * n + i] = a[i * m + j];
  return out;
}

/** Σ_ij a_ij b_ij = tr(a'b). */
export function innerProduct(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < a.length; i++) total += a[i] * b[i];
  return total;
}

/** A matrix B with BB' = A and the pseudo-inverse of B. */
export interface Root {
  readonly rank: number;
  /** [n, rank]. */
  readonly root: Float64Array;
  /** [rank, n]. */
  readonly inverse: Float64Array;
}

/** Eigenvalues below this fraction of the largest are rounding errors of zero. */
const RANK_TOLERANCE = 1e-13;

/** A root of a positive semidefinite matrix [n, n], with one column per eigenvalue that is not zero. */
export function semidefiniteRoot(matrix: ArrayLike<number>, n: number, tolerance = RANK_TOLERANCE): Root {
  const { values, vectors } = symmetricEigen(matrix, n);
  const top = values[n - 1];
  const kept = Array.from({ length: n }, (_, k) => k).filter(
    (k) => values[k] > tolerance * top && values[k] > 0,
  );
  const rank = kept.length;
  const root = new Float64Array(n * rank);
  const inverse = new Float64Array(rank * n);
  kept.forEach((k, column) => {
    const length = Math.sqrt(values[k]);
    for (let i = 0; i < n; i++) {
      root[i * rank + column] = vectors[i * n + k] * length;
      inverse[column * n + i] = vectors[i * n + k] / length;
    }
  });
  return { rank, root, inverse };
}

/**
 * Cholesky factor in place of the lower triangle of a positive definite [n, n] matrix; the upper triangle is not read.
 *
 * @returns whether the matrix was positive definite.
 */
export function choleskyInPlace(a: Float64Array, n: number): boolean {
  for (let j = 0; j < n; j++) {
    let diagonal = a[j * n + j];
    for (let k = 0; k < j; k++) diagonal -= a[j * n + k] * a[j * n + k];
    if (!(diagonal > 0)) return false;
    const pivot = Math.sqrt(diagonal);
    a[j * n + j] = pivot;
    for (let i = j + 1; i < n; i++) {
      let entry = a[i * n + j];
      for (let k = 0; k < j; k++) entry -= a[i * n + k] * a[j * n + k];
      a[i * n + j] = entry / pivot;
    }
  }
  return true;
}

/** Solves LL'x = b in place, L from {@link choleskyInPlace}. */
export function choleskySolveInPlace(factor: Float64Array, n: number, b: Float64Array): void {
  for (let i = 0; i < n; i++) {
    let entry = b[i];
    for (let k = 0; k < i; k++) entry -= factor[i * n + k] * b[k];
    b[i] = entry / factor[i * n + i];
  }
  for (let i = n - 1; i >= 0; i--) {
    let entry = b[i];
    for (let k = i + 1; k < n; k++) entry -= factor[k * n + i] * b[k];
    b[i] = entry / factor[i * n + i];
  }
}
