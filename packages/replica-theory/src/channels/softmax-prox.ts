import { choleskyInPlace, choleskySolveInPlace } from '../linear-algebra/small-matrix.ts';

const MOST_STEPS = 100;
const MOST_HALVINGS = 40;
/** Newton's steps shrink quadratically: after one this small nothing is left to gain. */
const SMALL_STEP = 1e-9;
/** Near the minimum the objective changes by less than its rounding: rises this small, relative to it, are none. */
const ROUNDING = 1e-13;

/**
 * The proximal point of the loss lse z − z_y in the metric BB': z = ω + B s with s = B'(e_y − softmax z), the minimum of
 * |s|²/2 + lse(ω + Bs) − (ω + Bs)_y, by Newton's method with a line search on this convex function.
 * One solver holds the scratch for one B; results are overwritten by the next solution.
 */
export class SoftmaxProx {
  readonly colours: number;
  readonly rank: number;
  /** Softmax at the proximal point, [colours]. */
  readonly probabilities: Float64Array;
  /** s = B'f, [rank]. */
  readonly force: Float64Array;
  /** Cholesky factor of 1 + K with K = B'HB, H = diag p − pp', lower triangle of [rank, rank]. */
  readonly factor: Float64Array;
  /** lse z − z_y. */
  loss = 0;
  readonly #root: Float64Array;
  readonly #field: Float64Array;
  readonly #direction: Float64Array;
  readonly #trial: Float64Array;
  readonly #meanRow: Float64Array;
  readonly #column: Float64Array;

  /** @param root - B, [colours, rank]; kept, not copied. */
  constructor(root: Float64Array, colours: number, rank: number) {
    this.colours = colours;
    this.rank = rank;
    this.#root = root;
    this.probabilities = new Float64Array(colours);
    this.force = new Float64Array(rank);
    this.factor = new Float64Array(rank * rank);
    this.#field = new Float64Array(colours);
    this.#direction = new Float64Array(rank);
    this.#trial = new Float64Array(rank);
    this.#meanRow = new Float64Array(rank);
    this.#column = new Float64Array(rank);
  }

  /** Loss and probabilities at ω + B s. */
  #evaluate(field: Float64Array, answer: number, s: Float64Array): number {
    const { colours, rank, probabilities } = this;
    let top = Number.NEGATIVE_INFINITY;
    for (let a = 0; a < colours; a++) {
      let z = field[a];
      for (let k = 0; k < rank; k++) z += this.#root[a * rank + k] * s[k];
      this.#field[a] = z;
      if (z > top) top = z;
    }
    let total = 0;
    for (let a = 0; a < colours; a++) {
      probabilities[a] = Math.exp(this.#field[a] - top);
      total += probabilities[a];
    }
    for (let a = 0; a < colours; a++) probabilities[a] /= total;
    this.loss = top - this.#field[answer] + Math.log(total);
    return this.loss;
  }

  /** Σ_a p_a B_a, then the factor of 1 + Σ_a p_a B_a B_a' − B̄B̄'. */
  #curvature(): void {
    const { colours, rank, probabilities, factor } = this;
    const root = this.#root;
    const mean = this.#meanRow;
    factor.fill(0);
    mean.fill(0);
    for (let a = 0; a < colours; a++) {
      const p = probabilities[a];
      for (let i = 0; i < rank; i++) {
        const scaled = p * root[a * rank + i];
        mean[i] += scaled;
        for (let j = 0; j <= i; j++) factor[i * rank + j] += scaled * root[a * rank + j];
      }
    }
    for (let i = 0; i < rank; i++) {
      for (let j = 0; j <= i; j++) factor[i * rank + j] -= mean[i] * mean[j];
      factor[i * rank + i] += 1;
    }
    choleskyInPlace(factor, rank);
  }

  /** A step along the Newton direction that does not raise the objective; returns its largest entry. */
  #move(field: Float64Array, answer: number, value: number): { value: number; moved: number } {
    const { rank, force } = this;
    for (let step = 1, halvings = 0; ; step /= 2, halvings++) {
      let squares = 0;
      let moved = 0;
      for (let k = 0; k < rank; k++) {
        const shift = step * this.#direction[k];
        this.#trial[k] = force[k] + shift;
        squares += this.#trial[k] ** 2;
        moved = Math.max(moved, Math.abs(shift));
      }
      const next = squares / 2 + this.#evaluate(field, answer, this.#trial);
      const isRounding = moved <= SMALL_STEP * (1 + Math.sqrt(squares));
      if (next <= value + ROUNDING * (1 + Math.abs(value)) || isRounding || halvings >= MOST_HALVINGS) {
        force.set(this.#trial);
        return { value: next, moved: isRounding ? 0 : moved };
      }
    }
  }

  /**
   * Solves for one example; the results are in the fields.
   *
   * @param field - ω, [colours].
   * @param answer - y.
   */
  solve(field: Float64Array, answer: number): void {
    const { rank, force } = this;
    const root = this.#root;
    force.fill(0);
    let value = this.#evaluate(field, answer, force);
    for (let step = 0; step < MOST_STEPS; step++) {
      this.#curvature();
      for (let k = 0; k < rank; k++) {
        this.#direction[k] = root[answer * rank + k] - this.#meanRow[k] - force[k];
      }
      choleskySolveInPlace(this.factor, rank, this.#direction);
      const { value: next, moved } = this.#move(field, answer, value);
      value = next;
      if (moved === 0) break;
    }
    this.#curvature();
    for (let k = 0; k < rank; k++) force[k] = root[answer * rank + k] - this.#meanRow[k];
  }

  /** tr[K (1 + K)⁻¹] at the solution, = tr[L⁻¹ K L⁻ᵀ] without cancellation when K is small. */
  trace(): number {
    const { rank, factor } = this;
    let total = 0;
    for (let k = 0; k < rank; k++) {
      this.curvatureColumn(k, this.#column);
      choleskySolveInPlace(factor, rank, this.#column);
      total += this.#column[k];
    }
    return total;
  }

  /** Column k of K = B'HB at the solution, into `out` [rank]. */
  curvatureColumn(k: number, out: Float64Array): void {
    const { colours, rank, probabilities } = this;
    const root = this.#root;
    for (let i = 0; i < rank; i++) out[i] = -this.#meanRow[i] * this.#meanRow[k];
    for (let a = 0; a < colours; a++) {
      const scaled = probabilities[a] * root[a * rank + k];
      for (let i = 0; i < rank; i++) out[i] += scaled * root[a * rank + i];
    }
  }
}
