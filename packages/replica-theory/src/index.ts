export { type BayesLossOptions, bayesLoss } from './bayes-loss.ts';
export { type CitedMethod, citations } from './citations.ts';
export { type CurvePoint, learningCurve } from './learning-curve.ts';
export { type OptimalRidge, type OptimalRidgeOptions, optimalRidge } from './optimal-ridge.ts';
export { bayesOptimalProblem } from './problems/bayes-optimal-problem.ts';
export { type IsingOptions, isingProblem, logisticProblem } from './problems/ising-problem.ts';
export { type PottsOptions, pottsProblem, softmaxProblem } from './problems/potts-problem.ts';
export { type RidgeOptions, ridgeProblem } from './problems/ridge-problem.ts';
export type { ScalarProblem } from './problems/scalar-problem.ts';
export {
  type UnstructuredPottsOptions,
  unstructuredPottsProblem,
} from './problems/unstructured-potts-problem.ts';
export type { ColourQuadratureOptions } from './quadrature/colour-quadrature.ts';
export type { GridOptions } from './quadrature/gaussian-grid.ts';
export type { Chart, Observables, ReplicaProblem, Scenario } from './replica-problem.ts';
export { separabilityThreshold } from './separability-threshold.ts';
export { type Expected, expectedLoss } from './simulation/expected-loss.ts';
export { type Deviation, normalDeviation, studentToNormal } from './simulation/normal-deviation.ts';
export type { RowSpecification } from './simulation/row-specification.ts';
export {
  ROW_OBSERVABLES,
  type RowObservable,
  type RowState,
  type RowStatistics,
  type SimulateRowOptions,
  type SimulationTick,
  simulateRow,
} from './simulation/simulate-row.ts';
export { type SaddlePoint, type SaddlePointOptions, solveSaddlePoint } from './solve-saddle-point.ts';
export { empiricalSpectrum } from './spectra/empirical-spectrum.ts';
export { identitySpectrum } from './spectra/identity-spectrum.ts';
export { skSpectrum } from './spectra/sk-spectrum.ts';
export type { Spectrum } from './spectra/spectrum.ts';
export { spectrumFromCovariance } from './spectra/spectrum-from-covariance.ts';
