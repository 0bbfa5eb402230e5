import { seededRng } from '@spinformer/numerics';
import { WasmRuntime } from '@spinformer/tensor/wasm';
import { describe, expect, it } from 'vitest';
import { toLatticeGasGauge } from '../../../src/gauge.ts';
import { sampleChains } from '../../../src/sampling/sample-chains.ts';
import { randomModel } from '../../support/random-models.ts';
import { referenceSweeps } from '../../support/reference-sweeps.ts';

const RULES = ['heat-bath', 'metropolis'] as const;
const SHAPES = [
  { sites: 2, states: 2, chains: 1 },
  { sites: 5, states: 3, chains: 7 },
  { sites: 17, states: 21, chains: 6 },
  { sites: 33, states: 5, chains: 530 },
  { sites: 18, states: 37, chains: 5 },
];

describe('the SIMD sweeps equal plain TypeScript bit for bit', () => {
  for (const rule of RULES)
    for (const { sites, states, chains } of SHAPES)
      it(`${rule}, ${sites} sites, ${states} states, ${chains} chains`, async () => {
        const model = randomModel(sites, states, { seed: sites });
        // With 4k + 1 states the kernel's rows are in the gauge in which the last state needs no column.
        const seen = states % 4 === 1 ? toLatticeGasGauge(model) : model;
        const runtime = new WasmRuntime({ threads: 1 });
        let before: { keys: Int32Array; values: Int32Array; sweep: number } | undefined;
        const options = {
          chains,
          sweeps: 3,
          thinning: 1,
          kernel: rule,
          beta: 0.9,
          rng: seededRng(3),
          runtime,
        };
        for await (const { state } of sampleChains(model, options)) {
          if (before) {
            referenceSweeps(seen, 0.9, before.keys, before.values, before.sweep, 1, rule);
            expect(state.values).toEqual(before.values);
          }
          before = { keys: state.keys, values: state.values.slice(), sweep: state.sweep };
        }
        expect(before?.sweep).toBe(3);
      });
});

describe('samples depend on the seed alone', () => {
  const model = randomModel(12, 4);
  const run = async (threads: number, thinning: number, shared = true) => {
    const runtime = new WasmRuntime({ threads, relaxed: shared });
    let last: Int32Array | undefined;
    for await (const tick of sampleChains(model, {
      chains: 1100,
      sweeps: 6,
      thinning,
      rng: seededRng(9),
      runtime,
    }))
      last = tick.configurations.values;
    runtime.stop();
    return last;
  };

  it('not on the number of threads, on thinning, or on fused multiply-add', async () => {
    const expected = await run(1, 6);
    expect(await run(2, 6)).toEqual(expected);
    expect(await run(3, 2)).toEqual(expected);
    expect(await run(1, 6, false)).toEqual(expected);
  });

  it('not on being stopped and resumed', async () => {
    const rng = () => seededRng(9);
    const runtime = new WasmRuntime({ threads: 1 });
    const all = { chains: 40, sweeps: 6, thinning: 2, runtime };
    const ticks = [];
    for await (const tick of sampleChains(model, { ...all, rng: rng() })) ticks.push(tick);
    const resumed = [];
    for await (const tick of sampleChains(model, { ...all, rng: seededRng(0), resume: ticks[0].state }))
      resumed.push(tick);
    expect(resumed.map((tick) => tick.state)).toEqual(ticks.slice(1).map((tick) => tick.state));
  });
});
