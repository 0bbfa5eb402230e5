import { ConvergenceError } from '@spinformer/numerics';
import { checkPositive } from './check.ts';
import { minimizeScalar } from './quadrature/minimize-scalar.ts';
import type { ReplicaProblem } from './replica-problem.ts';
import { type SaddlePoint, type SaddlePointOptions, solveSaddlePoint } from './solve-saddle-point.ts';

/** Settings of {@link optimalRidge}; all have defaults. */
export interface OptimalRidgeOptions extends SaddlePointOptions {
  /** Range of ridges, default [1e-4, 1e3]. */
  readonly range?: readonly [number, number];
  /** What is to be least; default `generalizationLoss`. */
  readonly observable?: 'generalizationLoss' | 'reconstructionError';
}

/** The best ridge and the solution there. */
export interface OptimalRidge {
  readonly ridge: number;
  readonly solution: SaddlePoint;
  /** Whether the best ridge is at an end of the range: widen it. */
  readonly isAtEnd: boolean;
}

/** In log ridge; the observable is flat at its minimum, so that more digits mean nothing. */
const TOLERANCE = 1e-5;

/**
 * The ridge with the least generalisation loss, by golden-section search in its logarithm.
 *
 * @param make - builds the problem at a ridge.
 * @throws {DomainError} when the range is not two positive numbers.
 * @throws {ConvergenceError} when a saddle point on the way does not converge.
 * @example
 * ```ts
 * optimalRidge((ridge) => isingProblem({ load: 4, ridge, teacherVariance: 1, scenario: 'tilted' })).ridge; // 1.0…
 * ```
 */
export function optimalRidge(
  make: (ridge: number) => ReplicaProblem,
  options: OptimalRidgeOptions = {},
): OptimalRidge {
  const { range = [1e-4, 1e3], observable = 'generalizationLoss', ...solver } = options;
  checkPositive('optimalRidge', 'range[0]', range[0]);
  checkPositive('optimalRidge', 'range[1] − range[0]', range[1] - range[0]);
  let start: ArrayLike<number> | undefined = options.start;
  const solve = (logRidge: number): SaddlePoint => {
    const solution = solveSaddlePoint(make(Math.exp(logRidge)), { ...solver, start });
    if (solution.status !== 'converged') {
      throw new ConvergenceError(`optimalRidge: at ridge ${Math.exp(logRidge)}: ${solution.remedy}`);
    }
    start = solution.point;
    return solution;
  };
  const [low, high] = [Math.log(range[0]), Math.log(range[1])];
  const { at } = minimizeScalar((x) => solve(x).observables[observable], low, high, TOLERANCE);
  const isAtEnd = at - low < 10 * TOLERANCE || high - at < 10 * TOLERANCE;
  return { ridge: Math.exp(at), solution: solve(at), isAtEnd };
}
