import { seededRng } from '@spinformer/numerics';
import { describe, expect, it } from 'vitest';
import { symmetricEigen } from '../../src/symmetric-eigen.ts';

/** A few hundred rotations, each with relative rounding of 1e-16. */
const ROUNDING = 1e-12;

describe('symmetricEigen', () => {
  it('finds the eigenvalues 3 and 1 of [[2, 1], [1, 2]]', () => {
    const { values, vectors } = symmetricEigen(Float64Array.of(2, 1, 1, 2), 2);
    expect(values[0]).toBeCloseTo(3, 12);
    expect(values[1]).toBeCloseTo(1, 12);
    expect(vectors[0] * vectors[1]).toBeCloseTo(0.5, 12);
  });

  it('rebuilds a random matrix and has orthonormal vectors, also for a singular matrix', () => {
    const n = 12;
    const rng = seededRng(3);
    const half = Float64Array.from({ length: n * 5 }, () => rng.normal());
    const matrix = new Float64Array(n * n);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++)
        for (let k = 0; k < 5; k++) matrix[i * n + j] += half[i * 5 + k] * half[j * 5 + k];
    }
    const { values, vectors } = symmetricEigen(matrix, n);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        let rebuilt = 0;
        let product = 0;
        for (let k = 0; k < n; k++) {
          rebuilt += values[k] * vectors[k * n + i] * vectors[k * n + j];
          product += vectors[i * n + k] * vectors[j * n + k];
        }
        expect(Math.abs(rebuilt - matrix[i * n + j])).toBeLessThan(ROUNDING * 10);
        expect(Math.abs(product - (i === j ? 1 : 0))).toBeLessThan(ROUNDING);
      }
    }
    expect(Math.abs(values[5])).toBeLessThan(ROUNDING * 10);
  });
});
