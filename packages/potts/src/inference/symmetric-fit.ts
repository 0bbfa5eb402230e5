import { DataError, letEventsThrough, type Status } from '@spinformer/numerics';
import type { WasmRuntime } from '@spinformer/tensor/wasm';
import type { DistinctSequences } from './distinct-sequences.ts';
import { type InferenceMetrics, type InferenceTick, methodOf } from './inference-options.ts';
import { LimitedMemory, type LimitedMemoryState } from './limited-memory.ts';
import { ProblemMemory } from './problem-memory.ts';
import type { ResolvedOptions } from './pseudolikelihood-options.ts';
import { SymmetricProblem } from './symmetric-problem.ts';

/** Where a symmetric fit stands, as plain data. */
export type SymmetricState = LimitedMemoryState & {
  readonly method: 'plm';
  readonly step: number;
  /** Relative decrease of the objective in the last iteration. */
  readonly decrease: number;
};

/** Symmetric pseudo-likelihood by L-BFGS: a tick for the starting point and one per iteration. */
export async function* fitSymmetric(
  runtime: WasmRuntime,
  data: DistinctSequences,
  options: ResolvedOptions,
): AsyncGenerator<InferenceTick> {
  const memory = new ProblemMemory(runtime, data, options);
  try {
    yield* iterate(memory, options);
  } finally {
    memory.free();
  }
}

async function* iterate(memory: ProblemMemory, options: ResolvedOptions): AsyncGenerator<InferenceTick> {
  const problem = new SymmetricProblem(memory);
  const evaluate = (point: number, gradient: number) => problem.evaluate(point, gradient);
  const minimizer = new LimitedMemory(memory.runtime, problem.length, evaluate, (length) =>
    memory.zeros(length),
  );
  problem.writeStart(minimizer.point);
  let { step, decrease } = begin(minimizer, options);
  for (;;) {
    const [status, remedy] = judge(minimizer, step, decrease, options);
    yield tick(problem, minimizer, step, decrease, status, remedy);
    if (status !== 'running') return;
    const before = minimizer.objective;
    const result = minimizer.iterate(options.maximumEvaluations);
    decrease = result === 'moved' ? (before - minimizer.objective) / Math.abs(before) : 0;
    step++;

    await letEventsThrough();
  }
}

function begin(minimizer: LimitedMemory, { resume }: ResolvedOptions): { step: number; decrease: number } {
  if (!resume) {
    minimizer.start();
    return { step: 0, decrease: Number.POSITIVE_INFINITY };
  }
  if (!('point' in resume) || resume.point.length !== minimizer.length)
    throw new DataError(
      `inferCouplings: the state to resume from is of method '${methodOf(resume)}' or of another problem. ` +
        'Resume with the same data and options.',
    );
  minimizer.restore(resume);
  return { step: resume.step, decrease: resume.decrease };
}

/** Half the squared gradient norm in scaled variables estimates the distance to the minimum. */
function promised(minimizer: LimitedMemory): number {
  return minimizer.gradientNorm ** 2 / 2 / Math.abs(minimizer.objective);
}

/** The gradient's promise in units of the tolerance that still counts as converged. */
const PROMISE = 20;

function judge(
  minimizer: LimitedMemory,
  step: number,
  decrease: number,
  options: ResolvedOptions,
): [Status, string | undefined] {
  const { tolerance, maximumSteps, maximumEvaluations, signal } = options;
  if (!Number.isFinite(minimizer.objective))
    return ['diverged', 'The objective is not a finite number. Raise couplingPenalty or check the weights.'];
  if (decrease <= tolerance && promised(minimizer) <= PROMISE * tolerance) return ['converged', undefined];
  if (decrease === 0)
    return [
      'converged',
      'No further decrease can be resolved in float32: raise tolerance, or penalties if they are zero.',
    ];
  if (signal?.aborted) return ['aborted', 'Stopped on request. Resume from this state to go on.'];
  if (step >= maximumSteps || minimizer.evaluations >= maximumEvaluations)
    return [
      'step-limit',
      'Resume from this state with a higher maximumSteps or maximumEvaluations, or raise tolerance.',
    ];
  return ['running', undefined];
}

function tick(
  problem: SymmetricProblem,
  minimizer: LimitedMemory,
  step: number,
  decrease: number,
  status: Status,
  remedy: string | undefined,
): InferenceTick {
  const metrics: InferenceMetrics = {
    objective: minimizer.objective,
    gradientNorm: minimizer.gradientNorm,
    iterations: step,
    evaluations: minimizer.evaluations,
  };
  const { evaluations } = minimizer;
  let state: SymmetricState | undefined;
  return {
    step,
    metrics,
    status,
    ...(remedy !== undefined && { remedy }),
    ...(status !== 'running' && status !== 'diverged' && { model: problem.model(minimizer.point) }),
    get state() {
      if (!state && minimizer.evaluations !== evaluations)
        throw new DataError('inferCouplings: read the state of a tick before asking for the next one.');
      state ??= { ...minimizer.snapshot(), method: 'plm', step, decrease };
      return state;
    },
  };
}
