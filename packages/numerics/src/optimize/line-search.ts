import { type Bracket, type LinePoint, nextTrial } from './trial-step.ts';

/** What a line search has to satisfy and how long it may try. */
export interface LineSearchOptions {
  /** c₁ of the Wolfe conditions: the decrease must be at least this fraction of what the slope promises. */
  readonly sufficientDecrease: number;
  /** c₂: the slope must shrink to this fraction of its size at the start. */
  readonly curvature: number;
  readonly maxEvaluations: number;
  /** Relative rounding error of the objective: differences below it say nothing. */
  readonly valuePrecision: number;
}

/**
 * How a line search ended. `wolfe`: both conditions hold. `decrease`: only the decrease is sufficient, and no better
 * step can be told apart. `unbounded`: the objective went to −∞. `failed`: no step lowers the objective.
 */
export interface LineSearchResult {
  readonly outcome: 'wolfe' | 'decrease' | 'unbounded' | 'failed';
  readonly point: LinePoint;
}

const LARGEST_STEP = 1e20;
const SMALLEST_STEP = 1e-20;
/** The bracket is as narrow as float64 resolves steps. */
const STEP_PRECISION = 1e-15;
/** Half the distance from 1 to the next float64. */
const UNIT_ROUNDOFF = 2 ** -53;
/** How far beyond the last move the next trial may go while no minimum is bracketed. */
const EXTRAPOLATION = { least: 1.1, most: 4 };
/** A bracket that two trials did not shrink to this fraction is halved. */
const REQUIRED_SHRINKING = 0.66;
/** What is left of a step at whose end the objective is not a number. */
const RETREAT = 0.1;

/** The state of one More–Thuente search; small objects, one search at a time. */
class Search {
  readonly #start: LinePoint;
  readonly #options: LineSearchOptions;
  #bracket: Bracket;
  #isFirstStage = true;
  #width = LARGEST_STEP;
  #widthBefore = 2 * LARGEST_STEP;
  #lowest = 0;
  #highest: number;
  /** Below this step the objective is known to be a number. */
  #ceiling = LARGEST_STEP;

  constructor(start: LinePoint, firstStep: number, options: LineSearchOptions) {
    this.#start = start;
    this.#options = options;
    this.#bracket = { best: start, other: start, isClosed: false };
    this.#highest = firstStep * (1 + EXTRAPOLATION.most);
  }

  get best(): LinePoint {
    return this.#bracket.best;
  }

  hasDecreased({ step, value }: LinePoint): boolean {
    return value <= this.#start.value + this.#options.sufficientDecrease * step * this.#start.slope;
  }

  /** The strong Wolfe conditions, or flat to rounding with the second one (approximate Wolfe). */
  isDone(trial: LinePoint): boolean {
    const { slope, value } = this.#start;
    if (!(Math.abs(trial.slope) <= -this.#options.curvature * slope)) return false;
    return this.hasDecreased(trial) || trial.value <= value + this.#options.valuePrecision * Math.abs(value);
  }

  isExhausted(step: number): boolean {
    if (!(step > SMALLEST_STEP && step < LARGEST_STEP)) return true;
    if (!this.#bracket.isClosed) return false;
    const isBelowRounding = this.#highest * -this.#start.slope <= UNIT_ROUNDOFF * Math.abs(this.#start.value);
    const isNarrow = this.#highest - this.#lowest <= STEP_PRECISION * this.#highest;
    return isBelowRounding || isNarrow || step <= this.#lowest || step >= this.#highest;
  }

  /** Whether the best point so far is lower than the start, in a way that rounding does not explain. */
  hasLowered(): boolean {
    const { value } = this.#start;
    return (
      this.hasDecreased(this.best) && value - this.best.value > this.#options.valuePrecision * Math.abs(value)
    );
  }

  retreat(step: number): number {
    this.#ceiling = step;
    const near = this.best.step + RETREAT * (step - this.best.step);
    this.#highest = this.#bracket.isClosed ? Math.min(this.#highest, step) : step;
    return near;
  }

  advance(trial: LinePoint): number {
    if (this.#isFirstStage && this.hasDecreased(trial) && trial.slope >= 0) this.#isFirstStage = false;
    const isModified = this.#isFirstStage && trial.value <= this.best.value && !this.hasDecreased(trial);
    const tilt = isModified ? this.#options.sufficientDecrease * this.#start.slope : 0;
    const tilted = ({ step, value, slope }: LinePoint) => ({
      step,
      value: value - tilt * step,
      slope: slope - tilt,
    });
    const { best, other, isClosed } = this.#bracket;
    const before = { best: tilted(best), other: tilted(other), isClosed };
    const next = nextTrial(before, tilted(trial), this.#lowest, this.#highest);
    const untilted = (p: LinePoint) => (p === before.best ? best : p === before.other ? other : trial);
    this.#bracket = {
      best: untilted(next.bracket.best),
      other: untilted(next.bracket.other),
      isClosed: next.bracket.isClosed,
    };
    return this.#safeguarded(next.step);
  }

  #safeguarded(proposed: number): number {
    const { best, other, isClosed } = this.#bracket;
    let step = proposed;
    if (isClosed) {
      const width = Math.abs(other.step - best.step);
      if (width >= REQUIRED_SHRINKING * this.#widthBefore) step = best.step + (other.step - best.step) / 2;
      this.#widthBefore = this.#width;
      this.#width = width;
      this.#lowest = Math.min(best.step, other.step);
      this.#highest = Math.max(best.step, other.step);
    } else {
      const way = step - best.step;
      this.#lowest = step + EXTRAPOLATION.least * way;
      this.#highest = step + EXTRAPOLATION.most * way;
    }
    if (step >= this.#ceiling) step = best.step + (this.#ceiling - best.step) / 2;
    return Math.min(LARGEST_STEP, Math.max(SMALLEST_STEP, step));
  }
}

/**
 * The strong Wolfe line search of Moré and Thuente as a generator: it yields steps and is sent the point there, so
 * that one program serves objectives that answer at once and objectives that take time. A value that is not a number
 * makes it retreat. Near the optimum, where decreases drown in rounding, the slope alone decides.
 *
 * @param start - value and slope at step 0; the slope must be negative.
 * @param firstStep - the first trial.
 * @returns the outcome; its point is always the last that was yielded, unless the search failed.
 * @source more1994linesearch; hager2005linesearch, section 4 (flat to rounding)
 */
export function* strongWolfe(
  start: LinePoint,
  firstStep: number,
  options: LineSearchOptions,
): Generator<number, LineSearchResult, { value: number; slope: number }> {
  const search = new Search(start, firstStep, options);
  let step = firstStep;
  let last = start;
  for (let evaluation = 0; evaluation < options.maxEvaluations; evaluation++) {
    const { value, slope } = yield step;
    if (value === Number.NEGATIVE_INFINITY) return { outcome: 'unbounded', point: { step, value, slope } };
    if (!(Number.isFinite(value) && Number.isFinite(slope))) {
      step = search.retreat(step);
      if (step <= SMALLEST_STEP) break;
      continue;
    }
    last = { step, value, slope };
    if (search.isDone(last)) return { outcome: 'wolfe', point: last };
    const next = search.advance(last);
    if (search.isExhausted(next)) break;
    step = next;
  }
  const { best } = search;
  if (best.step === 0 || !search.hasLowered()) return { outcome: 'failed', point: best };
  if (last.step === best.step) return { outcome: 'decrease', point: best };
  return { outcome: 'decrease', point: { step: best.step, ...(yield best.step) } };
}
