import type { Floats } from '@spinformer/numerics';
import { colourMatrices } from '../channels/colour-matrices.ts';
import { gaussianSoftmax } from '../channels/gaussian-softmax.ts';
import { tiltedSoftmax } from '../channels/tilted-softmax.ts';
import { checkInteger, checkLearning, checkScenario } from '../check.ts';
import { type ColourQuadratureOptions, planColourQuadrature } from '../quadrature/colour-quadrature.ts';
import type { Scenario } from '../replica-problem.ts';
import { identitySpectrum } from '../spectra/identity-spectrum.ts';
import { ridgeAverage } from '../spectra/ridge-average.ts';
import type { Spectrum } from '../spectra/spectrum.ts';
import { type ScalarProblem, scalarProblem } from './scalar-problem.ts';

/** One row of factored attention on a generalised Potts model with known colour couplings. */
export interface PottsOptions extends ColourQuadratureOptions {
  /** α = sequences / sites, ≥ 0. */
  readonly load: number;
  /** λ > 0 in Σ_μ loss + (λ/2)|w|², g = Σ_j w_j U s_j/√L with centred one-hot s: a summed loss. */
  readonly ridge: number;
  /** ρ = Σ_j J_ij² > 0: the teacher's fields have covariance ρ U P U'/C. */
  readonly teacherVariance: number;
  /** C, 2…256. */
  readonly colours: number;
  readonly scenario: Scenario;
  /** The student's U, [colours, colours]; its zero-sum part counts. Default the identity. */
  readonly colourMatrix?: Floats<'colours colours'>;
  /** The teacher's U; default the student's. */
  readonly teacherColourMatrix?: Floats<'colours colours'>;
  /** Ω between sites; default {@link identitySpectrum}. */
  readonly covariance?: Spectrum;
}

/**
 * One row of factored attention whose colour matrix U is fixed, learned from α·L sequences by masked language modelling
 * or, what is the same, pseudo-likelihood. Two and three colours are averaged on grids, more by quasi-random points;
 * `quadratureError` of a solution says how well.
 *
 * @throws {DomainError} when a number is out of its range or the quadrature would cost too much.
 * @throws {ShapeError} when a colour matrix is not [colours, colours].
 * @throws {ConfigError} when the scenario is unknown.
 * @source rende2024mapping
 * @example
 * ```ts
 * solveSaddlePoint(pottsProblem({ load: 3, ridge: 1, teacherVariance: 4, colours: 3, scenario: 'tilted' }));
 * ```
 */
export function pottsProblem(options: PottsOptions): ScalarProblem {
  checkLearning('pottsProblem', options);
  checkScenario('pottsProblem', options.scenario);
  const { load, ridge, teacherVariance, colours, scenario, covariance = identitySpectrum() } = options;
  checkInteger('pottsProblem', 'colours', colours, 2, 256);
  const matrices = colourMatrices('pottsProblem', colours, options.colourMatrix, options.teacherColourMatrix);
  const plan = planColourQuadrature('pottsProblem', colours, matrices.rank, options);
  const channel = scenario === 'tilted' ? tiltedSoftmax : gaussianSoftmax;
  return scalarProblem({
    name: `potts (${colours} colours, ${scenario}, ${covariance.name})`,
    load,
    ridge,
    teacherVariance,
    channel: channel(matrices, teacherVariance, plan),
    weights: ridgeAverage(covariance, teacherVariance, () => ridge),
    citations: ['rende2024mapping'],
  });
}

/**
 * Softmax regression of a softmax teacher: {@link pottsProblem} in the scenario `gaussian` under its name in statistics.
 *
 * @throws {DomainError} when a number is out of its range or the quadrature would cost too much.
 */
export function softmaxProblem(options: Omit<PottsOptions, 'scenario'>): ScalarProblem {
  return pottsProblem({ ...options, scenario: 'gaussian' });
}
