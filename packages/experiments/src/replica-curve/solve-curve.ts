import type { PlainData } from '@spinformer/numerics';
import { type SaddlePoint, solveSaddlePoint } from '@spinformer/replica-theory';
import type { PhaseTick } from '../shared/phases.ts';
import type { Covariance, ReplicaCurveConfig } from './replica-curve-config.ts';
import { OBSERVABLES, type TheoryCurve } from './replica-curve-result.ts';
import { scenarioProblem } from './scenario-problem.ts';

/** Where a line of the theory stands. */
interface CurveState {
  readonly [key: string]: PlainData;
  /** [points so far, 3]. */
  readonly values: Float64Array;
  readonly remarks: readonly string[];
  /** The last point that converged, where the next begins; empty before one has. */
  readonly start: Float64Array;
}

/**
 * Solves the saddle-point equations load by load, each from its neighbour.
 *
 * @param config colours, strength and scenario
 * @param covariance of the neighbours
 * @param ridge λ as in the configuration
 * @param loads ascending
 * @param resume where to go on
 * @returns a tick per load; then the line
 */
export async function* solveCurve(
  config: ReplicaCurveConfig,
  covariance: Covariance,
  ridge: number,
  loads: Float64Array,
  resume: PlainData | undefined,
): AsyncGenerator<PhaseTick, TheoryCurve> {
  let state = (resume as CurveState | undefined) ?? {
    values: new Float64Array(0),
    remarks: [],
    start: NOTHING,
  };
  for (let index = state.values.length / OBSERVABLES.length; index < loads.length; index++) {
    const problem = scenarioProblem(config, covariance, ridge, loads[index]);
    const solution = solveSaddlePoint(problem, state.start.length > 0 ? { start: state.start } : {});
    state = extend(state, solution, ridge);
    const { generalizationLoss } = solution.observables;
    yield {
      fraction: (index + 1) / loads.length,
      state,
      metrics: { load: loads[index], ridge, generalizationLoss },
    };
  }
  const { values, remarks } = state;
  return { covariance, ridge, loads, values, remarks };
}

const NOTHING = new Float64Array(0);

function extend({ values, remarks, start }: CurveState, solution: SaddlePoint, ridge: number): CurveState {
  const { observables, status, remedy, load, point } = solution;
  const found = OBSERVABLES.map((name) => observables[name]);
  const good = status === 'converged';
  const remark = `Theory at load ${load} and ridge ${ridge} ended as ${status}. ${remedy ?? ''}`;
  return {
    values: Float64Array.of(...values, ...found),
    remarks: good ? remarks : [...remarks, remark],
    start: good ? point : start,
  };
}
