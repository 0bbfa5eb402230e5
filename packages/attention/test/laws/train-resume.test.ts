import { type Configurations, decodeCheckpoint, encodeCheckpoint, seededRng } from '@spinformer/numerics';
import { cpu, currentBackend, useBackend, wasm } from '@spinformer/tensor';
import { beforeAll, describe, expect, it } from 'vitest';
import { factoredAttention } from '../../src/factored-attention.ts';
import { standardEncoder } from '../../src/standard-encoder.ts';
import type { TrainState } from '../../src/train-state.ts';
import { allTicks } from '../helpers/train.ts';

const rng = seededRng(11);
const data: Configurations = {
  samples: 45,
  sites: 5,
  states: 3,
  values: Int32Array.from({ length: 225 }, () => rng.integer(4) - 1),
  weights: Float64Array.from({ length: 45 }, () => 0.5 + rng.uniform()),
};
const factored = factoredAttention({ sites: 5, states: 3, heads: 2 });
const encoder = standardEncoder({ sites: 5, states: 3, layers: 1, heads: 2, width: 8 });
const cases = [
  { name: 'adam on a factored layer', model: factored, options: { steps: 30, batch: 8, tickEvery: 10 } },
  {
    name: 'adam on an encoder, one mask, patience, test data',
    model: encoder,
    options: { steps: 30, batch: 8, tickEvery: 10, warmup: 5, clipNorm: 0.5, patience: 9, test: data },
  },
  {
    name: 'lbfgs with a penalty',
    model: factored,
    options: {
      optimizer: 'lbfgs' as const,
      steps: 12,
      tickEvery: 4,
      penalty: { couplings: 0.01, fields: 0.01 },
    },
  },
  {
    name: 'lbfgs with drawn masks',
    model: encoder,
    options: { optimizer: 'lbfgs' as const, steps: 6, tickEvery: 2 },
  },
];

const backends = [
  { backend: 'cpu', make: async () => cpu() },
  { backend: 'wasm', make: () => wasm() },
];

describe.each(backends)('a resumed training on $backend', ({ make }) => {
  beforeAll(async () => useBackend(await make()));

  it.each(cases)('equals one that was never stopped, bit for bit: $name', async ({ model, options }) => {
    const whole = await allTicks(model as typeof factored, data, { ...options, rng: seededRng(1) });
    const early = whole.find((tick) => tick.step > 0)!;
    const stored = decodeCheckpoint(encodeCheckpoint(early.state)) as TrainState;
    const rest = await allTicks(model as typeof factored, data, {
      ...options,
      rng: seededRng(999),
      resume: stored,
    });
    expect(rest.length).toBeGreaterThan(0);
    expect(rest).toEqual(whole.slice(whole.indexOf(early) + 1));
  });

  it.each(cases)('and a training leave no tensors behind: $name', async ({ model, options }) => {
    const before = currentBackend().bytesInUse();
    await allTicks(model as typeof factored, data, { ...options, rng: seededRng(2) });
    expect(currentBackend().bytesInUse()).toBe(before);
  });

  it('may be aborted between ticks: the resumed run shows the same ticks', async () => {
    const options = { steps: 30, batch: 8, tickEvery: 10 };
    const whole = await allTicks(factored, data, { ...options, rng: seededRng(4) });
    let asked = 0;
    const signal = {
      get aborted() {
        return ++asked === 7;
      },
    } as AbortSignal;
    const [aborted] = await allTicks(factored, data, { ...options, rng: seededRng(4), signal });
    expect([aborted.status, aborted.step]).toEqual(['aborted', 7]);
    const rest = await allTicks(factored, data, { ...options, rng: seededRng(5), resume: aborted.state });
    expect(rest).toEqual(whole);
  });

  it('does not depend on how often it ticks', async () => {
    const [often, seldom] = await Promise.all(
      [5, 30].map((tickEvery) =>
        allTicks(factored, data, { rng: seededRng(3), steps: 30, batch: 16, tickEvery }),
      ),
    );
    expect(often.at(-1)!.state.parameters).toEqual(seldom.at(-1)!.state.parameters);
  });

  it('is refused with another model or optimizer', async () => {
    const [tick] = await allTicks(factored, data, { rng: seededRng(1), steps: 1 });
    const other = factoredAttention({ sites: 5, states: 3, heads: 1 });
    await expect(allTicks(other, data, { rng: seededRng(1), resume: tick.state })).rejects.toThrow(
      "trainMasked: the state to resume is of 'factored 5x3, 2 heads, learned values', but the model is 'factored 5x3, 1 head, learned values'. Build the same model.",
    );
    await expect(
      allTicks(factored, data, { rng: seededRng(1), resume: tick.state, optimizer: 'lbfgs' }),
    ).rejects.toThrow("the state to resume is of optimizer 'adam', but 'lbfgs' is asked for");
  });
});
