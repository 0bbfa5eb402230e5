export * from './contracts.ts';
export * from './errors.ts';
export { decodeCheckpoint, encodeCheckpoint } from './files/checkpoint.ts';
export { type NumericArray, type NumericData, toFloat64 } from './files/numeric-array.ts';
export { decodeSafetensors, encodeSafetensors, type Safetensors } from './files/safetensors.ts';
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
export { philox4x32 } from './random/philox.ts';
export { restoreRng, seededRng } from './random/rng.ts';
export * from './rng-contract.ts';
export { erf, erfc, erfcx } from './special/erf.ts';
export { gaussianTail, logGaussianTail } from './special/gaussian-tail.ts';
export { logSumExp } from './special/log-sum-exp.ts';
