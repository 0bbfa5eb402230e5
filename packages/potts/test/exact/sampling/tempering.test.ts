import { seededRng } from '@spinformer/numerics';
import { WasmRuntime } from '@spinformer/tensor/wasm';
import { describe, expect, it } from 'vitest';
import { energy } from '../../../src/energy.ts';
import { graphToModel } from '../../../src/graphs/dense-conversion.ts';
import { isingGraph } from '../../../src/graphs/ising.ts';
import type { AnyPotts } from '../../../src/sampling/any-model.ts';
import { type TemperTick, temperChains } from '../../../src/sampling/temper-chains.ts';
import { chiSquareTest } from '../../support/chi-square.ts';
import { allTicks, lastTick } from '../../support/random-data.ts';
import { boltzmann, randomModel } from '../../support/random-models.ts';

const LADDERS = 8000;
const P_THRESHOLD = 1e-4;
const BETAS = [0.2, 0.6, 1, 1.6];
const runtime = new WasmRuntime({ threads: 2 });

const dense = randomModel(4, 3, { seed: 11, fields: 0.5, couplings: 0.8 });
const graph = isingGraph({
  sites: 5,
  edges: [
    [0, 1],
    [1, 2],
    [2, 3],
    [3, 4],
    [4, 0],
    [0, 2],
  ],
  coupling: [1, -0.8, 0.9, 0.7, -1.1, 0.6],
});

const CASES: [string, AnyPotts, 'heat-bath' | 'wolff'][] = [
  ['a full model', dense, 'heat-bath'],
  ['a graph', graph, 'heat-bath'],
  ['a graph by clusters', graph, 'wolff'],
];

for (const [name, model, kernel] of CASES)
  describe(`temperChains of ${name}`, () => {
    const full = 'edges' in model ? graphToModel(model) : model;
    const { sites, states } = model;

    it('draws at every temperature what enumeration says, and not what it says at another', async () => {
      const options = { betas: BETAS, ladders: LADDERS, rounds: 25, kernel, rng: seededRng(3), runtime };
      const { configurations, exchanges } = await lastTick(temperChains(model, options));
      BETAS.forEach((beta, k) => {
        const counts = new Float64Array(states ** sites);
        for (let row = k * LADDERS; row < (k + 1) * LADDERS; row++) {
          const values = configurations.values.subarray(row * sites, (row + 1) * sites);
          counts[values.reduce((index, state) => index * states + state, 0)]++;
        }
        expect(chiSquareTest(counts, boltzmann(full, beta))).toBeGreaterThan(P_THRESHOLD);
        expect(chiSquareTest(counts, boltzmann(full, 1.3 * beta))).toBeLessThan(P_THRESHOLD);
      });
      expect(Math.min(...exchanges)).toBeGreaterThan(0.3);
    });

    it('reports energies, and depends on the seed alone', async () => {
      const options = { betas: BETAS, ladders: 30, rounds: 6, thinning: 3, kernel, rng: seededRng(1) };
      const ticks = await allTicks(temperChains(model, { ...options, runtime }));
      const [first, last] = ticks;
      energy(full, last.configurations.values).forEach((value, k) => {
        expect(last.energies[k]).toBeCloseTo(value, 5);
      });
      const single = new WasmRuntime({ threads: 1 });
      const resumed = await lastTick(
        temperChains(model, { ...options, rng: seededRng(0), resume: first.state, runtime: single }),
      );
      expect(resumed.state).toEqual(last.state);
      expect(resumed.configurations).toEqual(last.configurations);
    });
  });

it('stops when it is told to, and goes on from there', async () => {
  const controller = new AbortController();
  const options = { betas: BETAS, ladders: 5, rounds: 8, thinning: 2, rng: seededRng(1), runtime };
  let last: TemperTick | undefined;
  for await (const tick of temperChains(graph, { ...options, signal: controller.signal })) {
    last = tick;
    if (tick.step === 4) controller.abort();
  }
  expect(last).toMatchObject({ step: 4, status: 'aborted' });
  const whole = await lastTick(temperChains(graph, { ...options, rng: seededRng(1) }));
  const rest = await lastTick(temperChains(graph, { ...options, rng: seededRng(0), resume: last!.state }));
  expect(rest.state).toEqual(whole.state);
});

it('says what is wrong', async () => {
  const run = (more: object) =>
    lastTick(
      temperChains(dense, { betas: [0, 1], ladders: 2, rounds: 1, rng: seededRng(1), runtime, ...more }),
    );
  await expect(run({ betas: [1] })).rejects.toThrow('at least two');
  await expect(run({ rounds: 0 })).rejects.toThrow('rounds must be');
  await expect(run({ kernel: 'multi-spin' })).rejects.toThrow("must not be 'multi-spin'");
});
