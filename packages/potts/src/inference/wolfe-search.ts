/** A point on the line of a search. */
export interface LinePoint {
  readonly step: number;
  readonly value: number;
  readonly slope: number;
}

/** What a search asks for next: accept the last trial, evaluate another step, or give up. */
export type SearchMove =
  | { readonly kind: 'accept' }
  | { readonly kind: 'try'; readonly step: number }
  | { readonly kind: 'fail' };

/** Sufficient decrease and curvature of the Wolfe conditions. */
const DECREASE = 1e-4;
const CURVATURE = 0.9;
/** Longest stretch of a step that was too short, and how close to a bracket's ends a trial may come. */
const LONGEST_STRETCH = 5;
const MARGIN = 0.1;
const MOST_TRIALS = 16;

/**
 * A line search for a smooth function whose values are known to a relative noise only. It brackets by slopes, which
 * float32 sums give to far better accuracy than small differences of a large value, and takes the strong Wolfe
 * conditions in their approximate form as soon as the values differ by less than the noise.
 * @source hager2005cgdescent, eq. (2.5)–(2.7)
 */
export class WolfeSearch {
  private readonly start: LinePoint;
  private readonly noise: number;
  private low: LinePoint;
  private high: LinePoint | undefined;
  private trials = 0;

  /** @param noise relative uncertainty of values. */
  constructor(value: number, slope: number, noise: number) {
    this.start = { step: 0, value, slope };
    this.low = this.start;
    this.noise = noise * Math.abs(value);
  }

  /** Judges a trial. */
  next(trial: LinePoint): SearchMove {
    if (this.accepts(trial)) return { kind: 'accept' };
    if (++this.trials >= MOST_TRIALS) return { kind: 'fail' };
    const usable = Number.isFinite(trial.value) && Number.isFinite(trial.slope);
    if (usable && this.decreases(trial) && trial.slope < 0) this.low = trial;
    else this.high = trial;
    return { kind: 'try', step: this.high ? this.inside(this.low, this.high) : this.stretched(this.low) };
  }

  private decreases({ step, value, slope }: LinePoint): boolean {
    const exact = value <= this.start.value + DECREASE * step * this.start.slope;
    const approximate =
      value <= this.start.value + this.noise && slope <= (2 * DECREASE - 1) * this.start.slope;
    return exact || approximate;
  }

  private accepts(trial: LinePoint): boolean {
    return this.decreases(trial) && Math.abs(trial.slope) <= CURVATURE * Math.abs(this.start.slope);
  }

  /** The zero of the slope on the line through the start and the trial, no further than the longest stretch. */
  private stretched({ step, slope }: LinePoint): number {
    const rise = (slope - this.start.slope) / step;
    const secant = rise > 0 ? -this.start.slope / rise : Infinity;
    return Math.min(LONGEST_STRETCH * step, Math.max(1.5 * step, secant));
  }

  private inside(low: LinePoint, high: LinePoint): number {
    const width = high.step - low.step;
    const fraction = -low.slope / (high.slope - low.slope);
    const usable = Number.isFinite(high.value) && high.slope > 0 && Number.isFinite(fraction);
    const share = usable ? fraction : 0.3;
    return low.step + width * Math.min(1 - MARGIN, Math.max(MARGIN, share));
  }
}
