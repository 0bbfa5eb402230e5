import { symmetricEigen } from './symmetric-eigen.ts';
import { addScaled, dot, type LinearMap, norm, scaleBy } from './vectors.ts';

/** A pass of orthogonalisation is repeated when it leaves less than this of a vector's length, and not more often. */
const ENOUGH_LEFT = 0.7;
const MAXIMUM_PASSES = 3;

/** The lowest eigenpair of a matrix projected on a {@link KrylovBasis}. */
export interface RitzPair {
  readonly value: number;
  /** |A x − value·x| of its vector. */
  readonly residual: number;
  /** Greatest |eigenvalue| of the projected matrix: an estimate of |A| from below. */
  readonly norm: number;
}

/**
 * An orthonormal basis that grows by Lanczos steps with full reorthogonalisation and shrinks to its lowest
 * Ritz vectors when it is full (thick restart). Coefficients are taken against all vectors, so that the projected
 * matrix is right after a restart without special cases.
 */
export class KrylovBasis {
  private readonly multiply: LinearMap;
  /** Vectors to stay orthogonal to: eigenvectors that are known. */
  private readonly locked: readonly Float64Array[];
  private readonly capacity: number;
  private readonly vectors: Float64Array[] = [];
  /** [capacity, capacity] */
  private readonly projected: Float64Array;
  private next: Float64Array;
  /** Norm of what the last product had outside of the basis; 0 once the basis is invariant. */
  private coupling = 0;

  constructor(multiply: LinearMap, start: Float64Array, capacity: number, locked: readonly Float64Array[]) {
    this.multiply = multiply;
    this.locked = locked;
    this.capacity = capacity;
    this.projected = new Float64Array(capacity * capacity);
    this.next = start.slice();
    this.orthogonalize(this.next);
    scaleBy(this.next, 1 / norm(this.next));
  }

  get size(): number {
    return this.vectors.length;
  }

  get isFull(): boolean {
    return this.vectors.length === this.capacity;
  }

  /** Adds one vector and multiplies it; afterwards the basis may be invariant, which ends the run. */
  grow(): void {
    const v = this.next;
    const j = this.vectors.push(v) - 1;
    const product = new Float64Array(v.length);
    this.multiply(v, product);
    const before = norm(product);
    const coefficients = this.orthogonalize(product);
    coefficients.forEach((h, i) => {
      this.projected[i * this.capacity + j] = h;
      this.projected[j * this.capacity + i] = h;
    });
    this.coupling = norm(product);
    const isWhole = this.vectors.length + this.locked.length === v.length;
    if (isWhole || this.coupling <= 16 * Number.EPSILON * before) this.coupling = 0;
    else scaleBy(product, 1 / this.coupling);
    this.next = product;
  }

  /** Whether A maps the basis into itself, up to rounding. */
  get isInvariant(): boolean {
    return this.coupling === 0;
  }

  lowest(): RitzPair {
    const { values, vectors, size } = this.decompose();
    const last = vectors[(size - 1) * size];
    const greatest = Math.max(Math.abs(values[0]), Math.abs(values[size - 1]));
    return { value: values[0], residual: Math.abs(this.coupling * last), norm: greatest };
  }

  /** The Ritz vector of the lowest eigenvalue, of unit length. */
  lowestVector(): Float64Array {
    const { vectors, size } = this.decompose();
    const x = new Float64Array(this.next.length);
    for (let j = 0; j < size; j++) addScaled(x, vectors[j * size], this.vectors[j]);
    scaleBy(x, 1 / norm(x));
    return x;
  }

  /** Replaces the basis by its `kept` lowest Ritz vectors; the next step goes on from where the last one ended. */
  restart(kept: number): void {
    const { values, vectors, size } = this.decompose();
    mixInPlace(this.vectors, vectors, size, kept);
    this.vectors.length = kept;
    this.projected.fill(0);
    for (let k = 0; k < kept; k++) this.projected[k * this.capacity + k] = values[k];
  }

  private decompose() {
    const size = this.vectors.length;
    const small = new Float64Array(size * size);
    for (let i = 0; i < size; i++)
      small.set(this.projected.subarray(i * this.capacity, i * this.capacity + size), i * size);
    return { ...symmetricEigen(small, size), size };
  }

  /**
   * Takes from x what lies along the locked vectors and the basis; returns what lay along the basis. What lies along
   * the two newest vectors goes first; then one pass over all is enough unless it takes much (Kahan's criterion).
   */
  private orthogonalize(x: Float64Array): Float64Array {
    const coefficients = new Float64Array(this.vectors.length);
    const subtract = (i: number) => {
      const h = dot(this.vectors[i], x);
      coefficients[i] += h;
      addScaled(x, -h, this.vectors[i]);
    };
    for (let i = Math.max(0, this.vectors.length - 2); i < this.vectors.length; i++) subtract(i);
    for (let pass = 0, before = norm(x); pass < MAXIMUM_PASSES; pass++) {
      for (const vector of this.locked) addScaled(x, -dot(vector, x), vector);
      for (let i = 0; i < this.vectors.length; i++) subtract(i);
      const after = norm(x);
      if (after > ENOUGH_LEFT * before) break;
      before = after;
    }
    return coefficients;
  }
}

/** The first `kept` vectors := Σ_j vector_j · mix[j, k], component by component. */
function mixInPlace(vectors: Float64Array[], mix: Float64Array, size: number, kept: number): void {
  const row = new Float64Array(size);
  for (let at = 0; at < vectors[0].length; at++) {
    for (let j = 0; j < size; j++) row[j] = vectors[j][at];
    for (let k = 0; k < kept; k++) {
      let sum = 0;
      for (let j = 0; j < size; j++) sum += row[j] * mix[j * size + k];
      vectors[k][at] = sum;
    }
  }
}
