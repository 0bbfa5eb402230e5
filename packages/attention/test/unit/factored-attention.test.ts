import { seededRng } from '@spinformer/numerics';
import { dispose, readSync, scope, tensor } from '@spinformer/tensor';
import { describe, expect, it } from 'vitest';
import { attentionMaps } from '../../src/attention-maps.ts';
import { factoredAttention } from '../../src/factored-attention.ts';

describe('factoredAttention', () => {
  it('adds A_ij V(a, s_j) of the other sites to the field', () => {
    const model = factoredAttention({ sites: 3, states: 2 });
    const parameters = {
      mixing: tensor([9, 1, 2, 3, 9, 4, 5, 6, 9], [1, 3, 3], 'float64'),
      values: tensor([1, 10, 100, 1000], [1, 2, 2], 'float64'),
      fields: tensor([0.5, 0, 0, 0, 0, 0], [3, 2], 'float64'),
    };
    const logits = scope(() => model.apply(parameters, tensor([0, 1, -1], [1, 3], 'int32')));
    // Site 0 hears token 1 of site 1 with weight 1; site 1 token 0 of site 0 with 3; site 2 both, with 5 and 6.
    expect([...readSync(logits)]).toEqual([10.5, 1000, 3, 300, 5 * 1 + 6 * 10, 5 * 100 + 6 * 1000]);
    dispose(parameters, logits);
  });

  it('has 500 parameters for Set A, 380 + 100 of them active', () => {
    const model = factoredAttention({ sites: 20, states: 10, fields: false });
    const parameters = model.init(seededRng(1));
    expect(Object.keys(parameters)).toEqual(['mixing', 'values']);
    expect(parameters.mixing!.size + parameters.values!.size).toBe(500);
    dispose(parameters);
  });

  it('keeps the diagonal at zero and rows of softmax attention at sum one', async () => {
    const free = factoredAttention({ sites: 4, states: 3, heads: 2 });
    const soft = factoredAttention({ sites: 4, states: 3, heads: 2, attention: 'softmax' });
    for (const model of [free, soft]) {
      const parameters = model.init(seededRng(3));
      const { values } = await attentionMaps(model, parameters);
      for (let row = 0; row < 8; row++) {
        expect(values[row * 4 + (row % 4)]).toBe(0);
        const sum = values.subarray(row * 4, row * 4 + 4).reduce((s, x) => s + x, 0);
        if (model === soft) expect(sum).toBeCloseTo(1, 6);
      }
      dispose(parameters);
    }
  });

  it('names itself and its sources', () => {
    const model = factoredAttention({
      sites: 4,
      states: 3,
      attention: 'softmax',
      symmetric: true,
      values: 'identity',
    });
    expect(model.name).toBe('factored softmax(16) symmetric 4x3, 1 head, identity values');
    expect(model.citations).toEqual(['rende2024mapping', 'bhattacharya2022factored']);
  });

  it.each([
    [
      { states: 1 },
      'factoredAttention: states must be an integer of at least 2, got 1. One state carries no information.',
    ],
    [{ sites: 1 }, 'factoredAttention: sites must be an integer of at least 2, got 1.'],
    [{ heads: 0 }, 'factoredAttention: heads must be an integer of at least 1, got 0.'],
    [{ heads: 1.5 }, 'factoredAttention: heads must be an integer of at least 1, got 1.5.'],
    [{ values: 'fixed' as never }, `values must be 'learned', 'identity' or { known: U }, got "fixed".`],
    [{ attention: 'linear' as never }, `attention must be 'free' or 'softmax', got "linear".`],
    [
      { values: { known: [1, 2, 3] } },
      'known values must have 9 entries [states, states] or 9 [heads, states, states], got 3.',
    ],
    [
      { values: { known: [1, 0, 0, 0, Number.NaN, 0, 0, 0, 1] } },
      'known values must be finite, entry 4 is NaN.',
    ],
  ])('refuses %o', (options, message) => {
    expect(() => factoredAttention({ sites: 4, states: 3, ...options })).toThrow(message);
  });
});
