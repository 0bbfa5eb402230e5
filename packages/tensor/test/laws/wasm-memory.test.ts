import { expect, it } from 'vitest';
import { wasm } from '../../src/index.ts';
import { WasmRuntime } from '../../src/wasm/index.ts';
import { operand } from '../unit/wasm-operands.ts';

const STEPS = 3000;

it(`memory does not grow over ${STEPS} steps`, async () => {
  const runtime = new WasmRuntime({ threads: 2 });
  const backend = await wasm({ runtime });
  const { kernels } = backend;
  const [x, w, bias] = [operand(backend, [37, 24]), operand(backend, [24, 51]), operand(backend, [51])];
  const step = () => {
    const { y, before } = kernels.dense(x, w, bias, 'gelu', false);
    const activations = { buffer: y, shape: [37, 51], dtype: 'float32' as const };
    const options = { transposeA: true, transposeB: false };
    const gradient = kernels.matmul(x, activations, options, [24, 51]);
    const norm = kernels.layerNorm(activations, bias, bias, 1e-5);
    const sums = kernels.reduce('sum', activations, [0]);
    for (const buffer of [y, before!, gradient, norm.y, norm.mean, norm.inverse, sums]) backend.free(buffer);
  };
  for (let k = 0; k < 10; k++) step();
  const [bytes, inUse] = [runtime.memory.buffer.byteLength, backend.bytesInUse()];
  for (let k = 0; k < STEPS; k++) step();
  expect(runtime.memory.buffer.byteLength).toBe(bytes);
  expect(backend.bytesInUse()).toBe(inUse);
  backend.dispose();
});
