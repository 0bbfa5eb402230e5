import type { Floats } from '@spinformer/numerics';
import { colourMatrices } from './channels/colour-matrices.ts';
import { gaussianLogistic } from './channels/gaussian-logistic.ts';
import { gaussianSoftmax } from './channels/gaussian-softmax.ts';
import { tiltedLogistic } from './channels/tilted-logistic.ts';
import { tiltedSoftmax } from './channels/tilted-softmax.ts';
import { checkPositive, checkScenario } from './check.ts';
import { type ColourQuadratureOptions, planColourQuadrature } from './quadrature/colour-quadrature.ts';
import type { Scenario } from './replica-problem.ts';

/** A teacher; without `colours` an Ising teacher with p(y|g) = σ(2yg). */
export interface BayesLossOptions extends ColourQuadratureOptions {
  /** ρ > 0. */
  readonly teacherVariance: number;
  readonly scenario: Scenario;
  /** C of a Potts teacher. */
  readonly colours?: number;
  /** Its U, [colours, colours]; default the identity. */
  readonly colourMatrix?: Floats<'colours colours'>;
}

/**
 * The loss of the teacher itself, the conditional entropy of the answer: no student gets below it.
 *
 * @returns nats per example.
 * @throws {DomainError} when a number is out of its range.
 * @throws {ShapeError} when the colour matrix is not [colours, colours].
 * @throws {ConfigError} when the scenario is unknown.
 * @example
 * ```ts
 * bayesLoss({ teacherVariance: 1, scenario: 'tilted' }); // 0.356316…
 * ```
 */
export function bayesLoss(options: BayesLossOptions): number {
  const { teacherVariance, scenario, colours } = options;
  checkPositive('bayesLoss', 'teacherVariance', teacherVariance);
  checkScenario('bayesLoss', scenario);
  const isTilted = scenario === 'tilted';
  if (colours === undefined) {
    const channel = isTilted ? tiltedLogistic() : gaussianLogistic(teacherVariance);
    return channel.test(teacherVariance, teacherVariance).generalizationLoss;
  }
  const matrices = colourMatrices('bayesLoss', colours, options.colourMatrix);
  const plan = planColourQuadrature('bayesLoss', colours, matrices.rank, options);
  const channel = (isTilted ? tiltedSoftmax : gaussianSoftmax)(matrices, teacherVariance, plan);
  return channel.test(teacherVariance, teacherVariance).generalizationLoss;
}
