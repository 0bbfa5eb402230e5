import { DataError, letEventsThrough, type Status } from '@spinformer/numerics';
import { invertPositiveDefinite, type WasmRuntime } from '@spinformer/tensor/wasm';
import { toLatticeGasGauge, toZeroSumGauge } from '../gauge.ts';
import type { PottsModel } from '../model.ts';
import { closedFormModel } from './closed-form-model.ts';
import type { ClosedFormState, ResolvedClosedFormOptions } from './closed-form-options.ts';
import { correlationMatrix } from './correlation-matrix.ts';
import type { DistinctSequences } from './distinct-sequences.ts';
import { gaussianObjective } from './gaussian-objective.ts';
import type { InferenceTick } from './inference-options.ts';

/** |C⁻¹(C·v) − v| from which rounding has eaten the inverse of a matrix that is as good as singular. */
const LARGEST_RESIDUAL = 1e-6;

/** What an inversion found; no model where the matrix is not positive definite. */
interface Solution {
  readonly objective: number;
  readonly gradientNorm: number;
  readonly model?: PottsModel;
}

/** Mean field or a Gaussian: a tick before the matrix is inverted, and one after. */
export async function* fitClosedForm(
  runtime: WasmRuntime,
  data: DistinctSequences,
  options: ResolvedClosedFormOptions,
): AsyncGenerator<InferenceTick> {
  checkResume(options);
  const aborted = options.signal?.aborted ?? false;
  const nothing = { objective: Number.NaN, gradientNorm: Number.NaN };
  yield aborted
    ? tick(options, 0, nothing, 'aborted', 'Stopped on request. Resume from this state to go on.')
    : tick(options, 0, nothing, 'running');
  if (aborted) return;
  await letEventsThrough();
  const solution = solve(runtime, data, options);
  if (solution.model) yield tick(options, 1, solution, 'converged');
  else
    yield tick(
      options,
      1,
      solution,
      'diverged',
      'The matrix of correlations cannot be inverted: it needs more pseudocount or shrinkage.',
    );
}

function checkResume({ resume, method }: ResolvedClosedFormOptions): void {
  if (resume === undefined || ('method' in resume && resume.method === method)) return;
  throw new DataError(
    `inferCouplings: the state to resume from is not of method '${method}'. Resume with the same data and options.`,
  );
}

function solve(runtime: WasmRuntime, data: DistinctSequences, options: ResolvedClosedFormOptions): Solution {
  const { sites, states, totalWeight } = data;
  const length = sites * (states - 1);
  const matrix = runtime.allocate(8 * length * length);
  try {
    const { frequencies, observed } = correlationMatrix(runtime, data, options, matrix);
    const probe = new Probe(runtime.float64(matrix, length * length), length);
    const { logDeterminant } = invertPositiveDefinite(runtime, matrix, length);
    if (Number.isNaN(logDeterminant)) return { objective: Number.NaN, gradientNorm: Number.NaN };
    const inverse = runtime.float64(matrix, length * length);
    const gradientNorm = probe.residual(inverse);
    if (!(gradientNorm <= LARGEST_RESIDUAL)) return { objective: Number.NaN, gradientNorm };
    const parts = { sites, states, inverse, frequencies };
    const { pseudocount, shrinkage, gauge, method } = options;
    const model = closedFormModel(parts, method);
    return {
      objective: gaussianObjective({
        ...parts,
        pseudocount,
        shrinkage,
        observed,
        totalWeight,
        logDeterminant,
      }),
      gradientNorm,
      model: gauge === 'zero-sum' ? toZeroSumGauge(model) : toLatticeGasGauge(model),
    };
  } finally {
    runtime.free(matrix);
  }
}

/** A vector v that is remembered with C·v, so that an inverse of C can be tried on it. */
class Probe {
  private readonly vector: Float64Array;
  private readonly image: Float64Array;

  /** @param lower the lower triangle of C. */
  constructor(lower: Float64Array, length: number) {
    this.vector = Float64Array.from({ length }, (_, k) => (k % 2 ? -1 : 1) / Math.sqrt(length));
    this.image = new Float64Array(length);
    for (let row = 0; row < length; row++)
      for (let column = 0; column <= row; column++) {
        const value = lower[row * length + column];
        this.image[row] += value * this.vector[column];
        if (column < row) this.image[column] += value * this.vector[row];
      }
  }

  /** |C⁻¹(C·v) − v|. @param inverse −C⁻¹. */
  residual(inverse: Float64Array): number {
    const { image, vector } = this;
    let sum = 0;
    for (let row = 0; row < vector.length; row++) {
      let difference = vector[row];
      for (let column = 0; column < vector.length; column++)
        difference += inverse[row * vector.length + column] * image[column];
      sum += difference * difference;
    }
    return Math.sqrt(sum);
  }
}

function tick(
  { method }: ResolvedClosedFormOptions,
  step: 0 | 1,
  { objective, gradientNorm, model }: Solution,
  status: Status,
  remedy?: string,
): InferenceTick {
  const state: ClosedFormState = { method, step };
  return {
    step,
    metrics: { objective, gradientNorm, iterations: step, evaluations: step },
    status,
    state,
    ...(remedy !== undefined && { remedy }),
    ...(model && { model }),
  };
}
