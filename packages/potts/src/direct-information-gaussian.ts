import type { PottsModel } from './model.ts';

/**
 * Mutual information of two Gaussian variables whose covariances are those of the sites' one-hot letters and whose
 * joint precision has the off-diagonal block −J_ij: Σ_k ½ log ½(1 + √(1 + 4σ_k²)) with σ the singular values of
 * L_iᵀ J_ij L_j, C_ii = L_i L_iᵀ.
 *
 * @param model in lattice-gas gauge.
 * @param frequencies [sites, states], all positive.
 * @returns [sites, sites], symmetric, zero diagonal.
 */
export function gaussianPairInformation(model: PottsModel, frequencies: Float64Array): Float64Array {
  const { sites, states } = model;
  const out = new Float64Array(sites * sites);
  const factors = Array.from({ length: sites }, (_, i) =>
    covarianceFactor(frequencies.subarray(i * states, (i + 1) * states)),
  );
  for (let i = 0; i < sites; i++)
    for (let j = i + 1; j < sites; j++) {
      const block = between(model, factors, i, j);
      let sum = 0;
      for (const square of squaredSingularValues(block, states - 1))
        sum += Math.log((1 + Math.sqrt(1 + 4 * square)) / 2) / 2;
      out[i * sites + j] = out[j * sites + i] = sum;
    }
  return out;
}

/** L with L·Lᵀ = diag(f) − f fᵀ without the last state, [states − 1, states − 1]. */
function covarianceFactor(f: Float64Array): Float64Array {
  const n = f.length - 1;
  const factor = new Float64Array(n * n);
  for (let a = 0; a < n; a++)
    for (let b = 0; b <= a; b++) {
      let sum = (a === b ? f[a] : 0) - f[a] * f[b];
      for (let k = 0; k < b; k++) sum -= factor[a * n + k] * factor[b * n + k];
      // A state that never occurs has no variance and takes no part.
      if (a === b) factor[a * n + a] = Math.sqrt(Math.max(0, sum));
      else factor[a * n + b] = factor[b * n + b] > 0 ? sum / factor[b * n + b] : 0;
    }
  return factor;
}

/** L_iᵀ J_ij L_j, [states − 1, states − 1]. */
function between(
  { sites, states, couplings }: PottsModel,
  factors: readonly Float64Array[],
  i: number,
  j: number,
): Float64Array {
  const n = states - 1;
  const start = (i * sites + j) * states * states;
  const half = new Float64Array(n * n);
  for (let a = 0; a < n; a++)
    for (let b = 0; b < n; b++) {
      const coupling = couplings[start + a * states + b];
      for (let k = 0; k <= b; k++) half[a * n + k] += coupling * factors[j][b * n + k];
    }
  const out = new Float64Array(n * n);
  for (let a = 0; a < n; a++)
    for (let k = 0; k <= a; k++) {
      const weight = factors[i][a * n + k];
      for (let b = 0; b < n; b++) out[k * n + b] += weight * half[a * n + b];
    }
  return out;
}

/** Cosine of the angle between two columns below which they count as orthogonal, and the most sweeps. */
const ORTHOGONAL = 1e-9;
const MOST_SWEEPS = 30;

/** Squared singular values by one-sided Jacobi rotations; rows of the matrix are rotated, in place. */
function squaredSingularValues(matrix: Float64Array, n: number): Float64Array {
  for (let sweep = 0; sweep < MOST_SWEEPS; sweep++) {
    let rotated = false;
    for (let p = 0; p < n; p++) for (let q = p + 1; q < n; q++) if (rotate(matrix, n, p, q)) rotated = true;
    if (!rotated) break;
  }
  return Float64Array.from({ length: n }, (_, p) => product(matrix, n, p, p));
}

function product(matrix: Float64Array, n: number, p: number, q: number): number {
  let sum = 0;
  for (let k = 0; k < n; k++) sum += matrix[p * n + k] * matrix[q * n + k];
  return sum;
}

/** Makes rows p and q orthogonal; false where they are. */
function rotate(matrix: Float64Array, n: number, p: number, q: number): boolean {
  const a = product(matrix, n, p, p);
  const b = product(matrix, n, q, q);
  const c = product(matrix, n, p, q);
  if (Math.abs(c) <= ORTHOGONAL * Math.sqrt(a * b)) return false;
  const zeta = (b - a) / (2 * c);
  const tangent = Math.sign(zeta || 1) / (Math.abs(zeta) + Math.hypot(1, zeta));
  const cosine = 1 / Math.hypot(1, tangent);
  const sine = cosine * tangent;
  for (let k = 0; k < n; k++) {
    const x = matrix[p * n + k];
    const y = matrix[q * n + k];
    matrix[p * n + k] = cosine * x - sine * y;
    matrix[q * n + k] = sine * x + cosine * y;
  }
  return true;
}
