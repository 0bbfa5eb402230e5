import type { Backend, KernelTable } from '../backend.ts';
import { sharedRuntime, WasmRuntime } from '../wasm/runtime.ts';
import { takesDType } from './takes-dtype.ts';
import { attentionKernels } from './wasm/attention.ts';
import { elementwiseKernels } from './wasm/elementwise.ts';
import { indexingKernels } from './wasm/indexing.ts';
import { linearAlgebraKernels } from './wasm/linear-algebra.ts';
import { matmulKernels } from './wasm/matmul.ts';
import { registerMemory, type WasmBuffer, WasmMemory } from './wasm/memory.ts';
import { movementKernels } from './wasm/movement.ts';
import { positionalMixKernels } from './wasm/positional-mix.ts';
import { reduceKernels } from './wasm/reduce.ts';
import { rowKernels } from './wasm/rows.ts';
import { symmetricEigenKernels } from './wasm/symmetric-eigen.ts';
import { symmetricRankKKernels } from './wasm/symmetric-rank-k.ts';

export interface WasmOptions {
  /** Threads including the caller's, 1…64; default: the cores that this process may use. */
  readonly threads?: number;
  /** Memory and threads to use; default: those that everything in this process shares. */
  readonly runtime?: WasmRuntime;
  /** Use relaxed fused multiply-add where the engine has it; default true. `false` makes a runtime of its own. */
  readonly relaxed?: boolean;
}

/** Kernels that also take int32 operands; everything else is for floating-point numbers. */

/**
 * The default backend: WebAssembly SIMD kernels on all cores, in Node and in browsers, every kernel in float32 and
 * float64. Results do not depend on the number of threads; they differ in the last digits between engines with and
 * without relaxed SIMD.
 *
 * @throws {DomainError} when `threads` is not a whole number from 1 to 64, or differs from the shared runtime's.
 * @throws {BackendError} when the host cannot reserve the memory.
 * @example
 * useBackend(await wasm());
 */
export async function wasm(options: WasmOptions = {}): Promise<Backend> {
  const { threads, relaxed, runtime } = options;
  const own =
    runtime ?? (relaxed === false ? new WasmRuntime({ threads, relaxed }) : sharedRuntime({ threads }));
  return backendOn(own);
}

function backendOn(runtime: WasmRuntime): Backend {
  const memory = new WasmMemory(runtime);
  const mode = runtime.relaxed ? 'relaxed-simd' : 'simd';
  const read = (buffer: WasmBuffer) => memory.view(buffer).slice();
  const backend: Backend = {
    name: 'wasm',
    kernels: kernelsOn(memory),
    supports: takesDType,
    upload(values, dtype) {
      const buffer = memory.create(values.length, dtype);
      memory.view(buffer).set(values);
      return buffer;
    },
    read: async (buffer) => read(buffer as WasmBuffer),
    readSync: (buffer) => read(buffer as WasmBuffer),
    free: (buffer) => memory.free(buffer as WasmBuffer),
    bytesInUse: () => memory.bytes,
    describe: () => ({ name: 'wasm', available: true, mode, threads: runtime.threads }),
    dispose: () => runtime.stop(),
  };
  return registerMemory(backend, memory);
}

function kernelsOn(memory: WasmMemory): KernelTable {
  return {
    ...elementwiseKernels(memory),
    ...movementKernels(memory),
    ...reduceKernels(memory),
    ...indexingKernels(memory),
    ...matmulKernels(memory),
    ...rowKernels(memory),
    ...positionalMixKernels(memory),
    ...attentionKernels(memory),
    ...linearAlgebraKernels(memory),
    ...symmetricRankKKernels(memory),
    ...symmetricEigenKernels(memory),
  };
}
