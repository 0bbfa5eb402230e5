import { describe, expect, it } from 'vitest';
import { wasm } from '../../src/index.ts';
import { WasmRuntime } from '../../src/wasm/index.ts';
import { operand } from './wasm-operands.ts';

describe('wasm kernels on arrays of nothing', async () => {
  const backend = await wasm({ runtime: new WasmRuntime({ threads: 2 }) });
  const { kernels } = backend;
  const x = (...shape: number[]) => operand(backend, shape);
  const values = (buffer: Parameters<typeof backend.free>[0]) => [...backend.readSync!(buffer)];

  it('sum to zero and have no greatest number', () => {
    expect(values(kernels.reduce('sum', x(0, 2), [0]))).toEqual([0, 0]);
    expect(values(kernels.reduce('max', x(2, 0), [1]))).toEqual([-Infinity, -Infinity]);
  });

  it('multiply to zeroes or to the bias', () => {
    const options = { transposeA: false, transposeB: false };
    expect(values(kernels.matmul(x(2, 0), x(0, 3), options, [2, 3]))).toEqual([0, 0, 0, 0, 0, 0]);
    expect(values(kernels.matmul(x(4, 0, 3), x(4, 3, 2), options, [4, 0, 2]))).toEqual([]);
    const bias = operand(backend, [2], 'float32', [1, 2]);
    expect(values(kernels.dense(x(2, 0), x(0, 2), bias, 'none', false).y)).toEqual([1, 2, 1, 2]);
  });

  it('mix, attend, gather and scatter nothing', () => {
    expect(values(kernels.positionalMixGrad(x(1, 2, 2), x(0, 2, 1, 3), x(0, 2, 1, 3)).dweights)).toEqual([
      0, 0, 0, 0,
    ]);
    expect(values(kernels.attention(x(0, 3, 2, 4), x(0, 3, 2, 4), x(0, 3, 2, 4), null, 1).out)).toEqual([]);
    expect(values(kernels.gather(x(3, 2), operand(backend, [0], 'int32')))).toEqual([]);
    expect(values(kernels.scatterAdd(x(0, 2), operand(backend, [0], 'int32'), 2))).toEqual([0, 0, 0, 0]);
    expect(values(kernels.layerNormGrad(x(0, 2), x(2), x(0), x(0), x(0, 2)).dgain)).toEqual([0, 0]);
  });
});
