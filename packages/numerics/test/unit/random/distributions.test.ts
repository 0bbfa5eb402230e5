import {
  beta,
  exponential,
  gamma,
  permutation,
  sampleWithoutReplacement,
  seededRng,
  shuffle,
} from '@spinformer/numerics';
import { describe, expect, it } from 'vitest';

const rng = seededRng(11);

describe('distributions', () => {
  it.each([
    [() => exponential(rng, 0), 'exponential: rate must be a finite number > 0, got 0.'],
    [() => gamma(rng, -1), 'gamma: shape must be a finite number > 0, got -1.'],
    [() => gamma(rng, 1, Number.NaN), 'gamma: scale must be a finite number > 0, got NaN.'],
    [() => beta(rng, 1, Number.POSITIVE_INFINITY), 'beta: b must be a finite number > 0, got Infinity.'],
    [() => permutation(rng, 2.5), 'permutation: size must be an integer ≥ 0, got 2.5.'],
    [
      () => sampleWithoutReplacement(rng, -1, 0),
      'sampleWithoutReplacement: population must be an integer ≥ 0, got -1.',
    ],
    [() => sampleWithoutReplacement(rng, 2 ** 40, 1), 'population must be at most 2^31, got 1099511627776.'],
    [
      () => sampleWithoutReplacement(rng, 3, 4),
      'sampleWithoutReplacement: size must be at most the population of 3, got 4. Ask for fewer, or draw with replacement.',
    ],
  ])('refuse what they cannot draw: %#', (draw, message) => {
    expect(draw).toThrow(message);
  });

  it('draw nothing from nothing', () => {
    expect(permutation(rng, 0)).toEqual(new Int32Array(0));
    expect(sampleWithoutReplacement(rng, 0, 0)).toEqual(new Int32Array(0));
    expect(shuffle(rng, [])).toEqual([]);
  });

  it('sample all of a population as a permutation of it', () => {
    expect([...sampleWithoutReplacement(rng, 100, 100)].sort((a, b) => a - b)).toEqual(
      Array.from({ length: 100 }, (_, i) => i),
    );
  });

  it('stay in range with extreme parameters', () => {
    for (let i = 0; i < 200; i++) {
      expect(beta(rng, 1e-4, 1e-4)).toBeGreaterThanOrEqual(0);
      expect(beta(rng, 1e-320, 1e-320)).toBeLessThanOrEqual(1);
      expect(gamma(rng, 1e6)).toBeGreaterThan(0);
    }
  });
});
