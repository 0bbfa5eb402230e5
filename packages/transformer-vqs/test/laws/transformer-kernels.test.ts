// The kernels that carry several samples at once: neither threads, nor neighbours in a batch, nor precision may show.
import { seededRng } from '@spinformer/numerics';
import { mapTree, readSync, tensor, wasm, withBackend } from '@spinformer/tensor';
import { WasmRuntime } from '@spinformer/tensor/wasm';
import { describe, expect, it } from 'vitest';
import { amplitudeEvaluator, amplitudeJacobian, transformerState } from '../../src/index.ts';
import { randomSpins } from '../helpers/random-spins.ts';

/** Float32 through two layers, against float64; log ψ and its derivatives are of order one to ten. */
const FLOAT32 = 2e-4;

const wave = transformerState({ lattice: { shape: [4, 6] }, width: 12, heads: 3, layers: 2 });
const SAMPLES = 21;
const spins = randomSpins(seededRng('spins'), SAMPLES, 24);
const one = await wasm({ runtime: new WasmRuntime({ threads: 1 }) });
const three = await wasm({ runtime: new WasmRuntime({ threads: 3 }) });

function results(backend: typeof one, dtype: 'float32' | 'float64', configurations = spins) {
  return withBackend(backend, () => {
    const parameters = mapTree(wave.init(seededRng(3), 'float32'), (leaf) =>
      tensor(readSync(leaf), leaf.shape, dtype),
    );
    const { real, imaginary } = amplitudeEvaluator(wave, parameters).logAmplitudes(configurations);
    return { real, imaginary, jacobian: readSync(amplitudeJacobian(wave, parameters, configurations)) };
  });
}

describe.each(['float32', 'float64'] as const)('in %s', (dtype) => {
  it('one thread gives the bits of three', () => {
    expect(results(one, dtype)).toEqual(results(three, dtype));
  });

  it('a sample alone gives its bits in a batch', () => {
    const all = results(three, dtype);
    const count = wave.parameterCount;
    for (const s of [0, 8, SAMPLES - 1]) {
      const alone = results(one, dtype, spins.subarray(s * 24, (s + 1) * 24));
      expect(alone.real[0]).toBe(all.real[s]);
      expect(alone.imaginary[0]).toBe(all.imaginary[s]);
      expect(alone.jacobian.slice(0, count)).toEqual(all.jacobian.slice(s * count, (s + 1) * count));
      expect(alone.jacobian.slice(count)).toEqual(
        all.jacobian.slice((SAMPLES + s) * count, (SAMPLES + s + 1) * count),
      );
    }
  });
});

it('float32 agrees with float64', () => {
  const [low, high] = [results(one, 'float32'), results(one, 'float64')];
  for (const part of ['real', 'imaginary', 'jacobian'] as const)
    for (let k = 0; k < high[part].length; k++)
      expect(Math.abs(low[part][k] - high[part][k])).toBeLessThan(
        FLOAT32 * Math.max(1, Math.abs(high[part][k])),
      );
});

it('no configurations give no results', () => {
  const { real, jacobian } = results(one, 'float32', new Int8Array(0));
  expect([real.length, jacobian.length]).toEqual([0, 0]);
});
