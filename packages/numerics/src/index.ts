export { type CitedMethod, citations } from './citations.ts';
export * from './contracts.ts';
export * from './errors.ts';
export { pearson, ranks, spearman } from './estimates/correlation.ts';
export { type Estimate, estimate, independentEstimate } from './estimates/estimate.ts';
export { formatEstimate } from './estimates/format-estimate.ts';
export { mean, variance } from './estimates/moments.ts';
export { decodeCheckpoint, encodeCheckpoint } from './files/checkpoint.ts';
export { crc32 } from './files/crc32.ts';
export { decodeNpy, decodeNpz, encodeNpy, encodeNpz } from './files/npy.ts';
export { type NumericArray, type NumericData, toFloat64 } from './files/numeric-array.ts';
export { decodeSafetensors, encodeSafetensors, type Safetensors } from './files/safetensors.ts';
export { letEventsThrough } from './let-events-through.ts';
export type { MarkovKernel } from './markov/markov-kernel.ts';
export {
  type ChainOptions,
  type ChainsState,
  type ChainTick,
  collectObservations,
  runChains,
} from './markov/run-chains.ts';
export {
  type FixedPointOptions,
  type FixedPointResult,
  fixedPoint,
  type VectorMap,
} from './optimize/fixed-point.ts';
export type { LbfgsMetrics, LbfgsTick } from './optimize/lbfgs.ts';
export type { LbfgsOptions } from './optimize/lbfgs-options.ts';
export type { LbfgsState } from './optimize/lbfgs-state.ts';
export {
  type AsyncValueAndGradient,
  type MinimizeOptions,
  type MinimizeResult,
  minimize,
  minimizeTicks,
  type ValueAndGradient,
} from './optimize/minimize.ts';
export { gaussHermite } from './quadrature/gauss-hermite.ts';
export { gaussLegendre } from './quadrature/gauss-legendre.ts';
export { integrate, type Quadrature } from './quadrature/gauss-rule.ts';
export {
  beta,
  exponential,
  gamma,
  permutation,
  sampleWithoutReplacement,
  shuffle,
} from './random/distributions.ts';
export { philox4x32 } from './random/philox.ts';
export { restoreRng, seededRng } from './random/rng.ts';
export * from './rng-contract.ts';
export { erf, erfc, erfcx } from './special/erf.ts';
export { gaussianTail, logGaussianTail } from './special/gaussian-tail.ts';
export { logSumExp } from './special/log-sum-exp.ts';
