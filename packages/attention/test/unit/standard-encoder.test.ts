import { seededRng } from '@spinformer/numerics';
import { dispose, treeLeaves } from '@spinformer/tensor';
import { describe, expect, it } from 'vitest';
import { attentionMaps } from '../../src/attention-maps.ts';
import { standardEncoder } from '../../src/standard-encoder.ts';

describe('standardEncoder', () => {
  it('has the parameters that its sizes say', () => {
    const model = standardEncoder({ sites: 20, states: 10, layers: 1, heads: 1, width: 64 });
    const parameters = model.init(seededRng(1));
    const count = treeLeaves(parameters).reduce((total, leaf) => total + leaf.size, 0);
    const block = 4 * (64 * 64 + 64) + 2 * 2 * 64 + (64 * 256 + 256) + (256 * 64 + 64);
    expect(count).toBe(11 * 64 + 20 * 64 + block + 2 * 64 + 64 * 10 + 10);
    expect(model.name).toBe('encoder 20x10, 1 layer, 1 head, width 64, relu 256');
    dispose(parameters);
  });

  it('gives maps of every layer and head whose rows sum to one', async () => {
    const model = standardEncoder({ sites: 4, states: 3, layers: 2, heads: 2, width: 8 });
    const parameters = model.init(seededRng(2));
    const data = { samples: 2, sites: 4, states: 3, values: Int32Array.of(0, 1, 2, -1, 2, 2, 0, 1) };
    const maps = await attentionMaps(model, parameters, data);
    expect([maps.layers, maps.heads, maps.values.length]).toEqual([2, 2, 64]);
    for (let row = 0; row < 64; row += 4) {
      expect(maps.values.subarray(row, row + 4).reduce((s, x) => s + x, 0)).toBeCloseTo(1, 5);
    }
    await expect(attentionMaps(model, parameters)).rejects.toThrow('depend on the input, pass sequences');
    dispose(parameters);
  });

  it.each([
    [{ heads: 5, width: 64 }, 'heads must divide width, got 5 heads and width 64. Try width 65.'],
    [{ layers: 0 }, 'layers must be an integer of at least 1, got 0.'],
    [{ states: 1 }, 'states must be an integer of at least 2, got 1. One state carries no information.'],
    [{ activation: 'tanh' as never }, `activation must be 'relu' or 'gelu', got "tanh"`],
  ])('refuses %o', (options, message) => {
    expect(() => standardEncoder({ sites: 4, states: 3, ...options })).toThrow(message);
  });
});
