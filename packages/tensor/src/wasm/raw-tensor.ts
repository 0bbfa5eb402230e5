import type { Backend, DType } from '../backend.ts';
import { memoryOf } from '../backends/wasm/memory.ts';
import { type Shape, sizeOf } from '../shape.ts';
import { ownBuffer, type Tensor } from '../tensor.ts';
import type { WasmRuntime } from './runtime.ts';

/** A tensor that kernels of one's own write: it holds arbitrary numbers until they do. */
export interface RawTensor {
  readonly tensor: Tensor;
  /** Byte address of its first number in the runtime's memory. */
  readonly pointer: number;
}

/** The runtime in whose memory a backend keeps its tensors; undefined for a backend that is not `wasm()`. */
export function runtimeOf(backend: Backend): WasmRuntime | undefined {
  return memoryOf(backend)?.runtime;
}

/**
 * A new tensor of arbitrary content on a wasm backend, for kernels that write it in place.
 *
 * @returns undefined for a backend that is not `wasm()`.
 */
export function rawTensor(backend: Backend, shape: Shape, dtype: DType): RawTensor | undefined {
  const memory = memoryOf(backend);
  if (!memory) return undefined;
  const buffer = memory.create(sizeOf(shape), dtype);
  return { tensor: ownBuffer(backend, buffer, shape.slice(), dtype), pointer: buffer.pointer };
}
