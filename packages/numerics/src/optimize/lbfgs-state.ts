import { DataError, DomainError, ShapeError } from '../errors.ts';

/**
 * All that L-BFGS needs to go on, as plain data. The arrays of a tick's state are never written to afterwards, so
 * they may be kept without a copy; treat them as read-only too.
 */
export type LbfgsState = {
  readonly algorithm: 'lbfgs/1';
  readonly iteration: number;
  readonly evaluations: number;
  readonly value: number;
  /** By how much the last iteration lowered the value; 0 before the first. */
  readonly decrease: number;
  /** Euclidean length of the last step; 0 before the first. */
  readonly stepLength: number;
  /** Euclidean norm of the gradient. */
  readonly gradientNorm: number;
  /** The least gradient norm so far. */
  readonly leastGradient: number;
  /** Iterations in a row without progress above rounding. */
  readonly stalled: number;
  readonly point: Float64Array;
  readonly gradient: Float64Array;
  /** Steps x′ − x of the remembered pairs, oldest first. */
  readonly steps: readonly (Float64Array | Float32Array)[];
  /** Differences of gradients of the remembered pairs, oldest first. */
  readonly differences: readonly (Float64Array | Float32Array)[];
};

/** The start as a vector of our own. @throws {ShapeError | DomainError} when it is empty or not finite. */
export function checkedStart(start: ArrayLike<number>, caller: string): Float64Array {
  if (!(start?.length > 0))
    throw new ShapeError(`${caller}: start must have at least one parameter, got none.`);
  const point = Float64Array.from(start);
  const bad = point.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) {
    throw new DomainError(`${caller}: start[${bad}] is ${point[bad]}. Start from finite parameters.`);
  }
  return point;
}

/** @throws {DataError} when the state is not one that this minimiser wrote for that many parameters. */
export function checkState(state: LbfgsState, parameters: number, caller: string): void {
  if (state?.algorithm !== 'lbfgs/1') {
    throw new DataError(
      `${caller}: resume must be the state of a tick of lbfgs/1, got ${state?.algorithm ?? typeof state}. Pass tick.state.`,
    );
  }
  if (state.point?.length !== parameters || state.gradient?.length !== parameters) {
    throw new DataError(
      `${caller}: resume has ${state.point?.length} parameters, start has ${parameters}. It belongs to another problem.`,
    );
  }
  const vectors = [...state.steps, ...state.differences];
  if (state.steps.length !== state.differences.length || vectors.some((v) => v.length !== parameters)) {
    throw new DataError(`${caller}: the history in resume is damaged. Take an earlier state.`);
  }
}
