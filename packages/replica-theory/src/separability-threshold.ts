import { gaussianTail } from '@spinformer/numerics';
import { checkPositive, checkScenario } from './check.ts';
import { gaussianGrid } from './quadrature/gaussian-grid.ts';
import { minimizeScalar } from './quadrature/minimize-scalar.ts';
import type { Scenario } from './replica-problem.ts';

/** E[(X)₊²] for X ~ N(mean, deviation²). */
function positivePartSquared(mean: number, deviation: number): number {
  const ratio = mean / deviation;
  const density = Math.exp(-0.5 * ratio * ratio) / Math.sqrt(2 * Math.PI);
  return (mean * mean + deviation * deviation) * gaussianTail(-ratio) + mean * deviation * density;
}

/** A slope t beyond which E[(Z − tY)₊²] only grows, for every teacher variance. */
const LARGEST_SLOPE = 50;

/**
 * The load above which the fit without penalty exists: below it a hyperplane separates the two answers, the training
 * loss goes to zero and the weights to infinity. Does not depend on the covariance of the inputs.
 *
 * α_c = 1 / min_t E[(Z − tY)₊²] with Z standard normal; Y ~ N(√ρ, 1) for `tilted`, density 2φ(Y)σ(2√ρ Y) for `gaussian`.
 *
 * @throws {DomainError} unless teacherVariance > 0.
 * @throws {ConfigError} when the scenario is unknown.
 * @source candes2020
 */
export function separabilityThreshold(options: { teacherVariance: number; scenario: Scenario }): number {
  const { teacherVariance, scenario } = options;
  checkPositive('separabilityThreshold', 'teacherVariance', teacherVariance);
  checkScenario('separabilityThreshold', scenario);
  const strength = Math.sqrt(teacherVariance);
  const { nodes, weights } = gaussianGrid();
  const remaining = (t: number): number => {
    if (scenario === 'tilted') return positivePartSquared(-t * strength, Math.hypot(1, t));
    let total = 0;
    nodes.forEach((y, i) => {
      const probability = 1 / (1 + Math.exp(-2 * strength * y));
      total += weights[i] * 2 * probability * positivePartSquared(-t * y, 1);
    });
    return total;
  };
  return 1 / minimizeScalar(remaining, 0, LARGEST_SLOPE).value;
}
