import type { PlainData, Tick } from '@spinformer/numerics';
import { type SaddlePoint, solveSaddlePoint } from '@spinformer/replica-theory';
import { replicaCurveOptions } from '../commands/replica-curve.ts';
import { UsageError } from '../errors/usage-error.ts';
import { type CurvePoint, replicaFigures } from '../figures/replica-figures.ts';
import { renderSection } from '../report/render-section.ts';
import { executeRun } from '../run/execute-run.ts';
import { runConfig } from '../run/run-config.ts';
import type { RunDirectory } from '../run/run-directory.ts';
import type { Conclusion } from '../run/run-plan.ts';
import { type CommandContext, optionsOf } from '../spec/command-context.ts';
import { textTable } from '../terminal/text-table.ts';
import { inOptions, type ReplicaFamily, replicaFamily } from './replica-problem.ts';
import { numbersOf } from './replica-solve.ts';

/** Where a curve stands: the points so far, and the order parameters from which the next load begins. */
interface CurveState {
  readonly [key: string]: PlainData;
  readonly points: readonly CurvePoint[];
  readonly start: Float64Array;
}

type CurveTick = Tick<CurveState>;

/** `replica curve`. */
export async function runReplicaCurve(context: CommandContext): Promise<number> {
  const { alphas, lambdas, iterations, ...problem } = optionsOf(context, replicaCurveOptions);
  const loads = numberList('alphas', alphas, 'at least 0', (value) => value >= 0);
  const ridges = numberList('lambdas', lambdas, 'above 0', (value) => value > 0);
  const family = replicaFamily({ ...problem, iterations });
  const count = loads.length * ridges.length;
  return executeRun<CurveState, CurveTick>(context, {
    config: runConfig(context, { paths: ['colourMatrix'] }),
    citations: family.at(loads[0], ridges[0]).citations,
    outline: [family.title, `${loads.length} loads × ${ridges.length} ridges`],
    ticks: ({ resume }) => solveAll(family, { loads, ridges, iterations }, resume),
    describe: ({ step, metrics }) => ({
      phase: 'solving saddle points',
      fraction: step / count,
      detail: `load ${metrics.load} · ridge ${metrics.ridge}`,
    }),
    conclude: (last, run) => conclude(family, last.state.points, run),
  });
}

/**
 * The numbers of a list option, ascending, each once.
 * @throws {UsageError} naming the entry that is none or out of range
 */
function numberList(
  name: string,
  text: string,
  range: string,
  isAllowed: (value: number) => boolean,
): number[] {
  const entries = text.split(',').map((entry) => entry.trim());
  const values = entries.map((entry) => (entry === '' ? Number.NaN : Number(entry)));
  const wrong = values.findIndex((value) => !(Number.isFinite(value) && isAllowed(value)));
  if (wrong >= 0)
    throw new UsageError(
      `--${name} must list numbers ${range} with commas between, got "${entries[wrong]}".`,
    );
  return [...new Set(values)].sort((a, b) => a - b);
}

/** Loads and ridges of the curves. */
interface Grid {
  readonly loads: readonly number[];
  readonly ridges: readonly number[];
  readonly iterations: number;
}

/** A tick per point, ridge by ridge; each load begins where the one before ended. */
async function* solveAll(
  family: ReplicaFamily,
  { loads, ridges, iterations }: Grid,
  resume: CurveState | undefined,
): AsyncGenerator<CurveTick> {
  const count = loads.length * ridges.length;
  let state = resume ?? { points: [], start: new Float64Array(0) };
  for (let index = state.points.length; index < count; index++) {
    const load = loads[index % loads.length];
    const ridge = ridges[Math.floor(index / loads.length)];
    const isContinued = index % loads.length > 0 && state.start.length > 0;
    const solution = solveSaddlePoint(family.at(load, ridge), {
      maximumIterations: iterations,
      ...(isContinued && { start: state.start }),
    });
    state = extend(state, solution, ridge);
    const { status, remedy } = verdict(state.points, index + 1 === count);
    const { generalizationLoss } = solution.observables;
    yield {
      ...{ step: index + 1, state, status, metrics: { load, ridge, generalizationLoss } },
      ...(remedy !== undefined && { remedy }),
    };
  }
}

function extend({ points, start }: CurveState, solution: SaddlePoint, ridge: number): CurveState {
  const { load, status, remedy = '', point } = solution;
  return {
    points: [...points, { load, ridge, ...numbersOf(solution), status, remedy: inOptions(remedy) }],
    start: status === 'converged' ? point : start,
  };
}

/** A curve has converged when all of its points have. */
function verdict(points: readonly CurvePoint[], isLast: boolean): Pick<CurveTick, 'status' | 'remedy'> {
  if (!isLast) return { status: 'running' };
  const unsolved = points.filter(({ status }) => status !== 'converged');
  if (unsolved.length === 0) return { status: 'converged' };
  const { load, ridge, remedy } = unsolved[0];
  return {
    status: 'step-limit',
    remedy: `${unsolved.length} of ${points.length} points were not solved, the first at load ${load} and ridge ${ridge}. ${remedy}`,
  };
}

async function conclude(
  family: ReplicaFamily,
  points: readonly CurvePoint[],
  run: RunDirectory,
): Promise<Conclusion> {
  const { bayesLoss, title } = family;
  const unsolved = points.filter(({ status }) => status !== 'converged').length;
  const best = points.reduce((least, point) =>
    point.generalizationLoss < least.generalizationLoss ? point : least,
  );
  const text =
    `The least generalisation loss is ${best.generalizationLoss.toFixed(4)} nats, at load ${best.load} and ridge ` +
    `${best.ridge}; the teacher itself has ${bayesLoss.toFixed(4)}.`;
  const section = await renderSection(run, {
    ...{ id: 'curve', title: `Learning curves: ${title}`, numbers: [] },
    findings: [
      { text, values: { load: best.load, ridge: best.ridge, loss: best.generalizationLoss, bayesLoss } },
    ],
    figures: replicaFigures(points, bayesLoss, title),
  });
  return {
    result: { points, bayesLoss, unsolved },
    report: {
      ...{ title: 'Learning curves by the replica method', headline: text, introduction: [] },
      sections: [section],
    },
    table: textTable(
      ['load', 'ridge', 'training', 'generalisation', 'reconstruction', 'status'],
      points.map((point) => [
        ...[point.load, point.ridge, round(point.trainingLoss), round(point.generalizationLoss)],
        ...[round(point.reconstructionError), point.status],
      ]),
    ),
    next: ['run replica-curve'],
  };
}

function round(value: number): number {
  return Number(value.toPrecision(6));
}
