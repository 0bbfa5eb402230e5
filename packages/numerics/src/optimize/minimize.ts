import type { Status } from '../contracts.ts';
import { DomainError } from '../errors.ts';
import { LbfgsProgram, type LbfgsTick } from './lbfgs.ts';
import { type LbfgsOptions, resolveLbfgsOptions } from './lbfgs-options.ts';
import { checkedStart, checkState, type LbfgsState } from './lbfgs-state.ts';

/**
 * An objective: returns its value at `point` and writes all of its gradient there into `gradient`. Both arrays belong
 * to the minimiser: do not keep them, do not write to `point`. NaN or +Infinity means "not defined here".
 */
export type ValueAndGradient = (point: Float64Array, gradient: Float64Array) => number;

/** An objective whose value may take time. */
export type AsyncValueAndGradient = (point: Float64Array, gradient: Float64Array) => number | Promise<number>;

/** What the minimiser found, and how it ended. */
export interface MinimizeResult {
  /** The best point, [parameters]. */
  readonly point: Float64Array;
  readonly value: number;
  /** The gradient there, [parameters]. */
  readonly gradient: Float64Array;
  readonly iterations: number;
  readonly evaluations: number;
  /** `converged`, `step-limit`, `diverged` or `aborted`. */
  readonly status: Status;
  /** What the status means and what to change. */
  readonly remedy?: string;
  /** Pass it as `resume` to go on, bit for bit as if never stopped. */
  readonly state: LbfgsState;
}

/** Where to go on, and how to stop. */
export interface MinimizeOptions extends LbfgsOptions {
  /** The state of a tick or a result; `start` then only says how many parameters there are. */
  readonly resume?: LbfgsState;
  /** Aborting it ends the run with status `aborted` after the evaluation under way. */
  readonly signal?: AbortSignal;
}

function prepare(start: ArrayLike<number>, options: MinimizeOptions, caller: string) {
  const point = checkedStart(start, caller);
  if (options.resume !== undefined) checkState(options.resume, point.length, caller);
  const program = new LbfgsProgram(resolveLbfgsOptions(settings(options), caller), options.signal);
  return program.run(options.resume ?? point);
}

function settings({ resume, signal, ...options }: MinimizeOptions): LbfgsOptions {
  return options;
}

/**
 * Minimises a smooth function by L-BFGS with a strong Wolfe line search. Not converging is a status with a remedy,
 * never a throw.
 *
 * Statuses: `converged` (gradientTolerance or valueTolerance is met, or the objective's own rounding is reached, which
 * the remedy then says), `step-limit`, `diverged` (not finite at the start, falls to −∞, or the gradient does not
 * belong to the value), `aborted`.
 *
 * @param objective - see {@link ValueAndGradient}.
 * @param start - [parameters], finite; copied.
 * @returns new arrays, not written to afterwards.
 * @throws {ShapeError} when start is empty.
 * @throws {DomainError} when start is not finite, an option is out of its range, or the objective returns a promise.
 * @throws {DataError} when `resume` is not a state for this problem.
 * @source liu1989lbfgs; more1994linesearch; nocedal2006, chapters 3 and 7
 * @complexity 7·history + 20 multiplications per parameter and iteration, beside the evaluations.
 * @example
 * ```ts
 * const result = minimize((x, gradient) => {
 *   gradient[0] = 2 * (x[0] - 3);
 *   return (x[0] - 3) ** 2;
 * }, [0]);
 * result.point[0]; // 3
 * ```
 */
export function minimize(
  objective: ValueAndGradient,
  start: ArrayLike<number>,
  options: MinimizeOptions = {},
): MinimizeResult {
  const program = prepare(start, options, 'minimize');
  let last: LbfgsTick | undefined;
  for (let next = program.next(); !next.done; ) {
    if ('status' in next.value) {
      last = next.value;
      next = program.next();
      continue;
    }
    const value: unknown = objective(next.value.point, next.value.gradient);
    if (value instanceof Promise) {
      throw new DomainError(
        'minimize: objective returned a promise. Use minimizeTicks for objectives that take time.',
      );
    }
    next = program.next(value as number);
  }
  return resultOf(last!);
}

/**
 * The same minimiser as ticks, one per accepted iterate (the start included), for objectives that may take time: the
 * same evaluations and the same bits as {@link minimize}. The last tick carries the final status; if a line search
 * ends the run, it repeats the step of the tick before.
 *
 * @param objective - may return a promise.
 * @param start - [parameters], finite; copied.
 * @param options - `resume` takes the state of any earlier tick and goes on with the next iteration.
 * @throws the errors of {@link minimize}, when the first tick is asked for.
 * @source liu1989lbfgs; more1994linesearch; nocedal2006, chapters 3 and 7
 */
export async function* minimizeTicks(
  objective: AsyncValueAndGradient,
  start: ArrayLike<number>,
  options: MinimizeOptions = {},
): AsyncGenerator<LbfgsTick, void, void> {
  const program = prepare(start, options, 'minimizeTicks');
  for (let next = program.next(); !next.done; ) {
    if ('status' in next.value) {
      yield next.value;
      next = program.next();
    } else {
      next = program.next(await objective(next.value.point, next.value.gradient));
    }
  }
}

function resultOf({ state, status, remedy }: LbfgsTick): MinimizeResult {
  const { point, value, gradient, iteration, evaluations } = state;
  const result = { point, value, gradient, iterations: iteration, evaluations, status, state };
  return remedy === undefined ? result : { ...result, remedy };
}
