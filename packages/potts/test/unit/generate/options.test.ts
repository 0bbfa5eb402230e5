import { seededRng } from '@spinformer/numerics';
import { describe, expect, it } from 'vitest';
import { conditionModel, fixedSites, type GenerateOptions, generateSequences } from '../../../src/index.ts';
import { randomModel } from '../../support/random-models.ts';

const model = randomModel(3, 4);
const first = (options: Partial<GenerateOptions>) =>
  generateSequences(model, { rng: seededRng(1), count: 4, ...options }).next();

describe('generateSequences', () => {
  it('names what is wrong', async () => {
    await expect(first({ count: 0 })).rejects.toThrow('count must be a whole number of at least 2, got 0');
    await expect(first({ temperature: 0 })).rejects.toThrow('temperature must be a positive number, got 0');
    await expect(first({ sweeps: 1 })).rejects.toThrow('sweeps must be a whole number of at least 2, got 1');
    await expect(first({ tolerance: -1 })).rejects.toThrow('tolerance must be at least 0');
    const start = { samples: 1, sites: 2, states: 4, values: new Int32Array(2) };
    await expect(first({ start })).rejects.toThrow('start must hold sequences of 3 sites, got 1 of 2');
    await expect(first({ fixed: new Map([[3, 0]]) })).rejects.toThrow('fixed site 3 is none of 0…2');
    await expect(first({ fixed: new Map([[0, 4]]) })).rejects.toThrow(
      'site 0 is fixed to 4; states run from 0 to 3',
    );
  });

  it('makes as many sweeps as it is told, in one tick', async () => {
    const ticks = [];
    for await (const tick of generateSequences(model, { rng: seededRng(1), count: 8, sweeps: 11 }))
      ticks.push(tick);
    expect(ticks.map(({ step, status }) => [step, status])).toEqual([[11, 'converged']]);
  });

  it('stops on request', async () => {
    const ticks = [];
    for await (const tick of generateSequences(model, {
      rng: seededRng(1),
      count: 8,
      signal: AbortSignal.abort(),
    }))
      ticks.push(tick.status);
    expect(ticks).toEqual(['aborted']);
  });
});

describe('fixedSites', () => {
  it('reads templates', () => {
    expect(fixedSites('-?B', { sites: 3, letters: '-AB' })).toEqual(
      new Map([
        [0, 0],
        [2, 2],
      ]),
    );
    expect(() => fixedSites('A?', { sites: 3, letters: '-AB' })).toThrow(
      'the template has 2 letters, the model 3 sites',
    );
    expect(() => fixedSites('A?C', { sites: 3, letters: '-AB' })).toThrow(
      '"C" at site 2 is none of the letters "-AB"',
    );
    expect(() => conditionModel(model, new Map([0, 1, 2].map((site) => [site, 0])))).toThrow(
      'every site is fixed',
    );
  });
});
