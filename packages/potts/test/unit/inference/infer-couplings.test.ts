import { type Configurations, seededRng } from '@spinformer/numerics';
import { WasmRuntime } from '@spinformer/tensor/wasm';
import { describe, expect, it } from 'vitest';
import { inferCouplings } from '../../../src/inference/infer-couplings.ts';
import { inferenceFootprint } from '../../../src/inference/inference-footprint.ts';
import { inferenceMemory } from '../../../src/inference/inference-memory.ts';
import type { InferenceMethod, InferenceOptions } from '../../../src/inference/inference-options.ts';
import { checkModel } from '../../../src/model.ts';
import { allTicks, lastTick, randomData } from '../../support/random-data.ts';

const data = randomData(60, 6, 4, { seed: 2 });
const runtime = new WasmRuntime({ threads: 1 });
const first = (changes: Partial<Configurations>, options: InferenceOptions = {}) =>
  inferCouplings({ ...data, ...changes }, { runtime, ...options }).next();

describe('inferCouplings says what is wrong', () => {
  const values = (k: number, value: number) => data.values.map((old, index) => (index === k ? value : old));
  const weights = (value: number) => new Float64Array(60).fill(value);
  const cases: [string, Partial<Configurations>, InferenceOptions, RegExp][] = [
    ['one state', { states: 1 }, {}, /states must be a whole number from 2 to 127, got 1\. With one state/],
    ['one site', { sites: 1, samples: 360 }, {}, /sites must be a whole number of at least 2, got 1/],
    ['ragged', { samples: 59 }, {}, /values must hold 59 × 6 = 354 entries, got 360/],
    ['a letter out of range', { values: values(13, 4) }, {}, /sample 2, site 1 is 4; states run from 0 to 3/],
    ['no data', { samples: 0, values: new Int32Array(), weights: new Float64Array() }, {}, /no data/],
    ['weights of zero', { weights: weights(0) }, {}, /weights add up to 0/],
    ['a negative weight', { weights: weights(-1) }, {}, /weight of sample 0 is -1/],
    ['NaN weights', { weights: weights(Number.NaN) }, {}, /weight of sample 0 is NaN/],
    ['too few weights', { weights: new Float64Array(3) }, {}, /weights must hold 60 numbers, got 3/],
    ['method', {}, { method: 'bmdca' as 'plm' }, /one of 'plm', 'plm-asymmetric', .* got 'bmdca'/],
    ['penalty', {}, { couplingPenalty: -1 }, /couplingPenalty must be a finite number of at least 0, got -1/],
    ['group', {}, { groupPenalty: -2 }, /groupPenalty must be a finite number of at least 0, got -2/],
    ['pseudocount', {}, { method: 'gaussian', pseudocount: 2 }, /pseudocount is a share .* 0…1, got 2/],
    ['shrinkage', {}, { method: 'mean-field', shrinkage: -1 }, /shrinkage must be a finite number .* got -1/],
    [
      'an option of another method',
      {},
      { method: 'plm', pseudocount: 0.5 } as InferenceOptions,
      /pseudocount is no option of method 'plm'; it belongs to mean-field, gaussian, boltzmann/,
    ],
    [
      'an option of no method',
      {},
      { lambda: 0.5 } as InferenceOptions,
      /lambda is no option of method 'plm'; no method has it/,
    ],
    [
      'a group penalty site by site',
      {},
      { method: 'plm-asymmetric', groupPenalty: 1 },
      /groupPenalty is no option of method 'plm-asymmetric'; it belongs to plm\./,
    ],
    ['steps', {}, { maximumSteps: 0 }, /maximumSteps must be at least 1, got 0/],
  ];
  for (const [name, changes, options, message] of cases)
    it(name, async () => {
      await expect(first(changes, options)).rejects.toThrow(message);
    });

  it('a problem that does not fit, before it starts', async () => {
    const small = new WasmRuntime({ threads: 1, maximumBytes: 1 << 20 });
    const large = randomData(50, 40, 20);
    await expect(inferCouplings(large, { runtime: small }).next()).rejects.toThrow(
      /40 sites of 20 states and 50 sequences need about .* GiB, the runtime has .* Use method 'plm-asymmetric'/,
    );
    expect(small.bytesInUse).toBe(0);
  });

  it('a state of another problem or method', async () => {
    const { value } = await first({});
    const other = randomData(60, 7, 4);
    const resume = value.state;
    await expect(inferCouplings(other, { runtime, resume }).next()).rejects.toThrow(/another problem/);
    await expect(first({}, { method: 'plm-asymmetric', resume })).rejects.toThrow(/of method 'plm'/);
  });
});

