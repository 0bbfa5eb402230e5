import type { Status } from '../contracts.ts';
import { DomainError, ShapeError } from '../errors.ts';
import { AndersonHistory } from './anderson.ts';

/** A map of vectors, such as one update of saddle-point equations. It must not write to its argument. */
export type VectorMap = (point: Float64Array) => ArrayLike<number>;

/** Settings of {@link fixedPoint}; all have defaults. */
export interface FixedPointOptions {
  /** Fraction of the old point that is kept in each step, in [0, 1), default 0: x′ = damping·x + (1 − damping)·map(x). */
  readonly damping?: number;
  /** Converged when max |map(x) − x| ≤ tolerance · max(1, max |x|); default 1e-10, > 0. */
  readonly tolerance?: number;
  /** Default 10,000. */
  readonly maxIterations?: number;
  /** Past steps that Anderson acceleration combines, 0…50; default 0 (plain damped iteration). */
  readonly anderson?: number;
}

/** Where the iteration ended. */
export interface FixedPointResult {
  /** [dimensions], a new array. */
  readonly point: Float64Array;
  /** max |map(x) − x| at the point. */
  readonly residual: number;
  /** Evaluations of the map. */
  readonly iterations: number;
  /** `converged`, `step-limit` or `diverged`. */
  readonly status: Status;
  /** What the status means and what to change. */
  readonly remedy?: string;
}

/** An accelerated step that makes the residual this many times larger starts the history anew. */
const RESTART_GROWTH = 10;

function checkOptions(options: FixedPointOptions): Required<FixedPointOptions> {
  const { damping = 0, tolerance = 1e-10, maxIterations = 10_000, anderson = 0 } = options;
  const check = (name: string, value: number, isValid: boolean, range: string) => {
    if (!isValid) throw new DomainError(`fixedPoint: ${name} must be ${range}, got ${value}.`);
  };
  check('damping', damping, damping >= 0 && damping < 1, 'in [0, 1)');
  check('tolerance', tolerance, tolerance > 0, 'a number > 0');
  check(
    'maxIterations',
    maxIterations,
    Number.isInteger(maxIterations) && maxIterations > 0,
    'an integer ≥ 1',
  );
  check(
    'anderson',
    anderson,
    Number.isInteger(anderson) && anderson >= 0 && anderson <= 50,
    'an integer in 0…50',
  );
  return { damping, tolerance, maxIterations, anderson };
}

function checkStart(start: ArrayLike<number>): Float64Array {
  if (!(start?.length > 0)) throw new ShapeError('fixedPoint: start must have at least one entry, got none.');
  const point = Float64Array.from(start);
  const bad = point.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0)
    throw new DomainError(`fixedPoint: start[${bad}] is ${point[bad]}. Start from finite values.`);
  return point;
}

function residualOf(map: VectorMap, point: Float64Array): Float64Array {
  const image = map(point);
  if (image.length !== point.length) {
    throw new ShapeError(`fixedPoint: map must return ${point.length} entries, got ${image.length}.`);
  }
  return point.map((value, i) => image[i] - value);
}

function largest(vector: Float64Array): number {
  let top = 0;
  for (const value of vector) top = Number.isNaN(value) ? Number.NaN : Math.max(top, Math.abs(value));
  return top;
}

/**
 * Solves x = map(x) by damped iteration, if wanted with Anderson acceleration. Not converging is a status with a
 * remedy, never a throw.
 *
 * @param map - see {@link VectorMap}.
 * @param start - [dimensions], finite; copied.
 * @throws {ShapeError} when start is empty or the map changes the number of entries.
 * @throws {DomainError} when start is not finite or an option is out of its range.
 * @source anderson1965
 * @example
 * ```ts
 * fixedPoint(([x]) => [Math.cos(x)], [1], { anderson: 3 }).point[0]; // 0.7390851332151607
 * ```
 */
export function fixedPoint(
  map: VectorMap,
  start: ArrayLike<number>,
  options: FixedPointOptions = {},
): FixedPointResult {
  const { damping, tolerance, maxIterations, anderson } = checkOptions(options);
  const history = new AndersonHistory(anderson);
  let point = checkStart(start);
  let offset = residualOf(map, point);
  let residual = largest(offset);
  for (let iterations = 1; ; iterations++) {
    const end = (status: Status, remedy?: string): FixedPointResult => ({
      point,
      residual,
      iterations,
      status,
      ...(remedy === undefined ? {} : { remedy }),
    });
    if (!Number.isFinite(residual)) {
      return end(
        'diverged',
        `The map gives ${residual} after ${iterations} evaluations. Raise damping, or start nearer.`,
      );
    }
    if (residual <= tolerance * Math.max(1, largest(point))) return end('converged');
    if (iterations >= maxIterations) {
      return end(
        'step-limit',
        `Stopped after maxIterations = ${maxIterations}. Raise it, set anderson, or change damping.`,
      );
    }
    const next = history.next(point, offset, 1 - damping);
    const offsetNext = residualOf(map, next);
    const residualNext = largest(offsetNext);
    if (residualNext > RESTART_GROWTH * residual) history.clear();
    else history.push(point, offset, next, offsetNext);
    point = next;
    offset = offsetNext;
    residual = residualNext;
  }
}
