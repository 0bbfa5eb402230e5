import { gaussianBayes, tiltedBayes } from '../channels/bayes-channel.ts';
import { checkLearning, checkScenario } from '../check.ts';
import type { ReplicaProblem } from '../replica-problem.ts';
import { identitySpectrum } from '../spectra/identity-spectrum.ts';
import { ridgeAverage } from '../spectra/ridge-average.ts';
import type { Spectrum } from '../spectra/spectrum.ts';
import type { IsingOptions } from './ising-problem.ts';
import { scalarProblem } from './scalar-problem.ts';

/** ½⟨log(1 + r t Ω)⟩, the information in the weights at signal-to-noise r. */
function halfLogDeterminant(spectrum: Spectrum, teacherVariance: number, r: number): number {
  const { eigenvalues, weights, teacherOverlaps } = spectrum;
  const modes = eigenvalues.map((omega, k) => omega * teacherOverlaps[k]);
  const scale = teacherVariance / modes.reduce((sum, mode, k) => sum + weights[k] * mode, 0);
  return modes.reduce((sum, mode, k) => sum + 0.5 * weights[k] * Math.log1p(r * scale * mode), 0);
}

/**
 * The learner that knows how teacher and data are drawn (Gaussian weights of the teacher's variance, the scenario's joint
 * law) and averages over its posterior: the lower bound of all learning curves of {@link isingProblem}. `generalizationLoss`
 * is of its predictive probabilities, `trainingLoss` of one sample of the posterior. Its overlaps obey the Nishimori
 * identities m = q and v = ρ − q, and a sample's training loss is the teacher's own.
 *
 * `freeEnergy` is minus the log-evidence per site, of the answers given the inputs (`gaussian`) or of both relative to
 * inputs without structure (`tilted`).
 *
 * @throws {DomainError} when a number is out of its range.
 * @throws {ConfigError} when the scenario is unknown.
 * @source bachschmid2017; zdeborova2016
 * @example
 * ```ts
 * solveSaddlePoint(bayesOptimalProblem({ load: 4, teacherVariance: 1, scenario: 'tilted' })).orderParameters.q; // 0.8
 * ```
 */
export function bayesOptimalProblem(options: Omit<IsingOptions, 'ridge'>): ReplicaProblem {
  const { load, teacherVariance, scenario, covariance = identitySpectrum() } = options;
  checkLearning('bayesOptimalProblem', { ...options, ridge: 1 });
  checkScenario('bayesOptimalProblem', scenario);
  const channel =
    scenario === 'tilted'
      ? tiltedBayes(options.quadrature)
      : gaussianBayes(teacherVariance, options.quadrature);
  const problem = scalarProblem({
    name: `bayes-optimal (${scenario}, ${covariance.name})`,
    load,
    ridge: 1 / teacherVariance,
    teacherVariance,
    channel,
    weights: ridgeAverage(covariance, teacherVariance, (overlap) => 1 / overlap),
    citations: ['bachschmid2017', 'zdeborova2016'],
  });
  const freeEnergy = (point: Float64Array): number => {
    const q = Math.max(0, Math.min(point[1], teacherVariance));
    const { envelope, qHat } = channel.average(q, q, teacherVariance - q);
    const r = load * qHat;
    const information = halfLogDeterminant(covariance, teacherVariance, r);
    return load * envelope + information - (r * (teacherVariance - q)) / 2;
  };
  const { name, orderParameters, initial, update, observables, quadratureError, citations } = problem;
  return {
    name,
    load,
    orderParameters,
    initial,
    update,
    freeEnergy,
    observables,
    quadratureError,
    citations,
  };
}
