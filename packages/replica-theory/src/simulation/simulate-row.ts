import { DomainError, type Rng, type Tick } from '@spinformer/numerics';
import { checkInteger, checkLearning, checkScenario } from '../check.ts';
import { drawRow } from './draw-row.ts';
import { expectedLoss } from './expected-loss.ts';
import { fitRow } from './fit-row.ts';
import type { RowSpecification } from './row-specification.ts';

/** What is measured in each repeat. */
export const ROW_OBSERVABLES = [
  'trainingLoss',
  'generalizationLoss',
  'reconstructionError',
  'errorRate',
] as const;

/** One of {@link ROW_OBSERVABLES}. */
export type RowObservable = (typeof ROW_OBSERVABLES)[number];

/** Mean over repeats with its standard error (NaN while there is one repeat). */
export type RowStatistics = Readonly<Record<RowObservable, { mean: number; standardError: number }>>;

/** Results of the repeats so far, enough to go on: repeats depend on the seed and their number alone. */
export type RowState = {
  /** [repeats, 4], in the order of {@link ROW_OBSERVABLES}. */
  readonly values: Float64Array;
  /** Repeats whose fit did not converge. */
  readonly unconverged: number;
};

/** One more repeat; `statistics` is over all so far. */
export interface SimulationTick extends Tick<RowState> {
  readonly statistics: RowStatistics;
}

/** Sizes of a simulation. */
export interface SimulateRowOptions {
  /** L, the other sites of the row, ≥ 2. */
  readonly sites: number;
  /** Independent teachers and data sets, ≥ 1; errors need two. */
  readonly repeats: number;
  /** Fresh inputs per repeat, over whose answers the teacher's exact conditional averages; default 10 · sites. */
  readonly testSamples?: number;
  /** Most steps of a fit, default 5000. */
  readonly maxIterations?: number;
  readonly rng: Rng;
  /** The state of a tick to go on from. */
  readonly resume?: RowState;
}

const COLUMNS = ROW_OBSERVABLES.length;

function statistics(values: Float64Array): RowStatistics {
  const repeats = values.length / COLUMNS;
  const entries = ROW_OBSERVABLES.map((name, column) => {
    let mean = 0;
    for (let r = 0; r < repeats; r++) mean += values[r * COLUMNS + column] / repeats;
    let squares = 0;
    for (let r = 0; r < repeats; r++) squares += (values[r * COLUMNS + column] - mean) ** 2;
    const standardError = repeats > 1 ? Math.sqrt(squares / (repeats - 1) / repeats) : Number.NaN;
    return [name, { mean, standardError }] as const;
  });
  return Object.fromEntries(entries) as RowStatistics;
}

/** Most steps of L-BFGS; fits without a penalty just above the separability threshold take hundreds. */
const MOST_ITERATIONS = 5000;

/** Draws, fits and measures one row: the observables, and whether the fit converged. */
function repeat(specification: RowSpecification, options: SimulateRowOptions, rng: Rng) {
  const { sites, testSamples = 10 * sites, maxIterations = MOST_ITERATIONS } = options;
  const counts = { train: Math.round(specification.load * sites), test: testSamples };
  const { truth, train, test } = drawRow(specification, sites, counts, rng);
  const { weights, trainingLoss, isConverged } = fitRow(train, specification.ridge, maxIterations);
  const student = new Float64Array(test.truth.length);
  test.row.logits(weights, student);
  const { loss, errorRate } = expectedLoss(test.truth, student, test.row.answers);
  const norm = truth.reduce((sum, w) => sum + w * w, 0);
  const deviation = truth.reduce((sum, w, i) => sum + (w - weights[i]) ** 2, 0);
  return { measured: [trainingLoss, loss, deviation / norm, errorRate], isConverged };
}

function checkSimulation(specification: RowSpecification, options: SimulateRowOptions): void {
  checkLearning('simulateRow', specification);
  checkScenario('simulateRow', specification.scenario);
  checkInteger('simulateRow', 'sites', options.sites, 2, 100_000);
  checkInteger('simulateRow', 'repeats', options.repeats, 1, 1_000_000);
  checkInteger('simulateRow', 'testSamples', options.testSamples ?? 1, 1, 100_000_000);
  checkInteger('simulateRow', 'maxIterations', options.maxIterations ?? 1, 1, 1_000_000);
  const { colours, covariance, inputs, load, structure } = specification;
  if (colours !== undefined) checkInteger('simulateRow', 'colours', colours, 2, 256);
  if (structure === 'unstructured' && (covariance !== undefined || inputs === 'gaussian')) {
    throw new DomainError(
      'simulateRow: structure unstructured needs colours as inputs. Leave out covariance and inputs, or the structure.',
    );
  }
  if (colours === undefined && structure === 'unstructured') {
    throw new DomainError('simulateRow: structure unstructured needs colours.');
  }
  if (Math.round(load * options.sites) < 1) {
    throw new DomainError(
      `simulateRow: load ${load} with ${options.sites} sites leaves no sequence. Raise one of them.`,
    );
  }
}

/**
 * Simulates the row that a replica problem describes, on the same axes: draws a teacher with exactly the variance ρ,
 * training data from the exact law of a site and its neighbours on a star (`tilted`) or inputs first (`gaussian`),
 * fits by L-BFGS and measures on fresh inputs. One tick per repeat. The last one ends as `step-limit`, with a remedy,
 * where a fit did not converge.
 *
 * @param specification - the options of the problem.
 * @throws {DomainError} when a number is out of its range.
 * @complexity repeats · load · sites² per step of a fit, of which there are some fifty
 * @example
 * ```ts
 * const row = { scenario: 'tilted', load: 4, ridge: 1, teacherVariance: 1 } as const;
 * for await (const { statistics } of simulateRow(row, { sites: 100, repeats: 8, rng: seededRng(1) })) show(statistics);
 * ```
 */
export async function* simulateRow(
  specification: RowSpecification,
  options: SimulateRowOptions,
): AsyncGenerator<SimulationTick> {
  checkSimulation(specification, options);
  const { repeats, rng, resume } = options;
  let values = resume?.values.slice() ?? new Float64Array(0);
  let unconverged = resume?.unconverged ?? 0;
  for (let step = values.length / COLUMNS + 1; step <= repeats; step++) {
    const { measured, isConverged } = repeat(specification, options, rng.fork(`repeat-${step}`));
    values = Float64Array.of(...values, ...measured);
    if (!isConverged) unconverged++;
    const summary = statistics(values);
    yield {
      step,
      metrics: Object.fromEntries(ROW_OBSERVABLES.map((name) => [name, summary[name].mean])),
      state: { values, unconverged },
      ...(step === repeats ? endOf(unconverged, repeats) : { status: 'running' }),
      statistics: summary,
    };
  }
}

function endOf(unconverged: number, repeats: number): Pick<SimulationTick, 'status' | 'remedy'> {
  if (unconverged === 0) return { status: 'converged' };
  return {
    status: 'step-limit',
    remedy: `${unconverged} of ${repeats} fits did not converge. Raise maxIterations, the ridge, or the load.`,
  };
}
