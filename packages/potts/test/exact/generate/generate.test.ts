import { type PottsLike, seededRng } from '@spinformer/numerics';
import { WasmRuntime } from '@spinformer/tensor/wasm';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import {
  conditionModel,
  energy,
  type GenerateOptions,
  type GenerateTick,
  generateSequences,
  latticePotts,
} from '../../../src/index.ts';
import { chiSquareTest } from '../../support/chi-square.ts';
import { boltzmann, digits, randomModel } from '../../support/random-models.ts';

const runtimes = [1, 2].map((threads) => new WasmRuntime({ threads }));
afterAll(() => {
  for (const runtime of runtimes) runtime.stop();
});

const P_THRESHOLD = 1e-4;
const model = randomModel(4, 3, { seed: 21, fields: 0.5, couplings: 0.6 });

async function generate(of: PottsLike, options: Partial<GenerateOptions>): Promise<GenerateTick[]> {
  const ticks: GenerateTick[] = [];
  const all = { count: 20_000, rng: seededRng(6), runtime: runtimes[0], ...options };
  for await (const tick of generateSequences(of, all)) ticks.push(tick);
  return ticks;
}

function histogram({ sequences }: GenerateTick): Float64Array {
  const { sites, states, values } = sequences;
  const counts = new Float64Array(states ** sites);
  for (let k = 0; k < values.length; k += sites)
    counts[values.subarray(k, k + sites).reduce((index, state) => index * states + state, 0)]++;
  return counts;
}

const last = (ticks: GenerateTick[]) => ticks[ticks.length - 1];

describe('generateSequences', () => {
  it('draws every sequence as often as enumeration says, and sees that it has mixed', async () => {
    const tick = last(await generate(model, {}));
    expect(tick.status).toBe('converged');
    expect(chiSquareTest(histogram(tick), boltzmann(model))).toBeGreaterThan(P_THRESHOLD);
    const { energy: mean } = last(await generate(model, { count: 1000, sweeps: 256 })).mixing;
    expect(mean.rHat).toBeLessThan(1.01);
    const exact = boltzmann(model).reduce(
      (sum, p, k) => sum + p * energy(model, Int32Array.from(digits(k, 4, 3)))[0],
      0,
    );
    expect(Math.abs(mean.mean - exact)).toBeLessThan(5 * mean.standardError);
  });

  it('at another temperature, and the test notices the difference', async () => {
    const counts = histogram(last(await generate(model, { temperature: 0.8 })));
    expect(chiSquareTest(counts, boltzmann(model, 1.25))).toBeGreaterThan(P_THRESHOLD);
    expect(chiSquareTest(counts, boltzmann(model))).toBeLessThan(P_THRESHOLD);
  });

  it('given fixed sites, as the conditional distribution says', async () => {
    const fixed = new Map([
      [1, 2],
      [3, 0],
    ]);
    const tick = last(await generate(model, { fixed }));
    const matches = (k: number) => digits(k, 4, 3)[1] === 2 && digits(k, 4, 3)[3] === 0;
    const kept = boltzmann(model).filter((_, k) => matches(k));
    const total = kept.reduce((sum, p) => sum + p, 0);
    const counts = histogram(tick);
    const within = counts.filter((_, k) => matches(k));
    expect(within.reduce((sum, count) => sum + count, 0)).toBe(20_000);
    expect(
      chiSquareTest(
        within,
        kept.map((p) => p / total),
      ),
    ).toBeGreaterThan(P_THRESHOLD);
    const energies = energy(model, tick.sequences.values);
    const mean = energies.reduce((sum, e) => sum + e, 0) / energies.length;
    expect(tick.metrics.energy).toBeCloseTo(mean, 4);
  });

  it('does not call chains mixed that are frozen', async () => {
    const cold = latticePotts({ shape: [4], states: 3, coupling: 10 });
    const tick = last(await generate(cold, { count: 400, maximumSweeps: 64 }));
    expect(tick.status).toBe('step-limit');
    expect(tick.mixing.remembered).toBeGreaterThan(0.5);
  });

  it('goes on bit for bit, whatever the threads', async () => {
    // Strong enough that one doubling is not enough.
    const slow = randomModel(6, 3, { seed: 2, fields: 0, couplings: 1.5 });
    const options = { count: 600, tolerance: 0.001, maximumSweeps: 128 };
    const whole = await generate(slow, options);
    expect(whole.length).toBeGreaterThan(2);
    const state = structuredClone(whole[0].state);
    const rest = await generate(slow, { ...options, resume: state, rng: seededRng(1), runtime: runtimes[1] });
    expect(rest.map((tick) => tick.metrics)).toEqual(whole.slice(1).map((tick) => tick.metrics));
    expect(last(rest).sequences).toEqual(last(whole).sequences);
  });
});

describe('conditionModel', () => {
  it('shifts all energies by one number', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1000 }), fc.integer({ min: 1, max: 4 }), (seed, count) => {
        const whole = randomModel(5, 3, { seed });
        const rng = seededRng(seed);
        const fixed = new Map(Array.from({ length: count }, (_, k) => [k, rng.integer(3)] as const));
        const { model: part, complete } = conditionModel(whole, fixed);
        const values = new Int32Array(6 * part.sites).map(() => rng.integer(3));
        const shift = energy(whole, complete(values)).map((e, m) => e - energy(part, values)[m]);
        for (const e of shift) expect(e).toBeCloseTo(shift[0], 10);
      }),
      { seed: 1, numRuns: 40 },
    );
  });
});
