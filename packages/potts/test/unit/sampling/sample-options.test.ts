import { seededRng } from '@spinformer/numerics';
import { describe, expect, it } from 'vitest';
import { drawConfigurations, sampleChains } from '../../../src/sampling/sample-chains.ts';
import type { SampleOptions, SampleTick } from '../../../src/sampling/sample-options.ts';
import { randomModel } from '../../support/random-models.ts';

const model = randomModel(3, 2);
const options = { chains: 5, sweeps: 4, rng: seededRng(1) };
const first = (changes: Partial<SampleOptions>) => sampleChains(model, { ...options, ...changes }).next();

describe('sampleChains says what is wrong', () => {
  const cases: [string, Partial<SampleOptions>, RegExp][] = [
    ['no chains', { chains: 0 }, /chains must be a whole number of at least 1, got 0/],
    ['half a sweep', { sweeps: 0.5 }, /sweeps must be a whole number/],
    ['negative beta', { beta: -1 }, /beta must be a finite number of at least 0, got -1/],
    ['unknown kernel', { kernel: 'wolff' as 'metropolis' }, /'heat-bath' or 'metropolis', got 'wolff'/],
    ['short start', { start: new Int32Array(3) }, /start must hold 5 × 3 states, got 3/],
    ['missing entry', { start: new Int32Array(15).fill(-1) }, /chain 0, site 0 is -1/],
  ];
  for (const [name, changes, message] of cases)
    it(name, async () => {
      await expect(first(changes)).rejects.toThrow(message);
    });

  it('a state of other options', async () => {
    const { value } = await first({});
    await expect(first({ chains: 6, resume: value.state })).rejects.toThrow(/not of 6 heat-bath chains/);
  });
});

describe('sampleChains', () => {
  it('yields a tick after every `thinning` sweeps', async () => {
    const steps: number[] = [];
    for await (const tick of sampleChains(model, { ...options, sweeps: 5, thinning: 2 }))
      steps.push(tick.step);
    expect(steps).toEqual([2, 4, 5]);
  });

  it('starts from the given configurations', async () => {
    const start = new Int32Array(15).fill(1);
    const { value } = await first({ start, beta: 0, kernel: 'metropolis', sweeps: 1 });
    // At β = 0 Metropolis accepts every proposal, and with two states the other one is proposed.
    expect(Array.from(value.configurations.values)).toEqual(new Array(15).fill(0));
  });

  it('stops when it is told to, and goes on from there', async () => {
    const controller = new AbortController();
    const ticks: SampleTick[] = [];
    const { signal } = controller;
    for await (const tick of sampleChains(model, { ...options, rng: seededRng(1), thinning: 1, signal })) {
      ticks.push(tick);
      controller.abort();
    }
    expect(ticks.map((tick) => tick.status)).toEqual(['running', 'aborted']);
    expect(ticks[1].remedy).toMatch(/Resume/);
    const rest: SampleTick[] = [];
    for await (const tick of sampleChains(model, { ...options, thinning: 1, resume: ticks[1].state }))
      rest.push(tick);
    const whole = await drawConfigurations(model, { ...options, rng: seededRng(1) });
    expect(rest.at(-1)?.configurations.values).toEqual(whole.values);
  });
});

describe('drawConfigurations', () => {
  it('collects what comes after the burn-in', async () => {
    const drawn = await drawConfigurations(model, { ...options, sweeps: 6, thinning: 2, burnIn: 2 });
    expect([drawn.samples, drawn.values.length]).toEqual([10, 30]);
  });
});
