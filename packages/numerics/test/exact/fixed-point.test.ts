import { fixedPoint, seededRng } from '@spinformer/numerics';
import { describe, expect, it } from 'vitest';

/** The fixed point of cosine (OEIS A003957). */
const DOTTIE = 0.7390851332151607;

/** x ↦ diag(rates) x + offset, whose fixed point is offset / (1 − rates). */
function linearMap(dimensions: number) {
  const rng = seededRng('linear');
  const rates = Float64Array.from({ length: dimensions }, (_, i) => 0.95 * Math.cos(i));
  const offset = rates.map(() => rng.normal());
  return {
    map: (x: Float64Array) => x.map((value, i) => rates[i] * value + offset[i]),
    exact: offset.map((c, i) => c / (1 - rates[i])),
  };
}

describe('fixedPoint', () => {
  it.each([0, 1, 3, 8])('finds the fixed point of cosine with Anderson depth %i', (anderson) => {
    const result = fixedPoint(([x]) => [Math.cos(x)], [1], { anderson, tolerance: 1e-14 });
    expect(result.status).toBe('converged');
    expect(Math.abs(result.point[0] - DOTTIE)).toBeLessThan(1e-13);
  });

  it('solves a linear map of n dimensions in n + 2 evaluations with depth n, as the theory says', () => {
    const { map, exact } = linearMap(6);
    const result = fixedPoint(map, new Float64Array(6), { anderson: 6, tolerance: 1e-9 });
    expect(result.status).toBe('converged');
    expect(result.iterations).toBeLessThanOrEqual(8);
    for (let i = 0; i < 6; i++) expect(Math.abs(result.point[i] - exact[i])).toBeLessThan(1e-6);
    expect(fixedPoint(map, new Float64Array(6), { tolerance: 1e-9 }).iterations).toBeGreaterThan(100);
  });

  it('solves the mean-field magnet m = tanh(2 m) with its order parameter', () => {
    const { point } = fixedPoint(([m]) => [Math.tanh(2 * m)], [0.5], { anderson: 3, tolerance: 1e-14 });
    expect(Math.abs(Math.atanh(point[0]) / point[0] - 2)).toBeLessThan(1e-11);
  });
});
