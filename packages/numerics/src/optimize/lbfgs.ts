import type { Status, Tick } from '../contracts.ts';
import type { ResolvedLbfgsOptions } from './lbfgs-options.ts';
import type { LbfgsState } from './lbfgs-state.ts';
import { type LineSearchResult, strongWolfe } from './line-search.ts';
import { dot, type Iterate, PairMemory } from './pair-memory.ts';

/** What a tick of the minimiser shows. */
export type LbfgsMetrics = {
  /** The objective. */
  value: number;
  /** Euclidean norm of the gradient. */
  gradientNorm: number;
  /** Euclidean length of the last step. */
  stepLength: number;
  /** By how much the last iteration lowered the value. */
  decrease: number;
  /** Evaluations so far. */
  evaluations: number;
};

/** One tick of the minimiser: one accepted iterate. */
export type LbfgsTick = Tick<LbfgsState, LbfgsMetrics>;

/** What the program asks of its driver: the value at `point`, with the gradient written into `gradient`. */
export interface Evaluation {
  readonly point: Float64Array;
  readonly gradient: Float64Array;
}

interface Verdict {
  readonly status: Status;
  readonly remedy?: string;
}

/** Iterations without progress above rounding that are worth waiting for. */
const PATIENCE = 10;
/** A gradient norm must fall below this fraction of the least so far to count as progress. */
const GRADIENT_PROGRESS = 0.9;

const ROUNDING: Verdict = {
  status: 'converged',
  remedy:
    'The objective no longer resolves decreases: its rounding was reached before gradientTolerance. Sum it in higher precision for more digits, or loosen gradientTolerance.',
};
const ABORTED: Verdict = {
  status: 'aborted',
  remedy: 'Stopped on request. Pass this state as resume to go on.',
};
const UNBOUNDED: Verdict = {
  status: 'diverged',
  remedy: 'The objective falls to −∞ along a line, so it has no minimum. Add a penalty, or check its sign.',
};
const INCONSISTENT: Verdict = {
  status: 'diverged',
  remedy:
    'No step along the descent direction lowers the objective, so value and gradient do not belong together. Compare the gradient with finite differences; if the objective sums in float32, set valuePrecision to about 1e-7.',
};

/** L-BFGS over one problem: its state between iterations and the buffers that go with it. */
export class LbfgsProgram {
  readonly #options: ResolvedLbfgsOptions;
  readonly #signal: AbortSignal | undefined;
  readonly #memory: PairMemory;
  /** Overwritten by every iteration and never shown. */
  #direction = new Float64Array(0);

  constructor(options: ResolvedLbfgsOptions, signal?: AbortSignal) {
    this.#options = options;
    this.#signal = signal;
    this.#memory = new PairMemory(options.history, options.historyPrecision);
  }

  /**
   * Yields evaluations, to be answered with the value, and ticks. From a state it goes on with the next iteration and
   * does not repeat that state's tick, unless the state is already final.
   */
  *run(origin: Float64Array | LbfgsState): Generator<Evaluation | LbfgsTick, void, number> {
    let state: LbfgsState;
    let isKnown = false;
    if (origin instanceof Float64Array) {
      state = yield* this.#begin(origin);
    } else {
      state = origin;
      isKnown = true;
      this.#memory.restore(state.steps, state.differences, state.gradient);
    }
    for (;;) {
      const verdict = this.#judge(state);
      if (!isKnown || verdict.status !== 'running') yield tickOf(state, verdict);
      if (verdict.status !== 'running') return;
      isKnown = false;
      const next = yield* this.#iterate(state);
      if ('status' in next) {
        yield tickOf({ ...state, evaluations: next.evaluations }, next);
        return;
      }
      state = next;
    }
  }

