import {
  DomainError,
  type FixedPointResult,
  fixedPoint,
  ShapeError,
  type Status,
} from '@spinformer/numerics';
import type { Chart, Observables, ReplicaProblem } from './replica-problem.ts';

/** Settings of {@link solveSaddlePoint}; all have defaults. */
export interface SaddlePointOptions {
  /** Converged when no entry changes by more than this fraction of itself in an update; default 1e-10. */
  readonly tolerance?: number;
  /** Fraction of the old point kept in each step, in [0, 1); default 0.5. */
  readonly damping?: number;
  /** Past steps combined by Anderson acceleration, 0…50; default 5, 0 is the plain damped iteration. */
  readonly anderson?: number;
  /** Updates in all; default 5000. */
  readonly maximumIterations?: number;
  /** Relative error of the averages above which the remedy asks for a finer quadrature; default 1e-2. */
  readonly quadratureTolerance?: number;
  /** [order parameters]; default `problem.initial()`. */
  readonly start?: ArrayLike<number>;
}

/** Where the iteration ended. Use the numbers only when `status` is `converged`. */
export interface SaddlePoint {
  readonly problem: string;
  readonly load: number;
  /** The point, [order parameters]; start the next problem of a curve from here. */
  readonly point: Float64Array;
  /** The same by name. */
  readonly orderParameters: Readonly<Record<string, number>>;
  readonly observables: Observables;
  /** Minimum of (summed loss + penalty) per site. */
  readonly freeEnergy: number;
  /** Largest relative change of an entry in one more update. */
  readonly residual: number;
  /** Updates used. */
  readonly iterations: number;
  /** `converged`, `step-limit` or `diverged`. */
  readonly status: Status;
  /** Relative error of the averages, by a finer quadrature; absent where the problem cannot tell. */
  readonly quadratureError?: number;
  /** What to change when the status is not `converged`. */
  readonly remedy?: string;
  /** Why converged numbers still need care. */
  readonly warning?: string;
}

/** Entries below this count as this large when relative changes are taken. */
const SMALLEST_SCALE = 1e-9;
const MOST_ROUNDS = 12;
const FIRST_ROUND = 100;
/** A residual below this that no longer falls from round to round is the rounding of the averages. */
const STALL_RESIDUAL = 1e-6;

/** The problem's chart, or its order parameters as they are. */
function chartOf(problem: ReplicaProblem): Chart {
  if (problem.chart !== undefined) return problem.chart;
  const same = (point: Float64Array) => point;
  return { encode: same, decode: same, scale: (point) => problem.scale?.(point) ?? point.map(Math.abs) };
}

function scaleAt(chart: Chart, coordinates: Float64Array): Float64Array {
  return chart.scale(coordinates).map((value) => Math.max(value, SMALLEST_SCALE));
}

/** The residual, which was measured in the scale of the start, as a fraction of the entries themselves. */
function relativeResidual(result: FixedPointResult, scale: Float64Array, fresh: Float64Array): number {
  return result.residual * scale.reduce((most, value, i) => Math.max(most, value / fresh[i]), 0);
}

interface Settings {
  readonly tolerance: number;
  readonly damping: number;
  readonly anderson: number;
  readonly maximumIterations: number;
  readonly quadratureTolerance: number;
}

/** One run of the fixed point, in steps from the start in units of order one; residuals become relative. */
function round(problem: ReplicaProblem, start: Float64Array, settings: Settings): FixedPointResult {
  const chart = chartOf(problem);
  const origin = chart.encode(start);
  const scale = scaleAt(chart, origin);
  const coordinates = (y: Float64Array) => y.map((value, i) => origin[i] + value * scale[i]);
  const expand = (y: Float64Array) => chart.decode(coordinates(y));
  const result = fixedPoint(
    (y) => chart.encode(problem.update(expand(y))).map((value, i) => (value - origin[i]) / scale[i]),
    new Float64Array(origin.length),
    {
      tolerance: settings.tolerance,
      damping: settings.damping,
      anderson: settings.anderson,
      maxIterations: settings.maximumIterations,
    },
  );
  const residual = relativeResidual(result, scale, scaleAt(chart, coordinates(result.point)));
  return { ...result, residual, point: expand(result.point) };
}

