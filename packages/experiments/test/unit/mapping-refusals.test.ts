import { seededRng } from '@spinformer/numerics';
import { cpu, useBackend } from '@spinformer/tensor';
import { beforeAll, describe, expect, it } from 'vitest';
import { mapping, replicaCurve, resolveConfig } from '../../src/index.ts';

describe('what the studies of the mapping and of the replica curve refuse', () => {
  beforeAll(() => useBackend(cpu()));

  it('an encoder whose heads do not divide its width, before anything is sampled', async () => {
    const config = resolveConfig(mapping, 'quick', { encoders: ['1x8'], width: 12 });
    const first = mapping.run(config, { rng: seededRng(1) });
    const ticks = async () => {
      for await (const { phase } of first) expect(phase).toBe('drawing the model');
    };
    await expect(ticks()).rejects.toThrow(/heads must divide width, got 8 heads and width 12/);
  });

  it('encoders that are not on the list, by name', () => {
    expect(() => resolveConfig(mapping, 'quick', { encoders: ['9x9'] })).toThrow(
      /encoders.0 must be one of 1x1, 1x2/,
    );
  });

  it('negative loads and ridges, and couplings beyond the paramagnet', () => {
    expect(() => resolveConfig(replicaCurve, 'quick', { loads: [-1] })).toThrow(
      /loads.0 must be a number from 0.05 to 64, got -1/,
    );
    expect(() => resolveConfig(replicaCurve, 'quick', { ridges: [-1] })).toThrow(
      /ridges.0 must be a number from/,
    );
    expect(() => resolveConfig(replicaCurve, 'quick', { beta: 1.2 })).toThrow(
      /beta must be a number from 0.01 to 0.95/,
    );
  });
});
