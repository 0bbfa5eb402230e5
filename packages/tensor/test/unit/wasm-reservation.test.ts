import { BackendError } from '@spinformer/numerics';
import { afterEach, describe, expect, it } from 'vitest';
import { wasm } from '../../src/index.ts';
import { WasmRuntime } from '../../src/wasm/index.ts';
import { operand } from './wasm-operands.ts';

const { Memory } = WebAssembly;

/** A host that sets aside so many pages of 64 KiB and no more, as browsers on phones do. */
function hostWith(pages: number): void {
  class LimitedMemory extends Memory {
    constructor(descriptor: WebAssembly.MemoryDescriptor) {
      if (descriptor.maximum! > pages) throw new RangeError('Out of memory');
      super(descriptor);
    }
  }
  WebAssembly.Memory = LimitedMemory;
}

afterEach(() => {
  WebAssembly.Memory = Memory;
});

describe('a host that cannot set 4 GiB aside', () => {
  it('gives what it can, and kernels run in it', async () => {
    hostWith(20_000);
    const runtime = new WasmRuntime({ threads: 2 });
    expect(runtime.maximumBytes).toBe(2 ** 30);
    const backend = await wasm({ runtime });
    const x = operand(backend, [1000], 'float64', new Float64Array(1000).fill(2));
    expect(backend.readSync!(backend.kernels.reduce('sum', x, [0]))).toEqual(Float64Array.of(2000));
    runtime.stop();
  });

  it('keeps to a lower ceiling that was asked for', () => {
    hostWith(20_000);
    expect(new WasmRuntime({ threads: 1, maximumBytes: 1e6 }).maximumBytes).toBe(1e6);
    expect(new WasmRuntime({ threads: 1, maximumBytes: 3e9 }).maximumBytes).toBe(2 ** 30);
  });

  it('says so where there is not even 64 MiB', () => {
    hostWith(1000);
    expect(() => new WasmRuntime()).toThrow(BackendError);
    expect(() => new WasmRuntime()).toThrow(/cannot reserve a WebAssembly memory/);
  });
});
