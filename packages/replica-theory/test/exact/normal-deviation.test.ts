import { seededRng } from '@spinformer/numerics';
import { describe, expect, it } from 'vitest';
import { normalDeviation, studentToNormal } from '../../src/index.ts';

/** Wallace's approximation against tables, over the degrees of freedom that studies have. */
const TOLERANCE = 0.02;

describe('studentToNormal', () => {
  // Quantiles of Student's t from tables; the normal quantiles of the same probabilities.
  it.each([
    [3, 0.975, 3.18245, 1.95996],
    [7, 0.995, 3.49948, 2.57583],
    [10, 0.975, 2.22814, 1.95996],
    [15, 0.999, 3.7328, 3.09023],
    [30, 0.95, 1.69726, 1.64485],
  ])('%i degrees of freedom at %f', (freedom, _, t, normal) => {
    expect(Math.abs(studentToNormal(t, freedom) - normal)).toBeLessThan(TOLERANCE);
    expect(studentToNormal(-t, freedom)).toBe(-studentToNormal(t, freedom));
  });
});

describe('normalDeviation', () => {
  it('gives mean and standard error', () => {
    const { mean, error, deviation } = normalDeviation([1, 2, 3, 4], 2.5);
    expect(mean).toBe(2.5);
    expect(error).toBeCloseTo(Math.sqrt(5 / 3 / 4), 12);
    expect(deviation).toBe(0);
  });

  it('makes skewed values lie as far off above as below', () => {
    // Means of 20 exponential variables: how often they are called far too small and far too large.
    const rng = seededRng(3);
    const rounds = 4000;
    let [low, high] = [0, 0];
    for (let round = 0; round < rounds; round++) {
      const values = Float64Array.from({ length: 20 }, () => -Math.log(1 - rng.uniform()));
      const { deviation } = normalDeviation(values, 1);
      if (deviation < -1.96) low++;
      if (deviation > 1.96) high++;
    }
    // A plain ratio gives 6.6 % and 0.2 % where 2.5 % are due.
    expect(low / rounds).toBeLessThan(0.055);
    expect(high / rounds).toBeGreaterThan(0.005);
  });
});
