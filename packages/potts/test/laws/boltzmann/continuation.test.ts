import { seededRng } from '@spinformer/numerics';
import { WasmRuntime } from '@spinformer/tensor/wasm';
import { afterAll, describe, expect, it } from 'vitest';
import { type BoltzmannOptions, inferBoltzmann, type LearningRule } from '../../../src/index.ts';
import { enumeratedData, learn } from '../../support/learn.ts';
import { randomModel } from '../../support/random-models.ts';

const runtimes = [1, 2].map((threads) => new WasmRuntime({ threads }));
afterAll(() => {
  for (const runtime of runtimes) runtime.stop();
});

const data = enumeratedData(randomModel(5, 3, { seed: 8, couplings: 0.4 }));
const options = (rule: LearningRule, runtime = runtimes[0]): BoltzmannOptions => ({
  rng: seededRng(3),
  rule,
  chains: 2100,
  maximumSteps: 12,
  targetPearson: 0.9,
  confirmationSweeps: 2,
  learningRate: 0.05,
  runtime,
});

for (const rule of ['natural', 'adam', 'gradient'] as const)
  describe(`Boltzmann learning, ${rule}`, () => {
    it('stopped and resumed, takes the same way bit for bit', async () => {
      const whole = await learn(data, options(rule));
      let state: (typeof whole)[number]['state'] | undefined;
      for await (const tick of inferBoltzmann(data, options(rule)))
        if (tick.step === 2) {
          state = structuredClone(tick.state);
          break;
        }
      if (!state) throw new Error('no state');
      const rest = await learn(data, { ...options(rule), resume: state, rng: seededRng(99) });
      expect(rest.map((tick) => tick.metrics)).toEqual(whole.slice(2).map((tick) => tick.metrics));
      expect(rest.at(-1)?.model).toEqual(whole.at(-1)?.model);
      expect(rest.at(-1)?.state).toEqual(whole.at(-1)?.state);
    });

    it('does not depend on the number of threads', async () => {
      const [one, two] = await Promise.all(runtimes.map((runtime) => learn(data, options(rule, runtime))));
      expect(two.map((tick) => tick.metrics)).toEqual(one.map((tick) => tick.metrics));
      expect(two.at(-1)?.model).toEqual(one.at(-1)?.model);
    });
  });

describe('Boltzmann learning on some pairs', () => {
  it('gives couplings to those alone', async () => {
    const pairs = [
      [0, 1],
      [4, 2],
    ] as const;
    const start = randomModel(5, 3, { seed: 9 });
    const { model } = (await learn(data, { ...options('natural'), pairs, start })).at(-1) ?? {};
    if (!model) throw new Error('no model');
    const strong = (i: number, j: number) =>
      model.couplings.subarray((i * 5 + j) * 9, (i * 5 + j + 1) * 9).some((J) => J !== 0);
    for (let i = 0; i < 5; i++)
      for (let j = 0; j < 5; j++)
        expect(strong(i, j)).toBe(pairs.some(([a, b]) => (i === a && j === b) || (i === b && j === a)));
  });
});

describe('a stopped learning', () => {
  it('says so and leaves no memory behind', async () => {
    const controller = new AbortController();
    const before = runtimes[0].bytesInUse;
    const seen: string[] = [];
    for await (const tick of inferBoltzmann(data, { ...options('natural'), signal: controller.signal })) {
      seen.push(tick.status);
      if (tick.step === 2) controller.abort();
    }
    expect(seen).toEqual(['running', 'running', 'running', 'aborted']);
    // The runtime keeps its threads' scratch for the next job.
    expect(runtimes[0].bytesInUse).toBeLessThanOrEqual(before);
  });
});
