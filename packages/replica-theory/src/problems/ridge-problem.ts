import { squaredLoss } from '../channels/squared-loss.ts';
import { checkLearning, checkNotNegative } from '../check.ts';
import { identitySpectrum } from '../spectra/identity-spectrum.ts';
import { ridgeAverage } from '../spectra/ridge-average.ts';
import type { Spectrum } from '../spectra/spectrum.ts';
import { type ScalarProblem, scalarProblem } from './scalar-problem.ts';

/** Linear regression of a linear teacher with noise. */
export interface RidgeOptions {
  /** α = examples / inputs, ≥ 0. */
  readonly load: number;
  /** λ > 0 in Σ_μ ½ (y − g)² + (λ/2)|w|². */
  readonly ridge: number;
  /** ρ > 0. */
  readonly teacherVariance: number;
  /** Variance of the noise on y, ≥ 0; default 0. */
  readonly noise?: number;
  /** Ω; default {@link identitySpectrum}. */
  readonly covariance?: Spectrum;
}

/**
 * Ridge regression, the check with a closed form: losses are ½ (y − g)².
 *
 * @throws {DomainError} when a number is out of its range.
 */
export function ridgeProblem(options: RidgeOptions): ScalarProblem {
  checkLearning('ridgeProblem', options);
  const { load, ridge, teacherVariance, noise = 0, covariance = identitySpectrum() } = options;
  checkNotNegative('ridgeProblem', 'noise', noise);
  return scalarProblem({
    name: `ridge (${covariance.name})`,
    load,
    ridge,
    teacherVariance,
    channel: squaredLoss(teacherVariance, noise),
    weights: ridgeAverage(covariance, teacherVariance, () => ridge),
    citations: [],
  });
}
