import { seededRng } from '@spinformer/numerics';
import { describe, expect, it } from 'vitest';
import { askedWeight, checkMasking, describeMasking, lossWeights, maskEntries } from '../../src/masking.ts';

const SITES = 4;
const values = Int32Array.of(0, 1, -1, 2, -1, -1, -1, -1, 2, 2, 1, 0);

describe('maskEntries', () => {
  it('hides one observed site of each sequence and asks for its state', () => {
    const { tokens, targets } = maskEntries(values, SITES, 'one', seededRng(1));
    for (let b = 0; b < 3; b++) {
      const asked = [...targets.subarray(b * SITES, (b + 1) * SITES)].filter((t) => t >= 0).length;
      expect(asked).toBe(b === 1 ? 0 : 1);
    }
    for (let k = 0; k < values.length; k++) {
      expect(tokens[k]).toBe(targets[k] >= 0 ? -1 : values[k]);
      if (targets[k] >= 0) expect(targets[k]).toBe(values[k]);
    }
  });

  it('draws every observed site equally often', () => {
    const draws = 30_000;
    const many = new Int32Array(draws * SITES);
    for (let b = 0; b < draws; b++) many.set(values.subarray(0, SITES), b * SITES);
    const { targets } = maskEntries(many, SITES, 'one', seededRng(2));
    const counts = new Float64Array(SITES);
    targets.forEach((t, k) => {
      if (t >= 0) counts[k % SITES]++;
    });
    expect(counts[2]).toBe(0);
    const expected = draws / 3;
    const chiSquare = [0, 1, 3].reduce((total, i) => total + (counts[i] - expected) ** 2 / expected, 0);
    // χ² with 2 degrees of freedom exceeds 18.4 with probability 1e-4.
    expect(chiSquare).toBeLessThan(18.4);
  });

  it('hides each observed site with the Bernoulli probability, and nothing that is missing', () => {
    const many = new Int32Array(40_000).fill(1);
    many[7] = -1;
    const { tokens, targets } = maskEntries(many, SITES, { bernoulli: 0.15 }, seededRng(3));
    const hidden = targets.filter((t) => t >= 0).length;
    // 4 standard deviations of a binomial count.
    expect(Math.abs(hidden - 0.15 * 40_000)).toBeLessThan(4 * Math.sqrt(40_000 * 0.15 * 0.85));
    expect(targets[7]).toBe(-1);
    expect(tokens[7]).toBe(-1);
  });

  it('asks for everything that is observed with all-sites', () => {
    const { tokens, targets } = maskEntries(values, SITES, 'all-sites', seededRng(4));
    expect(tokens).toBe(values);
    expect(targets).toBe(values);
  });

  it('gives the same masks for the same stream and leaves its input alone', () => {
    const before = [...values];
    const first = maskEntries(values, SITES, 'one', seededRng(5).fork('masks'));
    const second = maskEntries(values, SITES, 'one', seededRng(5).fork('masks'));
    expect(first).toEqual(second);
    expect([...values]).toEqual(before);
  });
});

describe('loss weights', () => {
  it('make the weighted sum of losses a mean per masked site', () => {
    const targets = Int32Array.of(0, -1, 1, 1, 2, -1, -1, -1);
    expect([...lossWeights(targets, SITES, [1, 3])]).toEqual([1 / 6, 3 / 6]);
    expect(askedWeight(targets, SITES, [1, 3])).toBe(6);
  });

  it('are zero, not NaN, when nothing is asked', () => {
    expect([...lossWeights(new Int32Array(8).fill(-1), SITES)]).toEqual([0, 0]);
  });
});

describe('checkMasking', () => {
  const encoder = { name: 'encoder 4x3', seesOwnSite: true };

  it('refuses all-sites for a model that sees the answer, and says what to use', () => {
    expect(() => checkMasking('all-sites', encoder)).toThrow(
      "masking: 'all-sites' needs a model in which site i does not see token i, but in 'encoder 4x3' it does, so it " +
        "would copy the answer. Use 'one' or { bernoulli: p }, or a factored layer with maskSelf: true.",
    );
    expect(() => checkMasking('all-sites', { name: 'factored', seesOwnSite: false })).not.toThrow();
  });

  it.each([0, -0.1, 1.5, Number.NaN])('refuses the Bernoulli probability %s', (bernoulli) => {
    expect(() => checkMasking({ bernoulli }, encoder)).toThrow('{ bernoulli: p } with 0 < p ≤ 1');
  });

  it('refuses an unknown name', () => {
    expect(() => checkMasking('two' as never, encoder)).toThrow(`got "two"`);
  });

  it('names itself', () => {
    expect(describeMasking({ bernoulli: 0.15 })).toBe('bernoulli(0.15)');
    expect(describeMasking('one')).toBe('one');
  });
});
