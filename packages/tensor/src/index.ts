export { perSampleGrad } from './autodiff/per-sample-grad.ts';
export { type ValueAndGrad, valueAndGrad } from './autodiff/value-and-grad.ts';
export * from './backend.ts';
export { cpu } from './backends/cpu.ts';
export { type WasmOptions, wasm } from './backends/wasm.ts';
export { citations } from './citations.ts';
export {
  type ConjugateGradientOptions,
  type ConjugateGradientResult,
  conjugateGradient,
} from './linear-algebra/conjugate-gradient.ts';
export {
  type LanczosOptions,
  type LanczosResult,
  type LanczosTick,
  lanczos,
  lanczosTicks,
} from './linear-algebra/lanczos.ts';
export { type SymmetricEigen, symmetricEigen } from './linear-algebra/symmetric-eigen.ts';
export type { LinearMap } from './linear-algebra/vectors.ts';
export { dispose, keep, scope } from './memory/scope.ts';
export * from './ops/attention.ts';
export * from './ops/binary.ts';
export * from './ops/cast.ts';
export * from './ops/create.ts';
export * from './ops/indexing.ts';
export * from './ops/linear-algebra.ts';
export * from './ops/matmul.ts';
export * from './ops/read.ts';
export * from './ops/reduce.ts';
export * from './ops/rows.ts';
export * from './ops/shape-ops.ts';
export * from './ops/symmetric.ts';
export * from './ops/unary.ts';
export { type AdamOptions, type AdamWOptions, adam, adamW } from './optimizers/adam.ts';
export * from './optimizers/clip.ts';
export type { CommonOptions, Optimizer, OptimizerState, Schedule, Updated } from './optimizers/optimizer.ts';
export {
  constantSchedule,
  cosineSchedule,
  type InverseSqrtOptions,
  inverseSqrtSchedule,
  linearSchedule,
  type RampOptions,
  withWarmup,
} from './optimizers/schedules.ts';
export { type SgdOptions, sgd } from './optimizers/sgd.ts';
export * from './probe-backends.ts';
export type { Shape } from './shape.ts';
export { Tensor } from './tensor.ts';
export * from './trees/flatten.ts';
export * from './trees/plain.ts';
export { mapTree, type ParameterTree, type StateTree, treeLeaves } from './trees/tree.ts';
export * from './unsupported-kernel-error.ts';
export * from './use-backend.ts';
