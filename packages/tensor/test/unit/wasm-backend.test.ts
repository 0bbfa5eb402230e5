import { BackendError, DomainError } from '@spinformer/numerics';
import { describe, expect, it } from 'vitest';
import { cpu, wasm } from '../../src/index.ts';
import { WasmRuntime } from '../../src/wasm/index.ts';
import { operand } from './wasm-operands.ts';

describe('wasm backend', () => {
  it('says what it is', async () => {
    const backend = await wasm({ runtime: new WasmRuntime({ threads: 1, relaxed: false }) });
    expect(backend.describe()).toEqual({ name: 'wasm', available: true, mode: 'simd', threads: 1 });
    expect(backend.supports('matmul', 'float64')).toBe(true);
    expect(backend.supports('matmul', 'int32')).toBe(false);
    expect(backend.supports('cholesky', 'float32')).toBe(false);
    expect(backend.supports('gather', 'int32')).toBe(true);
  });

  it('refuses numbers of threads that make no sense', async () => {
    await expect(wasm({ threads: 0, relaxed: false })).rejects.toThrow(DomainError);
    await expect(wasm({ threads: 1.5, relaxed: false })).rejects.toThrow(
      'whole number from 1 to 64, got 1.5',
    );
  });

  it('counts bytes in buffers and forgets them when they are freed', async () => {
    const backend = await wasm({ runtime: new WasmRuntime({ threads: 1 }) });
    const buffer = backend.upload([1, 2, 3], 'float64');
    expect(backend.bytesInUse()).toBe(24);
    backend.free(buffer);
    expect(backend.bytesInUse()).toBe(0);
    expect(() => backend.free(buffer)).toThrow('was freed before');
  });

  it('refuses operands that were freed or live elsewhere', async () => {
    const backend = await wasm({ runtime: new WasmRuntime({ threads: 1 }) });
    const freed = operand(backend, [3]);
    backend.free(freed.buffer);
    expect(() => backend.kernels.unary('exp', freed)).toThrow('was freed before');
    expect(() => backend.kernels.unary('exp', operand(cpu(), [3]))).toThrow('another backend');
  });

  it('says how much memory was asked for when there is no more', async () => {
    const backend = await wasm({ runtime: new WasmRuntime({ threads: 1, maximumBytes: 4 << 20 }) });
    const kept = backend.upload(new Float32Array(100_000), 'float32');
    const attempt = () => backend.kernels.fill(2_000_000, 1, 'float32');
    expect(attempt).toThrow(BackendError);
    expect(attempt).toThrow(/7\.6 MiB asked for, .* in use, at most 4\.0 MiB .*smaller batches/);
    expect(backend.readSync!(kept)).toHaveLength(100_000);
    backend.free(kept);
  });

  it('works on after dispose, which only ends its threads', async () => {
    const backend = await wasm({ runtime: new WasmRuntime({ threads: 2 }) });
    const x = operand(backend, [300_000]);
    const exponentials = () => Buffer.from(backend.readSync!(backend.kernels.unary('exp', x)).buffer);
    const before = exponentials();
    backend.dispose();
    expect(before.equals(exponentials())).toBe(true);
    backend.dispose();
  });
});
