import { ConvergenceError, DomainError, type Rng, type Tick } from '@spinformer/numerics';
import { zeroSum } from '../channels/colour-matrices.ts';
import { checkInteger, checkLearning, checkScenario } from '../check.ts';
import { drawIsingRow } from './draw-ising-row.ts';
import { drawPottsRow } from './draw-potts-row.ts';
import { evaluateMatrices, fitMatrices } from './fit-matrices.ts';
import { evaluateRow, fitRow } from './fit-row.ts';
import type { RowData, RowSpecification } from './row-specification.ts';

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
};

/** One more repeat; `statistics` is over all so far. */
export interface SimulationTick extends Tick<RowState> {
  readonly statistics: RowStatistics;
}

/** Sizes of a simulation. */
export interface SimulateRowOptions {
  /** L, the other sites of the row, ≥ 2; with a fit that takes time ∝ L³. */
  readonly sites: number;
  /** Independent teachers and data sets, ≥ 1; errors need two. */
  readonly repeats: number;
  /** Fresh examples per repeat, default 20 · sites. */
  readonly testSamples?: number;
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

type Measured = readonly [number, number, number, number];

function measureFactored(data: RowData, specification: RowSpecification, sites: number): Measured {
  const { teacher, train, test } = data;
  const { weights, isConverged, steps } = fitRow(train, sites, specification.ridge);
  if (!isConverged) {
    throw new ConvergenceError(
      `simulateRow: the fit did not converge in ${steps} Newton steps. Raise the ridge or the load.`,
    );
  }
  const norm = teacher.reduce((sum, w) => sum + w * w, 0);
  const deviation = teacher.reduce((sum, w, i) => sum + (w - weights[i]) ** 2, 0);
  const fresh = evaluateRow(test, weights);
  return [evaluateRow(train, weights).loss, fresh.loss, deviation / norm, fresh.errorRate];
}

function measureUnstructured(data: RowData, specification: RowSpecification, colours: number): Measured {
  const { teacher, train, test } = data;
  const u = zeroSum('simulateRow', 'colourMatrix', specification.colourMatrix, colours);
  const weights = fitMatrices(train, teacher.length, specification.ridge);
  const truth = Float64Array.from({ length: weights.length }, (_, i) => {
    return teacher[Math.floor(i / (colours * colours))] * u[i % (colours * colours)];
  });
  const norm = truth.reduce((sum, w) => sum + w * w, 0);
  const deviation = truth.reduce((sum, w, i) => sum + (w - weights[i]) ** 2, 0);
  const fresh = evaluateMatrices(test, weights);
  return [evaluateMatrices(train, weights).loss, fresh.loss, deviation / norm, fresh.errorRate];
}

/** Draws, fits and measures one row. */
function repeat(specification: RowSpecification, options: SimulateRowOptions, rng: Rng): Measured {
  const { sites, testSamples = 20 * sites } = options;
  const counts = { train: Math.round(specification.load * sites), test: testSamples };
  const { colours, structure } = specification;
  if (colours === undefined) {
    return measureFactored(drawIsingRow(specification, sites, counts, rng), specification, sites);
  }
  const data = drawPottsRow({ ...specification, colours }, sites, counts, rng);
  return structure === 'unstructured'
    ? measureUnstructured(data, specification, colours)
    : measureFactored(data, specification, sites);
}

function checkSimulation(specification: RowSpecification, options: SimulateRowOptions): void {
  checkLearning('simulateRow', specification);
  checkScenario('simulateRow', specification.scenario);
  checkInteger('simulateRow', 'sites', options.sites, 2, 100_000);
  checkInteger('simulateRow', 'repeats', options.repeats, 1, 1_000_000);
  checkInteger('simulateRow', 'testSamples', options.testSamples ?? 1, 1, 100_000_000);
  const { colours, covariance, load } = specification;
  if (colours !== undefined) checkInteger('simulateRow', 'colours', colours, 2, 256);
  if (colours !== undefined && covariance !== undefined) {
    throw new DomainError(
      'simulateRow: covariance goes with Ising rows only. Leave out colours, or the covariance.',
    );
  }
  if (colours === undefined && specification.structure === 'unstructured') {
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
 * fits by Newton's method (matrices per site by L-BFGS) and measures on fresh data. One tick per repeat.
 *
 * @param specification - the options of the problem.
 * @throws {DomainError} when a number is out of its range.
 * @throws {ConvergenceError} when a fit does not converge.
 * @complexity repeats · load · answers · sites³ per Newton step
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
  for (let step = values.length / COLUMNS + 1; step <= repeats; step++) {
    const row = repeat(specification, options, rng.fork(`repeat-${step}`));
    values = Float64Array.of(...values, ...row);
    const summary = statistics(values);
    yield {
      step,
      metrics: Object.fromEntries(ROW_OBSERVABLES.map((name) => [name, summary[name].mean])),
      state: { values },
      status: step === repeats ? 'converged' : 'running',
      statistics: summary,
    };
  }
}
