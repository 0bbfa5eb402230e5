import { BackendError } from '@spinformer/numerics';
import type { Backend, BufferHandle, DType, Operand, TypedArray } from '../../backend.ts';
import type { EmbeddedKernels } from '../../wasm/embedded-kernels.ts';
import type { WasmRuntime } from '../../wasm/runtime.ts';

/** Every block ends with two vectors to spare, so that kernels may load (and whole arrays store) full vectors. */
const SPARE_BYTES = 32;

/** Bytes of one number. */
export const BYTES = { float32: 4, float64: 8, int32: 4 } as const satisfies Record<DType, number>;

/** A block of the runtime's memory. */
export class WasmBuffer implements BufferHandle {
  readonly length: number;
  readonly dtype: DType;
  readonly pointer: number;
  /** Whether it has not been freed. */
  live = true;

  constructor(pointer: number, length: number, dtype: DType) {
    this.pointer = pointer;
    this.length = length;
    this.dtype = dtype;
  }
}

/** What the kernels of the backend share: buffers in the runtime's memory, scratch blocks and jobs. */
export class WasmMemory {
  readonly runtime: WasmRuntime;
  /** Bytes in buffers that are not freed. */
  bytes = 0;

  constructor(runtime: WasmRuntime) {
    this.runtime = runtime;
  }

  /** A buffer of arbitrary content. */
  create(length: number, dtype: DType): WasmBuffer {
    const bytes = length * BYTES[dtype];
    const buffer = new WasmBuffer(this.runtime.allocate(bytes + SPARE_BYTES), length, dtype);
    this.bytes += bytes;
    return buffer;
  }

  free(buffer: WasmBuffer): void {
    if (!buffer.live) throw new BackendError('free: this buffer was freed before. Dispose of a tensor once.');
    buffer.live = false;
    this.bytes -= buffer.length * BYTES[buffer.dtype];
    this.runtime.free(buffer.pointer);
  }

  /** Byte address of an operand's first number. */
  address(x: Operand): number {
    const buffer = x.buffer as WasmBuffer;
    if (!(buffer instanceof WasmBuffer))
      throw new BackendError(
        'wasm: an operand lives on another backend. Upload its values to this one first.',
      );
    if (!buffer.live)
      throw new BackendError(
        'wasm: an operand was freed before. Keep tensors that are used after their scope.',
      );
    return buffer.pointer;
  }

  /** The buffer's numbers in place; useless after the next allocation. */
  view(buffer: WasmBuffer): TypedArray {
    const { runtime } = this;
    if (buffer.dtype === 'float32') return runtime.float32(buffer.pointer, buffer.length);
    if (buffer.dtype === 'float64') return runtime.float64(buffer.pointer, buffer.length);
    return runtime.int32(buffer.pointer, buffer.length);
  }

  /** Calls `body` with the address of a block that is freed afterwards. */
  withBlock<T>(bytes: number, body: (pointer: number) => T): T {
    const pointer = this.runtime.allocate(bytes + SPARE_BYTES);
    try {
      return body(pointer);
    } finally {
      this.runtime.free(pointer);
    }
  }

  /** Runs `job` of a kernel module for every chunk. */
  run(
    kernels: EmbeddedKernels,
    job: string,
    chunks: number,
    args: readonly number[],
    scratchBytes = 0,
  ): void {
    if (chunks > 0) this.runtime.run(this.runtime.load(kernels), job, chunks, args, { scratchBytes });
  }
}

const memories = new WeakMap<Backend, WasmMemory>();

/** Remembers whose memory it is, for kernels of other packages. */
export function registerMemory(backend: Backend, memory: WasmMemory): Backend {
  memories.set(backend, memory);
  return backend;
}

/** The memory of a wasm backend. */
export function memoryOf(backend: Backend): WasmMemory | undefined {
  return memories.get(backend);
}

/** Suffix of a job's name for a dtype. */
export function suffix(dtype: DType): '32' | '64' | 'Int' {
  return dtype === 'float32' ? '32' : dtype === 'float64' ? '64' : 'Int';
}

/** How many slices of `size` cover `length`. */
export function slices(length: number, size: number): number {
  return Math.ceil(length / size);
}

export function roundUp(n: number, multiple: number): number {
  return Math.ceil(n / multiple) * multiple;
}
