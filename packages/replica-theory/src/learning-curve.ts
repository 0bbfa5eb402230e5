import { ShapeError } from '@spinformer/numerics';
import type { ReplicaProblem } from './replica-problem.ts';
import { type SaddlePoint, type SaddlePointOptions, solveSaddlePoint } from './solve-saddle-point.ts';

/** One load of a learning curve: the solution of least free energy, and the others if there are any. */
export interface CurvePoint extends SaddlePoint {
  /** Other solutions, found by continuing from the other side; empty for convex losses. */
  readonly coexisting: readonly SaddlePoint[];
}

/** Solutions whose entries differ by less than this fraction are one; far above the tolerance of the iteration. */
const SAME = 1e-6;

function isSame(a: SaddlePoint, b: SaddlePoint): boolean {
  const top = a.point.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return a.point.every(
    (value, i) => Math.abs(value - b.point[i]) <= SAME * Math.max(Math.abs(value), 1e-3 * top),
  );
}

/** Solves the problems one after the other, each from the last good point. */
function sweep(
  problems: readonly ReplicaProblem[],
  options: SaddlePointOptions,
  first?: ArrayLike<number>,
): SaddlePoint[] {
  let start = first ?? options.start;
  return problems.map((problem) => {
    let found = solveSaddlePoint(problem, { ...options, ...(start ? { start } : {}) });
    if (found.status !== 'converged') found = solveSaddlePoint(problem, { ...options, start: undefined });
    if (found.status === 'converged') start = found.point;
    return found;
  });
}

function choose(up: SaddlePoint, down: SaddlePoint): CurvePoint {
  if (up.status !== 'converged') return { ...down, coexisting: [] };
  if (down.status !== 'converged' || isSame(up, down)) return { ...up, coexisting: [] };
  return up.freeEnergy <= down.freeEnergy ? { ...up, coexisting: [down] } : { ...down, coexisting: [up] };
}

/**
 * A learning curve: every load is solved from its neighbour, once upwards and once downwards, so that solutions that
 * coexist are seen.
 *
 * @param make - builds the problem at a load.
 * @param loads - [points], in the order in which to continue, usually ascending.
 * @returns [points], in the order of the loads; look at each point's status.
 * @throws {ShapeError} when there are no loads.
 * @example
 * ```ts
 * learningCurve((load) => isingProblem({ load, ridge: 1, teacherVariance: 1, scenario: 'tilted' }), [1, 2, 4, 8]);
 * ```
 */
export function learningCurve(
  make: (load: number) => ReplicaProblem,
  loads: ArrayLike<number>,
  options: SaddlePointOptions = {},
): CurvePoint[] {
  if (!(loads.length > 0)) throw new ShapeError('learningCurve: loads must have at least one entry.');
  const problems = Array.from(loads, (load) => make(load));
  const up = sweep(problems, options);
  const down = sweep([...problems].reverse(), options, up.at(-1)?.point).reverse();
  return up.map((point, i) => choose(point, down[i]));
}
