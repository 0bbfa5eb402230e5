import type { LanczosResult } from '@spinformer/tensor';

/** Vectors that keep less than this part of their squared length beside the others are multiples of them, by rounding. */
const DEPENDENT = 0.01;

/**
 * A complex Hermitian matrix, written with real and imaginary parts, has every eigenvalue twice, the vectors being v and
 * i·v. This picks half of the eigenpairs, so that their vectors are independent over the complex numbers, and makes
 * them orthonormal there.
 *
 * @param result - eigenpairs with vectors [n, 2], (re, im).
 */
export function independentPairs(result: LanczosResult): LanczosResult {
  const wanted = Math.ceil(result.vectors.length / 2);
  const kept: { readonly index: number; readonly vector: Float64Array }[] = [];
  for (let index = 0; index < result.vectors.length && kept.length < wanted; index++) {
    const vector = result.vectors[index].slice();
    for (const other of kept) removeComponent(vector, other.vector);
    const square = vector.reduce((sum, x) => sum + x * x, 0);
    if (square < DEPENDENT) continue;
    kept.push({ index, vector: vector.map((x) => x / Math.sqrt(square)) });
  }
  return {
    ...result,
    values: Float64Array.from(kept, ({ index }) => result.values[index]),
    vectors: kept.map(({ vector }) => vector),
    residuals: Float64Array.from(kept, ({ index }) => result.residuals[index]),
  };
}

/** v −= u ⟨u, v⟩ over the complex numbers. */
function removeComponent(v: Float64Array, u: Float64Array): void {
  let [real, imaginary] = [0, 0];
  for (let k = 0; k < v.length; k += 2) {
    real += u[k] * v[k] + u[k + 1] * v[k + 1];
    imaginary += u[k] * v[k + 1] - u[k + 1] * v[k];
  }
  for (let k = 0; k < v.length; k += 2) {
    v[k] -= real * u[k] - imaginary * u[k + 1];
    v[k + 1] -= real * u[k + 1] + imaginary * u[k];
  }
}
