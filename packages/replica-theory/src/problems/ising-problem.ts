import type { Channel } from '../channels/channel.ts';
import { gaussianLogistic } from '../channels/gaussian-logistic.ts';
import { tiltedLogistic } from '../channels/tilted-logistic.ts';
import { checkLearning, checkScenario } from '../check.ts';
import type { GridOptions } from '../quadrature/gaussian-grid.ts';
import type { Scenario } from '../replica-problem.ts';
import { separabilityThreshold } from '../separability-threshold.ts';
import { identitySpectrum } from '../spectra/identity-spectrum.ts';
import { ridgeAverage } from '../spectra/ridge-average.ts';
import type { Spectrum } from '../spectra/spectrum.ts';
import { type ScalarProblem, scalarProblem } from './scalar-problem.ts';

/** One site of an Ising model, learned by pseudo-likelihood with an L2 penalty. */
export interface IsingOptions {
  /** α = sequences / sites, ≥ 0. */
  readonly load: number;
  /** λ > 0 in Σ_μ log(1 + e^(−2 y g)) + (λ/2)|w|² with g = w·x/√L: a summed loss. */
  readonly ridge: number;
  /** ρ = w*·Ω w*\/L > 0, the variance of the teacher's field. */
  readonly teacherVariance: number;
  readonly scenario: Scenario;
  /** Ω; default {@link identitySpectrum}. */
  readonly covariance?: Spectrum;
  readonly quadrature?: GridOptions;
}

/** Below this ridge the fit without penalty shines through. */
const SMALL_RIDGE = 1e-2;

/** A sentence for loads at which the fit exists by virtue of the penalty alone. */
function separabilityWarning(options: IsingOptions): string | undefined {
  if (options.ridge > SMALL_RIDGE) return undefined;
  const threshold = separabilityThreshold(options);
  if (options.load >= threshold) return undefined;
  return `load ${options.load} is below the separability threshold ${threshold.toFixed(3)}: without penalty no fit exists, and the reconstruction error grows like 1/ridge.`;
}

function channelOf(options: IsingOptions): Channel {
  return options.scenario === 'tilted'
    ? tiltedLogistic(options.quadrature)
    : gaussianLogistic(options.teacherVariance, options.quadrature);
}

/**
 * One site of an Ising model (or one row of factored attention with two colours and U = 1) learned from α·L sequences
 * by pseudo-likelihood with an L2 penalty. The loss is convex, so that the replica-symmetric solution is exact.
 *
 * @throws {DomainError} when a number is out of its range.
 * @throws {ConfigError} when the scenario is unknown.
 * @source rende2024mapping; bachschmid2017
 * @example
 * ```ts
 * solveSaddlePoint(isingProblem({ load: 4, ridge: 1, teacherVariance: 1, scenario: 'tilted' })).orderParameters.m; // 0.6422…
 * ```
 */
export function isingProblem(options: IsingOptions): ScalarProblem {
  checkLearning('isingProblem', options);
  checkScenario('isingProblem', options.scenario);
  const { load, ridge, teacherVariance, scenario, covariance = identitySpectrum() } = options;
  return scalarProblem({
    name: `ising (${scenario}, ${covariance.name})`,
    load,
    ridge,
    teacherVariance,
    channel: channelOf(options),
    weights: ridgeAverage(covariance, teacherVariance, () => ridge),
    warning: separabilityWarning(options),
    citations: ['rende2024mapping', 'bachschmid2017'],
  });
}

/**
 * Logistic regression of a logistic teacher on inputs with a given covariance: {@link isingProblem} in the scenario
 * `gaussian`, under its name in statistics. p(y|g) = σ(2yg); for a loss log(1 + e^(−yg)) double the fields.
 *
 * @throws {DomainError} when a number is out of its range.
 */
export function logisticProblem(options: Omit<IsingOptions, 'scenario'>): ScalarProblem {
  return isingProblem({ ...options, scenario: 'gaussian' });
}
