import { type Configurations, seededRng } from '@spinformer/numerics';
import { dispose, tensor, useBackend, wasm } from '@spinformer/tensor';
import { beforeAll, describe, expect, it } from 'vitest';
import { evaluateMasked } from '../../src/evaluate-masked.ts';
import { factoredAttention } from '../../src/factored-attention.ts';
import { standardEncoder } from '../../src/standard-encoder.ts';
import { parametersFromState } from '../../src/train-state.ts';
import { gaussianPotts, heatBath } from '../helpers/set-a.ts';
import { allTicks, lastTick } from '../helpers/train.ts';

const truth = gaussianPotts(6, 3, 2, seededRng(1));
const data = heatBath(truth, 400, 30, seededRng(2));
const test = heatBath(truth, 200, 30, seededRng(3));
const model = factoredAttention({ sites: 6, states: 3 });

beforeAll(async () => useBackend(await wasm()));

describe('trainMasked', () => {
  it('lowers the loss, ticks at the interval and at the end, and counts every metric', async () => {
    const ticks = await allTicks(model, data, {
      rng: seededRng(4),
      steps: 105,
      tickEvery: 25,
      learningRate: 0.02,
      test,
    });
    expect(ticks.map((t) => t.step)).toEqual([25, 50, 75, 100, 105]);
    expect(ticks.at(-1)!.status).toBe('step-limit');
    expect(ticks.at(-1)!.remedy).toContain('steps');
    expect(ticks.at(-1)!.metrics.loss).toBeLessThan(ticks[0].metrics.loss);
    expect(ticks.at(-1)!.metrics.testLoss).toBeLessThan(Math.log(3));
    expect(Object.keys(ticks[0].metrics)).toEqual(['loss', 'testLoss', 'learningRate', 'gradientNorm']);
    const cosine = (step: number) => 0.02 * 0.5 * (1 + Math.cos((Math.PI * (step - 1)) / 105));
    for (const tick of ticks) expect(tick.metrics.learningRate).toBeCloseTo(cosine(tick.step), 12);
  });

  it('reaches with Adam on all sites what L-BFGS reaches', async () => {
    const lbfgs = await lastTick(model, data, { rng: seededRng(5), optimizer: 'lbfgs' });
    expect(lbfgs.status).toBe('converged');
    const adam = await lastTick(model, data, {
      rng: seededRng(6),
      batch: 400,
      steps: 600,
      learningRate: 0.05,
      tickEvery: 600,
    });
    const parameters = parametersFromState(model, adam.state);
    const loss = await evaluateMasked(model, parameters, data, { rng: seededRng(7) });
    expect(loss - lbfgs.metrics.loss).toBeGreaterThan(-1e-7);
    expect(loss - lbfgs.metrics.loss).toBeLessThan(1e-4);
    dispose(parameters);
  });

  it('trains the standard encoder with one mask and with Bernoulli masks', async () => {
    const encoder = standardEncoder({ sites: 6, states: 3, layers: 1, heads: 2, width: 16 });
    for (const masking of ['one', { bernoulli: 0.3 }] as const) {
      const tick = await lastTick(encoder, data, {
        rng: seededRng(8),
        masking,
        steps: 150,
        learningRate: 0.01,
        tickEvery: 50,
        test,
      });
      expect(tick.metrics.testLoss).toBeLessThan(Math.log(3) - 0.02);
    }
  });

  it('counts a sequence of weight two like two sequences', async () => {
    const doubled: Configurations = {
      ...data,
      samples: 500,
      values: Int32Array.from([...data.values, ...data.values.subarray(0, 600)]),
    };
    const weighted = { ...data, weights: Float64Array.from({ length: 400 }, (_, k) => (k < 100 ? 2 : 1)) };
    const options = { optimizer: 'lbfgs' as const, penalty: { couplings: 1e-3, fields: 1e-3 } };
    const a = await lastTick(model, doubled, { rng: seededRng(9), ...options });
    const b = await lastTick(model, weighted, { rng: seededRng(9), ...options });
    expect(Math.abs(a.metrics.loss - b.metrics.loss)).toBeLessThan(1e-9);
    expect(a.metrics.objective).toBeGreaterThan(a.metrics.loss);
  });

  it('says that it diverged, keeps the last finite state and what to do', async () => {
    const ticks = await allTicks(model, data, {
      rng: seededRng(10),
      steps: 40,
      tickEvery: 5,
      learningRate: 1e38,
      schedule: 'constant',
    });
    const last = ticks.at(-1)!;
    expect(last.status).toBe('diverged');
    expect(last.remedy).toContain('lower learningRate');
    const parameters = parametersFromState(model, last.state);
    const loss = await evaluateMasked(model, parameters, data, { rng: seededRng(7) });
    expect(Number.isFinite(loss)).toBe(true);
    dispose(parameters);
  });

  it('stops on a plateau when patience runs out, and at once when aborted', async () => {
    const calm = await lastTick(model, data, {
      rng: seededRng(11),
      steps: 10_000,
      tickEvery: 5,
      learningRate: 0.1,
      schedule: 'constant',
      patience: 3,
      test,
    });
    expect(calm.status).toBe('converged');
    expect(calm.remedy).toContain('patience');
    const controller = new AbortController();
    controller.abort();
    const aborted = await lastTick(model, data, { rng: seededRng(12), signal: controller.signal });
    expect(aborted.status).toBe('aborted');
    expect(aborted.remedy).toContain('resume');
    const full = await lastTick(model, data, {
      rng: seededRng(12),
      signal: controller.signal,
      optimizer: 'lbfgs',
    });
    expect(full.status).toBe('aborted');
  });

  it.each([
    [
      'another length',
      { sites: 5 },
      {},
      'is made for 6 sites and 3 states, but the sequences have 5 sites and 3 states',
    ],
    ['no sequences', { samples: 0, values: new Int32Array(0) }, {}, 'trainMasked: there are no sequences.'],
    [
      'nothing observed',
      { values: new Int32Array(2400).fill(-1) },
      {},
      'every entry is missing (−1), there is nothing to learn from',
    ],
    [
      'a state out of range',
      { values: new Int32Array(2400).fill(3) },
      {},
      'sequence 0, site 0 holds 3; states are 0…2, and −1 for a missing entry.',
    ],
    [
      'ragged values',
      { values: new Int32Array(7) },
      {},
      'values must have 2400 entries [400 samples, 6 sites], got 7.',
    ],
    [
      'too few weights',
      { weights: new Float64Array(3) },
      {},
      'weights must have one entry per sequence, 400, got 3.',
    ],
    ['weights of zero', { weights: new Float64Array(400) }, {}, 'all weights are zero'],
    [
      'negative weights',
      { weights: new Float64Array(400).fill(-1) },
      {},
      'weights must be finite and not negative, weight 0 is -1.',
    ],
    ['no steps', {}, { steps: 0 }, 'trainMasked: steps must be an integer of at least 1, got 0.'],
    [
      'a negative learning rate',
      {},
      { learningRate: -1 },
      'trainMasked: learningRate must be positive, got -1.',
    ],
    ['an empty batch', {}, { batch: 0 }, 'trainMasked: batch must be an integer of at least 1, got 0.'],
    [
      'an unknown optimizer',
      {},
      { optimizer: 'sgd' as never },
      `optimizer must be 'adam' or 'lbfgs', got "sgd".`,
    ],
    [
      'an unknown schedule',
      {},
      { schedule: 'linear' as never },
      `schedule must be 'cosine' or 'constant', got "linear".`,
    ],
    [
      'a negative penalty',
      {},
      { penalty: { couplings: -1 } },
      'penalty: couplings must be finite and not negative, got -1.',
    ],
    [
      'an unknown penalty',
      {},
      { penalty: { biases: 1 } as never },
      "penalty: unknown part 'biases', use couplings, fields or parameters.",
    ],
  ])('refuses %s', async (_, change, options, message) => {
    await expect(lastTick(model, { ...data, ...change }, { rng: seededRng(1), ...options })).rejects.toThrow(
      message,
    );
  });

  it('refuses parameters that are not finite, and couplings penalties on an encoder', async () => {
    const start = {
      ...model.init(seededRng(1)),
      fields: tensor(new Float64Array(18).fill(Number.NaN), [6, 3]),
    };
    await expect(lastTick(model, data, { rng: seededRng(1), start })).rejects.toThrow(
      'start has a parameter that is not finite (tensor 2, entry 0). Start from finite numbers.',
    );
    dispose(start);
    const encoder = standardEncoder({ sites: 6, states: 3, layers: 1, heads: 1, width: 4 });
    await expect(lastTick(encoder, data, { rng: seededRng(1), penalty: { couplings: 1 } })).rejects.toThrow(
      'has no couplings to penalise. Use { parameters: λ }.',
    );
    await expect(lastTick(encoder, data, { rng: seededRng(1), masking: 'all-sites' })).rejects.toThrow(
      'would copy the answer',
    );
  });
});
