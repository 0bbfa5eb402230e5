import {
  estimate,
  formatEstimate,
  independentEstimate,
  mean,
  pearson,
  ranks,
  spearman,
  variance,
} from '@spinformer/numerics';
import { describe, expect, it } from 'vitest';

const { NaN: NAN, POSITIVE_INFINITY: INFINITY } = Number;

describe('formatEstimate', () => {
  it.each([
    [-0.43124, 0.0007, '-0.4312(7)'],
    [2.3061, 0.0141, '2.306(14)'],
    [1234.5, 56, '1230(60)'],
    [1.2344e-9, 5e-12, '1.234(5)e-9'],
    [12345678, 1234, '1.23457(12)e7'],
    [0, 0.3, '0.0(3)'],
    [-0.0001, 0.03, '0.00(3)'],
    [9.9996, 0.00095, '9.9996(10)'],
    [0.1, 0.0996, '0.10(10)'],
    [99.95, 0.99, '100(1)'],
    [3, 12, '3(12)'],
    [-4, 1234, '0(1200)'],
    [3e-7, 1, '0.0(10)'],
    [0.5, 0, '0.5(0)'],
    [0.5, NAN, '0.5(?)'],
    [NAN, 1, 'NaN(?)'],
    [1, INFINITY, '1(?)'],
  ])('writes %d ± %d as %s', (centre, standardError, text) => {
    expect(formatEstimate({ mean: centre, standardError })).toBe(text);
  });
});

describe('estimate', () => {
  it('is exact for draws that do not vary', () => {
    expect(estimate(new Float64Array(20).fill(2), 2)).toEqual({
      mean: 2,
      standardError: 0,
      variance: 0,
      autocorrelationTime: 1,
      rHat: 1,
      effectiveSamples: 20,
    });
  });

  it('sees chains that stand at different places', () => {
    const stuck = Float64Array.from({ length: 40 }, (_, i) => (i < 20 ? 0 : 1));
    const { rHat, effectiveSamples } = estimate(stuck, 2);
    expect(rHat).toBe(INFINITY);
    expect(effectiveSamples).toBeLessThan(5);
  });

  it.each([
    [
      [1, 2, 3, 4, 5],
      2,
      'estimate: 5 samples do not divide into 2 chains. Pass [chains, draws], one chain after another.',
    ],
    [
      [1, 2, 3, 4],
      2,
      'estimate: every chain must have at least 4 draws, got 2. Draw more, or use independentEstimate',
    ],
    [[], 1, 'estimate: every chain must have at least 4 draws, got 0.'],
    [[1, 2, NAN, 4], 1, 'estimate: sample 2 is NaN. Find out what computed it before averaging.'],
    [[1, 2, 3, 4], 0, 'estimate: chains must be an integer ≥ 1, got 0.'],
  ])('refuses %j in %d chains', (samples, chains, message) => {
    expect(() => estimate(samples, chains)).toThrow(message);
  });
});

describe('independentEstimate', () => {
  it('divides the spread by the root of the number', () => {
    expect(independentEstimate([1, 2, 3, 6])).toMatchObject({
      mean: 3,
      standardError: Math.sqrt(14 / 3 / 4),
      effectiveSamples: 4,
    });
    expect(formatEstimate(independentEstimate([2]))).toBe('2(?)');
  });

  it('refuses nothing and infinities', () => {
    expect(() => independentEstimate([])).toThrow('independentEstimate: values must not be empty.');
    expect(() => independentEstimate([1, INFINITY])).toThrow('independentEstimate: sample 1 is Infinity.');
  });
});

describe('moments', () => {
  it('are NaN where there is too little', () => {
    expect(mean([])).toBeNaN();
    expect(variance([1])).toBeNaN();
    expect(variance([1, 3])).toBe(2);
  });

  it('do not cancel', () => {
    expect(variance([1e9 + 1, 1e9 + 2, 1e9 + 3])).toBe(1);
  });
});

describe('correlations', () => {
  it('are one for lines and for monotone curves', () => {
    expect(pearson([1, 2, 4], [3, 5, 9])).toBe(1);
    expect(pearson([1, 2, 4], [-3, -5, -9])).toBe(-1);
    expect(spearman([1, 2, 3, 4], [1, 10, 100, 1000])).toBe(1);
  });

  it('share ranks between equal values', () => {
    expect([...ranks([10, 20, 10, 5])]).toEqual([2.5, 4, 2.5, 1]);
    // scipy.stats.spearmanr([1, 2, 2, 3, 5], [2, 1, 4, 4, 6]) 1.17.1
    expect(spearman([1, 2, 2, 3, 5], [2, 1, 4, 4, 6])).toBeCloseTo(0.7631578947368421, 14);
  });

  it('are NaN where they have no meaning', () => {
    expect(pearson([1, 1, 1], [1, 2, 3])).toBeNaN();
    expect(pearson([1, NAN, 1], [1, 2, 3])).toBeNaN();
    expect(spearman([1, NAN, 1], [1, 2, 3])).toBeNaN();
  });

  it('refuse lists that do not match', () => {
    expect(() => pearson([1, 2], [1])).toThrow('pearson: both lists must have the same length, got 2 and 1.');
    expect(() => spearman([1], [1])).toThrow('spearman: a correlation needs at least 2 pairs, got 1.');
  });
});
