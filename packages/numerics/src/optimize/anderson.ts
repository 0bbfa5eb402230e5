/** A difference whose part independent of the others is below this fraction of its length says nothing new. */
const INDEPENDENCE = 1e-8;

function dot(a: Float64Array, b: Float64Array): number {
  let total = 0;
  for (let i = 0; i < a.length; i++) total += a[i] * b[i];
  return total;
}

function addScaled(out: Float64Array, factor: number, vector: Float64Array): void {
  for (let i = 0; i < out.length; i++) out[i] += factor * vector[i];
}

/** The last differences of points and residuals of a fixed-point iteration. */
export class AndersonHistory {
  readonly #depth: number;
  readonly #points: Float64Array[] = [];
  readonly #residuals: Float64Array[] = [];

  constructor(depth: number) {
    this.#depth = depth;
  }

  /** Takes in one step of the iteration. */
  push(
    pointBefore: Float64Array,
    residualBefore: Float64Array,
    point: Float64Array,
    residual: Float64Array,
  ): void {
    if (this.#depth === 0) return;
    this.#points.unshift(point.map((value, i) => value - pointBefore[i]));
    this.#residuals.unshift(residual.map((value, i) => value - residualBefore[i]));
    this.#points.length = this.#residuals.length = Math.min(this.#depth, this.#points.length);
  }

  clear(): void {
    this.#points.length = 0;
    this.#residuals.length = 0;
  }

  /**
   * The next point: x + β f, corrected by the combination of past differences that makes the residual least, found by
   * Gram–Schmidt from the newest difference on; differences that are not independent are left out.
   *
   * @source anderson1965; walker2011anderson, section 2
   */
  next(point: Float64Array, residual: Float64Array, mixing: number): Float64Array {
    const rest = residual.slice();
    const shift = new Float64Array(point.length);
    const basis: { direction: Float64Array; shift: Float64Array }[] = [];
    for (let k = 0; k < this.#residuals.length; k++) {
      const direction = this.#residuals[k].slice();
      const along = this.#points[k].slice();
      const length = Math.sqrt(dot(direction, direction));
      for (const known of basis) {
        const part = dot(known.direction, direction);
        addScaled(direction, -part, known.direction);
        addScaled(along, -part, known.shift);
      }
      const independent = Math.sqrt(dot(direction, direction));
      if (!(independent > INDEPENDENCE * length)) continue;
      for (let i = 0; i < direction.length; i++) {
        direction[i] /= independent;
        along[i] /= independent;
      }
      basis.push({ direction, shift: along });
      const part = dot(direction, rest);
      addScaled(rest, -part, direction);
      addScaled(shift, -part, along);
    }
    return point.map((value, i) => value + shift[i] + mixing * rest[i]);
  }
}