for (const method of ['plm', 'plm-asymmetric'] as const)
  describe(`inferCouplings, ${method}`, () => {
    it('takes a column of missing entries only, and one sequence', async () => {
      const holes = { ...data, values: data.values.map((value, k) => (k % 6 === 2 ? -1 : value)) };
      const { status, model } = await lastTick(inferCouplings(holes, { runtime, method }));
      expect(status).toBe('converged');
      expect(model!.fields.subarray(8, 12).every((field) => Math.abs(field) < 1e-6)).toBe(true);
      const one = {
        ...data,
        samples: 1,
        values: data.values.slice(0, 6),
        weights: new Float64Array(1).fill(1),
      };
      expect((await lastTick(inferCouplings(one, { runtime, method }))).status).toBe('converged');
    });

    it('stops at the limit and when told to, with a remedy', async () => {
      const limited = await lastTick(
        inferCouplings(data, { runtime, method, maximumSteps: 2, tolerance: 0, couplingPenalty: 0.1 }),
      );
      expect(limited.status).toBe('step-limit');
      expect(limited.remedy).toMatch(/maximumSteps/);
      const signal = AbortSignal.abort();
      const aborted = await lastTick(inferCouplings(data, { runtime, method, signal }));
      expect(aborted.status).toBe('aborted');
      expect(aborted.state).toBeDefined();
    });

    it('refuses to give the state of a tick that is past', async () => {
      const ticks = await allTicks(inferCouplings(data, { runtime, method }));
      expect(ticks.length).toBeGreaterThan(1);
      expect(() => ticks[0].state).toThrow(/read the state of a tick before/);
      expect(ticks.at(-1)?.state).toBeDefined();
    });

    it('stays within its memory estimate', async () => {
      const rng = seededRng(4);
      for (const [samples, sites, states] of [
        [300, 30, 21],
        [2000, 8, 5],
        [40, 12, 64],
      ]) {
        const fresh = new WasmRuntime({ threads: 2 });
        const ticks = inferCouplings(randomData(samples, sites, states, { rng }), { runtime: fresh, method });
        await ticks.next();
        await ticks.next();
        const estimate = inferenceMemory(sites, states, samples, { method, threads: 2 });
        expect(fresh.bytesInUse).toBeLessThanOrEqual(estimate);
        expect(fresh.bytesInUse).toBeGreaterThan(estimate / 20);
        await ticks.return(undefined);
        fresh.stop();
      }
    });
  });

describe('inferCouplings by every method', () => {
  const small = randomData(200, 6, 4, { seed: 2, weighted: true });
  const options: Record<InferenceMethod, InferenceOptions> = {
    plm: {},
    'plm-asymmetric': { method: 'plm-asymmetric' },
    'mean-field': { method: 'mean-field' },
    gaussian: { method: 'gaussian' },
    boltzmann: { method: 'boltzmann', chains: 200, targetPearson: 0.8, rng: seededRng(1) },
  };

  it.each(Object.keys(options) as InferenceMethod[])(
    '%s ends with a model and the shared metrics',
    async (method) => {
      const tick = await lastTick(inferCouplings(small, { ...options[method], runtime } as InferenceOptions));
      expect(tick.status).toBe('converged');
      expect(checkModel('test', tick.model!)).toBeUndefined();
      const { objective, gradientNorm, iterations, evaluations } = tick.metrics;
      for (const figure of [objective, gradientNorm, iterations, evaluations])
        expect(Number.isFinite(figure)).toBe(true);
      expect(iterations).toBeGreaterThan(0);
    },
  );

  it.each(['mean-field', 'gaussian'] as const)('%s stays within its memory estimate', async (method) => {
    for (const [samples, sites, states] of [
      [100, 30, 21],
      [50, 60, 4],
    ]) {
      const fresh = new WasmRuntime({ threads: 2 });
      const tight = inferenceMemory(sites, states, samples, { method, threads: 2 });
      const bounded = new WasmRuntime({ threads: 2, maximumBytes: fresh.bytesInUse + tight + (1 << 20) });
      const { status } = await lastTick(
        inferCouplings(randomData(samples, sites, states), { method, runtime: bounded }),
      );
      expect(status).toBe('converged');
      for (const each of [fresh, bounded]) each.stop();
    }
  });

  it('the footprint holds the memory and the model', () => {
    for (const method of Object.keys(options) as InferenceMethod[]) {
      const need = inferenceFootprint(100, 21, 5000, { method });
      expect(need.wasm).toBe(inferenceMemory(100, 21, 5000, { method }));
      expect(need.heap).toBeGreaterThan(4 * 2100 ** 2);
      expect(need.total).toBe(need.wasm + need.heap);
    }
    const largest = inferenceFootprint(500, 21, 50_000, { method: 'plm', threads: 2 });
    expect(largest.total).toBeLessThan(12 * 2 ** 30);
    expect(largest.wasm).toBeLessThan(4 * 2 ** 30);
  });
});
