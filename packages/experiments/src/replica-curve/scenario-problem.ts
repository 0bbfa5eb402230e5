import {
  bayesLoss,
  isingProblem,
  pottsProblem,
  type ReplicaProblem,
  type RowSpecification,
  skSpectrum,
} from '@spinformer/replica-theory';
import type { Covariance, ReplicaCurveConfig } from './replica-curve-config.ts';

/**
 * Σ_j J_ij² of the Potts couplings, J_ij ~ N(0, C²β²/L): with U = 1 the paramagnet ends at β = 1 for every number of
 * colours, and two colours are the Ising model with J_Ising = J_Potts/2.
 */
export function pottsTeacherVariance({ colours, beta }: ReplicaCurveConfig): number {
  return (colours * beta) ** 2;
}

/**
 * The penalty λ in the convention of Potts couplings. Two colours are given in the Ising convention, in which w is half
 * as large: λ|w_Ising|² = (λ/4)|w_Potts|².
 */
export function pottsRidge({ colours }: ReplicaCurveConfig, ridge: number): number {
  return colours === 2 ? ridge / 4 : ridge;
}

/**
 * One point of a curve as the theory and the simulation of single sites are asked for it.
 *
 * @param config colours, strength and scenario
 * @param covariance of the neighbours
 * @param ridge λ as in the configuration
 * @param load α, sequences per neighbour
 */
export function scenarioRow(
  config: ReplicaCurveConfig,
  covariance: Covariance,
  ridge: number,
  load: number,
): RowSpecification {
  const { colours, beta, scenario } = config;
  const common = { load, ridge, scenario, ...(covariance === 'sk' && { covariance: skSpectrum(beta) }) };
  return colours === 2
    ? { ...common, teacherVariance: beta ** 2 }
    : { ...common, colours, teacherVariance: pottsTeacherVariance(config) };
}

/** What the theory solves for {@link scenarioRow}. */
export function scenarioProblem(
  config: ReplicaCurveConfig,
  covariance: Covariance,
  ridge: number,
  load: number,
): ReplicaProblem {
  const row = scenarioRow(config, covariance, ridge, load);
  return row.colours === undefined ? isingProblem(row) : pottsProblem({ ...row, colours: row.colours });
}

/** The least loss that any model can have, nats per masked site. */
export function scenarioBayesLoss(config: ReplicaCurveConfig): number {
  const { colours, beta, scenario } = config;
  if (colours === 2) return bayesLoss({ scenario, teacherVariance: beta ** 2 });
  return bayesLoss({ scenario, colours, teacherVariance: pottsTeacherVariance(config) });
}
