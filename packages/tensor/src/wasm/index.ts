export type { EmbeddedKernels } from './embedded-kernels.ts';
export { availableThreads } from './host.ts';
export { type Inversion, invertPositiveDefinite } from './invert-positive-definite.ts';
export { type RawTensor, rawTensor, runtimeOf } from './raw-tensor.ts';
export {
  type KernelFunction,
  type KernelModule,
  type RunOptions,
  sharedRuntime,
  WasmRuntime,
  type WasmRuntimeOptions,
} from './runtime.ts';
