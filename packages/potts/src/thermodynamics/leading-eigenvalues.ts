import { ConvergenceError } from '@spinformer/numerics';

/** Krylov spaces that are tried in turn. */
const SIZES = [10, 20, 40, 80, 160, 320];
/** Residual of the two leading pairs, relative to the largest eigenvalue, that counts as converged. */
const TOLERANCE = 1e-11;
const JACOBI_SWEEPS = 60;

/** The two eigenvalues of largest magnitude of a symmetric matrix, and the vector of the first. */
export interface LeadingEigenvalues {
  readonly first: number;
  /** Zero for a matrix of one row. */
  readonly second: number;
  /** Of norm 1. */
  readonly vector: Float64Array;
}

/**
 * Leading eigenvalues by Lanczos iteration with full orthogonalisation.
 * @param apply the symmetric matrix times a vector, new.
 * @throws {ConvergenceError} when 320 vectors do not suffice: the second and third are nearly the same.
 */
export function leadingEigenvalues(
  apply: (v: Float64Array) => Float64Array,
  size: number,
): LeadingEigenvalues {
  const krylov = new KrylovSpace(apply, size);
  for (const wanted of SIZES) {
    krylov.grow(Math.min(wanted, size));
    const found = krylov.leading();
    if (found) return found;
  }
  throw new ConvergenceError(
    'exactStrip: the second eigenvalue of the transfer matrix did not converge. Take a narrower strip.',
  );
}

class KrylovSpace {
  private readonly apply: (v: Float64Array) => Float64Array;
  private readonly size: number;
  private readonly basis: Float64Array[] = [];
  private readonly diagonal: number[] = [];
  private readonly beside: number[] = [];
  private exhausted = false;

  constructor(apply: (v: Float64Array) => Float64Array, size: number) {
    this.apply = apply;
    this.size = size;
    // Irregular, so that it has a part along every eigenvector, whatever their symmetries.
    const start = Float64Array.from({ length: size }, (_, k) => 1 + 0.5 * Math.sin(12.9898 * k + 1));
    this.basis.push(scaled(start, 1 / norm(start)));
  }

  grow(vectors: number): void {
    while (this.diagonal.length < vectors && !this.exhausted) {
      const last = this.basis[this.diagonal.length];
      const next = this.apply(last);
      this.diagonal.push(dot(last, next));
      for (let pass = 0; pass < 2; pass++)
        for (const vector of this.basis) addScaled(next, vector, -dot(vector, next));
      const length = norm(next);
      this.exhausted = length < 1e-13 * Math.abs(this.diagonal[0]) || this.basis.length === this.size;
      this.beside.push(this.exhausted ? 0 : length);
      if (!this.exhausted) this.basis.push(scaled(next, 1 / length));
    }
  }

  /** The leading pairs, when both have converged. */
  leading(): LeadingEigenvalues | undefined {
    const count = this.diagonal.length;
    const { values, vectors } = jacobi(this.diagonal, this.beside);
    const order = Array.from(values.keys()).sort((a, b) => Math.abs(values[b]) - Math.abs(values[a]));
    const first = values[order[0]];
    const residual = (k: number) => Math.abs(this.beside[count - 1] * vectors[(count - 1) * count + k]);
    const done = order.slice(0, 2).every((k) => residual(k) <= TOLERANCE * Math.abs(first));
    if (!done && !this.exhausted) return undefined;
    const vector = new Float64Array(this.size);
    for (let k = 0; k < count; k++) addScaled(vector, this.basis[k], vectors[k * count + order[0]]);
    return { first, second: count > 1 ? values[order[1]] : 0, vector: scaled(vector, 1 / norm(vector)) };
  }
}

/** Eigenvalues and eigenvectors (as columns) of a tridiagonal matrix by Jacobi rotations. */
function jacobi(diagonal: readonly number[], beside: readonly number[]) {
  const n = diagonal.length;
  const a = new Float64Array(n * n);
  const vectors = new Float64Array(n * n);
  for (let k = 0; k < n; k++) {
    a[k * n + k] = diagonal[k];
    vectors[k * n + k] = 1;
    if (k + 1 < n) a[k * n + k + 1] = a[(k + 1) * n + k] = beside[k];
  }
  for (let sweep = 0; sweep < JACOBI_SWEEPS; sweep++) {
    let off = 0;
    for (let p = 0; p < n; p++) for (let q = p + 1; q < n; q++) off += rotate(a, vectors, n, p, q);
    if (off === 0) break;
  }
  return { values: Float64Array.from({ length: n }, (_, k) => a[k * n + k]), vectors };
}

/** Rotates rows and columns p and q so that a_pq vanishes; 0 where it was negligible. */
function rotate(a: Float64Array, vectors: Float64Array, n: number, p: number, q: number): number {
  const apq = a[p * n + q];
  const scale = Math.abs(a[p * n + p]) + Math.abs(a[q * n + q]);
  if (Math.abs(apq) <= 1e-17 * scale || apq === 0) return 0;
  const theta = (a[q * n + q] - a[p * n + p]) / (2 * apq);
  const t = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.hypot(theta, 1));
  const c = 1 / Math.hypot(t, 1);
  const s = t * c;
  for (let k = 0; k < n; k++) {
    const [x, y] = [a[k * n + p], a[k * n + q]];
    a[k * n + p] = c * x - s * y;
    a[k * n + q] = s * x + c * y;
  }
  for (let k = 0; k < n; k++) {
    const [x, y] = [a[p * n + k], a[q * n + k]];
    a[p * n + k] = c * x - s * y;
    a[q * n + k] = s * x + c * y;
    const [u, v] = [vectors[k * n + p], vectors[k * n + q]];
    vectors[k * n + p] = c * u - s * v;
    vectors[k * n + q] = s * u + c * v;
  }
  return 1;
}

function dot(x: Float64Array, y: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < x.length; k++) sum += x[k] * y[k];
  return sum;
}

function norm(x: Float64Array): number {
  return Math.sqrt(dot(x, x));
}

function scaled(x: Float64Array, factor: number): Float64Array {
  return x.map((value) => factor * value);
}

function addScaled(to: Float64Array, x: Float64Array, factor: number): void {
  for (let k = 0; k < to.length; k++) to[k] += factor * x[k];
}
