import type { WasmRuntime } from '@spinformer/tensor/wasm';

/** Blocks of WebAssembly memory that are freed together. */
export class MemoryBlocks {
  private readonly runtime: WasmRuntime;
  private readonly pointers = new Set<number>();

  constructor(runtime: WasmRuntime) {
    this.runtime = runtime;
  }

  /** Address of a new block of arbitrary content. */
  allocate(bytes: number): number {
    const pointer = this.runtime.allocate(Math.max(64, bytes));
    this.pointers.add(pointer);
    return pointer;
  }

  /** Address of a copy of an array. */
  put(array: Int32Array | Uint32Array | Float32Array): number {
    const pointer = this.allocate(array.byteLength);
    this.runtime
      .bytes(pointer, array.byteLength)
      .set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength));
    return pointer;
  }

  /** Frees one block. */
  release(pointer: number): void {
    if (this.pointers.delete(pointer)) this.runtime.free(pointer);
  }

  /** Frees all of them. */
  free(): void {
    for (const pointer of this.pointers) this.runtime.free(pointer);
    this.pointers.clear();
  }
}