  *#begin(point: Float64Array): Generator<Evaluation, LbfgsState, number> {
    const gradient = new Float64Array(point.length);
    const value = yield { point, gradient };
    const gradientNorm = norm(gradient);
    return {
      algorithm: 'lbfgs/1',
      iteration: 0,
      evaluations: 1,
      value,
      decrease: 0,
      stepLength: 0,
      gradientNorm,
      leastGradient: gradientNorm,
      stalled: 0,
      point,
      gradient,
      steps: [],
      differences: [],
    };
  }

  #judge(state: LbfgsState): Verdict {
    const { gradientTolerance, valueTolerance, maxIterations, maxEvaluations } = this.#options;
    const { gradientNorm } = state;
    if (!Number.isFinite(state.value) || !Number.isFinite(gradientNorm)) {
      const what = Number.isFinite(state.value)
        ? `gradient's norm is ${gradientNorm}`
        : `objective is ${state.value}`;
      return {
        status: 'diverged',
        remedy: `The ${what} at the start. Start where both are finite; check the data.`,
      };
    }
    if (gradientNorm <= gradientTolerance * Math.max(1, norm(state.point))) return { status: 'converged' };
    const hasMoved = state.iteration > 0 && valueTolerance > 0;
    if (hasMoved && state.decrease <= valueTolerance * Math.max(1, Math.abs(state.value)))
      return { status: 'converged' };
    if (state.stalled >= PATIENCE) return ROUNDING;
    if (state.iteration >= maxIterations) {
      return {
        status: 'step-limit',
        remedy: `Stopped after maxIterations = ${maxIterations}. Raise it and resume.`,
      };
    }
    if (state.evaluations >= maxEvaluations) {
      return {
        status: 'step-limit',
        remedy: `Stopped after maxEvaluations = ${maxEvaluations}. Raise it and resume.`,
      };
    }
    return this.#signal?.aborted ? ABORTED : { status: 'running' };
  }

  /** One iteration: direction, line search, and a second try along −gradient when the history misleads. */
  *#iterate(
    state: LbfgsState,
  ): Generator<Evaluation, LbfgsState | (Verdict & { evaluations: number }), number> {
    let { evaluations } = state;
    let promised: number | undefined;
    if (this.#direction.length === 0) this.#direction = new Float64Array(state.point.length);
    const direction = this.#direction;
    const trial: Iterate = {
      point: new Float64Array(direction.length),
      gradient: new Float64Array(direction.length),
    };
    for (;;) {
      const { slope, firstStep } = this.#aim(state, direction);
      promised ??= (firstStep * -slope) / 2;
      const result = yield* this.#search(state, direction, slope, firstStep, trial);
      evaluations += result.evaluations;
      if (result.outcome === 'aborted') return { ...ABORTED, evaluations };
      if (result.outcome === 'unbounded') return { ...UNBOUNDED, evaluations };
      if (result.outcome !== 'failed') {
        const { value, step } = result.point;
        return this.#accept(state, trial, value, step * norm(direction), evaluations);
      }
      if (this.#memory.size === 0) {
        const isRounding =
          promised <= PATIENCE * this.#options.valuePrecision * Math.max(1, Math.abs(state.value));
        return { ...(isRounding ? ROUNDING : INCONSISTENT), evaluations };
      }
      this.#memory.clear();
    }
  }

  /** Writes the direction and says how steep it is and how far to go first. */
  #aim(state: LbfgsState, direction: Float64Array): { slope: number; firstStep: number } {
    this.#memory.direction(state.gradient, direction);
    let slope = dot(state.gradient, direction);
    if (!(slope < 0)) {
      this.#memory.clear();
      this.#memory.direction(state.gradient, direction);
      slope = dot(state.gradient, direction);
    }
    if (this.#memory.size > 0) return { slope, firstStep: 1 };
    const { gradientNorm } = state;
    const { firstStepLength } = this.#options;
    return {
      slope,
      firstStep: Number.isNaN(firstStepLength)
        ? Math.min(1, 1 / gradientNorm)
        : firstStepLength / gradientNorm,
    };
  }

  *#search(
    state: LbfgsState,
    direction: Float64Array,
    slope: number,
    firstStep: number,
    trial: Iterate,
  ): Generator<
    Evaluation,
    {
      outcome: LineSearchResult['outcome'] | 'aborted';
      point: LineSearchResult['point'];
      evaluations: number;
    },
    number
  > {
    const start = { step: 0, value: state.value, slope };
    const line = strongWolfe(start, firstStep, {
      ...this.#options,
      maxEvaluations: this.#options.maxLineEvaluations,
    });
    let evaluations = 0;
    let next = line.next();
    while (!next.done) {
      const step = next.value;
      for (let i = 0; i < direction.length; i++) trial.point[i] = state.point[i] + step * direction[i];
      const value = yield trial;
      evaluations++;
      if (this.#signal?.aborted) return { outcome: 'aborted', point: start, evaluations };
      next = line.next({ value, slope: dot(trial.gradient, direction) });
    }
    return { ...next.value, evaluations };
  }

  #accept(
    before: LbfgsState,
    after: Iterate,
    value: number,
    stepLength: number,
    evaluations: number,
  ): LbfgsState {
    this.#memory.advance(before, after);
    const decrease = before.value - value;
    const gradientNorm = norm(after.gradient);
    const hasProgressed =
      decrease > this.#options.valuePrecision * Math.abs(value) ||
      gradientNorm < GRADIENT_PROGRESS * before.leastGradient;
    return {
      algorithm: 'lbfgs/1',
      iteration: before.iteration + 1,
      evaluations,
      value,
      decrease,
      stepLength,
      gradientNorm,
      leastGradient: Math.min(gradientNorm, before.leastGradient),
      stalled: hasProgressed ? 0 : before.stalled + 1,
      point: after.point,
      gradient: after.gradient,
      steps: this.#memory.steps,
      differences: this.#memory.differences,
    };
  }
}

function norm(vector: Float64Array): number {
  return Math.sqrt(dot(vector, vector));
}

function tickOf(state: LbfgsState, { status, remedy }: Verdict): LbfgsTick {
  const { value, gradientNorm, stepLength, decrease, evaluations } = state;
  const metrics = { value, gradientNorm, stepLength, decrease, evaluations };
  return { step: state.iteration, metrics, state, status, ...(remedy === undefined ? {} : { remedy }) };
}
