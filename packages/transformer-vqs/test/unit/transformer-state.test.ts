import { seededRng } from '@spinformer/numerics';
import { cpu, flattenTree, mul, readSync, treeSize, useBackend } from '@spinformer/tensor';
import { describe, expect, it } from 'vitest';
import {
  amplitudeEvaluator,
  attentionWeights,
  decodeParameters,
  decodeTransformer,
  encodeParameters,
  freezeAttention,
  rbmState,
  type TransformerOptions,
  transformerState,
} from '../../src/index.ts';
import { randomSpins } from '../helpers/random-spins.ts';

useBackend(cpu());

const SMALL = { lattice: { shape: [4, 4] }, width: 8, heads: 2, layers: 2, expansion: 2 } as const;
/** Float64. */
const ROUNDING = 1e-12;

describe('transformerState', () => {
  const plane = (side: number) => ({ lattice: { shape: [side, side] } });
  it.each([
    [{ ...plane(10), width: 60, heads: 10, layers: 4 }, 155_620],
    [{ ...plane(10), width: 60, heads: 10, layers: 8 }, 303_260],
    [{ ...plane(10), width: 72, heads: 12, layers: 8 }, 434_760],
    [{ ...plane(10), width: 72, heads: 12, layers: 8, expansion: 2 }, 267_720],
    [{ ...plane(10), width: 60, heads: 10, layers: 4, attention: 'spatial' }, 155_660],
    [{ ...plane(4), patch: 1, width: 72, heads: 12, layers: 2 }, 116_736],
  ] as readonly [TransformerOptions, number][])(
    'has as many parameters as were published: %#',
    (options, count) => {
      expect(transformerState(options).parameterCount).toBe(count);
    },
  );

  it.each([
    [{ ...SMALL, patch: 3 }, /patch: 3 does not divide the lattice's extent 4. Take one of 1, 2, 4/],
    [{ ...SMALL, heads: 3 }, /heads: 3 do not divide the width 8. Take one of 1, 2, 4, 8/],
    [{ ...SMALL, layers: 0 }, /layers: must be a whole number of at least 1, got 0/],
    [{ ...SMALL, attention: 'flash' as never }, /attention: "flash" is unknown. Choose factored/],
    [{ ...SMALL, lattice: { shape: [2, 2, 2] } }, /one or two directions, got 3/],
  ] as readonly [TransformerOptions, RegExp][])('refuses %o', (options, message) => {
    expect(() => transformerState(options)).toThrow(message);
  });

  it('begins from numbers that depend on the seed alone', () => {
    const wave = transformerState(SMALL);
    expect(treeSize(wave.init(seededRng(7)))).toBe(wave.parameterCount);
    expect(flattenTree(wave.init(seededRng(7)))).toEqual(flattenTree(wave.init(seededRng(7))));
  });
});

describe('attentionWeights', () => {
  const spins = randomSpins(seededRng(1), 20, 16);

  it('shows factored weights by displacement, independent of the input', () => {
    const wave = transformerState(SMALL);
    const parameters = wave.init(seededRng(2), 'float64');
    const [map] = attentionWeights(wave, parameters);
    expect([...map.inputDependence, ...map.translationResidue].every((x) => x < ROUNDING)).toBe(true);
    readSync(parameters.layers[0].position!).forEach((a, k) => {
      expect(Math.abs(map.byDisplacement[k] - a)).toBeLessThan(ROUNDING);
    });
  });

  it('averages t5 weights, which depend on the input and sum to one', () => {
    const wave = transformerState({ ...SMALL, attention: 't5' });
    const parameters = wave.init(seededRng(2), 'float64');
    for (const { mean, inputDependence } of attentionWeights(wave, parameters, spins)) {
      expect(Math.min(...inputDependence)).toBeGreaterThan(1e-6);
      expect(Math.abs(mean.slice(0, 4).reduce((sum, x) => sum + x, 0) - 1)).toBeLessThan(ROUNDING);
    }
    expect(() => attentionWeights(wave, parameters)).toThrow(/t5 attention depends on the configurations/);
  });

  it('freezes an attention without queries into exactly the same state', () => {
    const wave = transformerState({ ...SMALL, attention: 't5' });
    const start = wave.init(seededRng(2), 'float64');
    const blind = start.layers.map((layer) => ({
      ...layer,
      query: mul(layer.query!, 0),
    }));
    const parameters = { ...start, layers: blind };
    const frozen = freezeAttention(wave, parameters, spins);
    const before = amplitudeEvaluator(wave, parameters).logAmplitudes(spins);
    const after = amplitudeEvaluator(frozen.wave, frozen.parameters).logAmplitudes(spins);
    for (let s = 0; s < 20; s++) {
      expect(Math.abs(after.real[s] - before.real[s])).toBeLessThan(1e3 * ROUNDING);
      expect(Math.abs(after.imaginary[s] - before.imaginary[s])).toBeLessThan(1e3 * ROUNDING);
    }
  });
});

describe('state files', () => {
  const wave = transformerState({ ...SMALL, attention: 'decoupled' });
  const parameters = wave.init(seededRng(2), 'float64');

  it('give back the same state, bit for bit', () => {
    const loaded = decodeTransformer(encodeParameters(wave, parameters));
    expect(loaded.wave.architecture).toEqual(wave.architecture);
    expect(flattenTree(loaded.parameters)).toEqual(flattenTree(parameters));
    expect(loaded.parameters.embed.weight.dtype).toBe('float64');
  });

  it('name both architectures where they differ', () => {
    const bytes = encodeParameters(wave, parameters);
    expect(() => decodeParameters(transformerState(SMALL), bytes)).toThrow(/"decoupled".*"factored"/);
    expect(() => decodeParameters(rbmState({ sites: 16 }), bytes)).toThrow(/"decoupled".*"rbm"/);
    const rbm = rbmState({ sites: 16 });
    expect(() => decodeTransformer(encodeParameters(rbm, rbm.init(seededRng(1))))).toThrow(
      /not a transformer state/,
    );
  });
});