/** Rounds with fresh scales until the point converges in its own scale; plain steps when acceleration fails. */
function iterate(problem: ReplicaProblem, start: Float64Array, settings: Settings): FixedPointResult {
  let point = start;
  let used = 0;
  let { anderson } = settings;
  let best = Number.POSITIVE_INFINITY;
  for (let count = 0; ; count++) {
    const left = settings.maximumIterations - used;
    const isLast = count >= MOST_ROUNDS;
    const maximumIterations = isLast ? left : Math.min(left, FIRST_ROUND << count);
    const result = round(problem, point, { ...settings, anderson, maximumIterations });
    used += result.iterations;
    const { residual } = result;
    const done = { ...result, iterations: used };
    const isStalled = count > 1 && anderson === 0 && residual < STALL_RESIDUAL && residual > best / 2;
    if (used >= settings.maximumIterations || isLast || isStalled) return done;
    best = Math.min(best, residual);
    if (result.status === 'diverged') {
      if (anderson === 0) return done;
      anderson = 0;
      point = start;
      continue;
    }
    if (result.status === 'step-limit') anderson = count > 1 ? 0 : anderson;
    else if (residual <= settings.tolerance) return done;
    point = result.point;
  }
}

function remedyOf(
  result: FixedPointResult,
  settings: Settings,
  quadratureError?: number,
): string | undefined {
  if (result.status === 'step-limit') {
    return `Stopped after ${result.iterations} updates at residual ${result.residual.toExponential(1)} (tolerance ${settings.tolerance}). Raise maximumIterations, start from a neighbouring point, or take a larger ridge.`;
  }
  if (result.status !== 'converged') {
    return 'The iteration left the numbers. Raise damping, set anderson to 0, start from a neighbouring point, or take a larger ridge.';
  }
  if (quadratureError !== undefined && !(quadratureError <= settings.quadratureTolerance)) {
    return `The averages are known to ${quadratureError.toExponential(1)} only. Give the quadrature more nodes or samples.`;
  }
  return undefined;
}

function checkSettings(options: SaddlePointOptions): Settings {
  const {
    tolerance = 1e-10,
    damping = 0.5,
    anderson = 5,
    maximumIterations = 5000,
    quadratureTolerance = 1e-2,
  } = options;
  if (!(tolerance > 0)) throw new DomainError(`solveSaddlePoint: tolerance must be > 0, got ${tolerance}.`);
  if (!(damping >= 0 && damping < 1)) {
    throw new DomainError(`solveSaddlePoint: damping must be in [0, 1), got ${damping}.`);
  }
  if (!(Number.isInteger(maximumIterations) && maximumIterations >= 1)) {
    throw new DomainError(
      `solveSaddlePoint: maximumIterations must be an integer ≥ 1, got ${maximumIterations}.`,
    );
  }
  return { tolerance, damping, anderson, maximumIterations, quadratureTolerance };
}

/**
 * Solves a problem's saddle-point equations by damped, accelerated iteration. Not converging is a status with a remedy.
 *
 * @throws {DomainError} when an option is out of its range.
 * @throws {ShapeError} when `start` has the wrong length.
 * @source anderson1965
 * @example
 * ```ts
 * const { observables } = solveSaddlePoint(isingProblem({ load: 4, ridge: 1, teacherVariance: 1, scenario: 'tilted' }));
 * observables.generalizationLoss; // 0.4305…
 * ```
 */
export function solveSaddlePoint(problem: ReplicaProblem, options: SaddlePointOptions = {}): SaddlePoint {
  const settings = checkSettings(options);
  const start = Float64Array.from(options.start ?? problem.initial());
  if (start.length !== problem.orderParameters.length) {
    throw new ShapeError(
      `solveSaddlePoint: start must have ${problem.orderParameters.length} entries (${problem.orderParameters.join(', ')}), got ${start.length}.`,
    );
  }
  const result = iterate(problem, start, settings);
  const quadratureError = result.status === 'converged' ? problem.quadratureError?.(result.point) : undefined;
  const remedy = remedyOf(result, settings, quadratureError);
  const { warning } = problem;
  return {
    problem: problem.name,
    load: problem.load,
    point: result.point,
    orderParameters: Object.fromEntries(problem.orderParameters.map((name, i) => [name, result.point[i]])),
    observables: problem.observables(result.point),
    freeEnergy: problem.freeEnergy(result.point),
    residual: result.residual,
    iterations: result.iterations,
    status: result.status,
    ...(quadratureError === undefined ? {} : { quadratureError }),
    ...(remedy === undefined ? {} : { remedy }),
    ...(warning === undefined ? {} : { warning }),
  };
}
