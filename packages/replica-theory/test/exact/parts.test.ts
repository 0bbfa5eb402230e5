import { seededRng } from '@spinformer/numerics';
import { describe, expect, it } from 'vitest';
import { logisticLoss, logisticProx, oneMinusTanh } from '../../src/channels/logistic-prox.ts';
import { smoothedSigmoid } from '../../src/channels/smoothed-sigmoid.ts';
import { SoftmaxProx } from '../../src/channels/softmax-prox.ts';
import { skSpectrum, spectrumFromCovariance } from '../../src/index.ts';
import { multiply, semidefiniteRoot, transpose } from '../../src/linear-algebra/small-matrix.ts';
import { symmetricEigen } from '../../src/linear-algebra/symmetric-eigen.ts';
import { gaussianGrid } from '../../src/quadrature/gaussian-grid.ts';
import { gridPoints, quasiRandomPoints } from '../../src/quadrature/gaussian-points.ts';
import { normalQuantile } from '../../src/quadrature/normal-quantile.ts';

/** A few roundings of numbers of order one. */
const ROUNDING = 1e-12;

describe('proximal points', () => {
  it('of the logistic loss solve their equation, also where Newton alone would oscillate', () => {
    for (const v of [0, 1e-6, 0.3, 1, 5, 40, 1e3, 1e6]) {
      for (const u of [-1e4, -50, -3, -0.1, 0, 0.2, 4, 60]) {
        const z = logisticProx(u, v);
        expect(Math.abs(z - u - v * oneMinusTanh(z))).toBeLessThan(1e-11 * (1 + Math.abs(u) + v));
        expect(z).toBeGreaterThanOrEqual(u);
        expect(z).toBeLessThanOrEqual(u + 2 * v);
      }
    }
  });

  it('of the softmax loss with two answers are those of the logistic loss', () => {
    for (const v of [0.01, 1, 30]) {
      for (const u of [-4, 0.3, 2]) {
        // z = ±h, the metric v along (1, −1)/2 … f = (1 − p)(1, −1).
        const prox = new SoftmaxProx(Float64Array.of(Math.sqrt(v), -Math.sqrt(v)), 2, 1);
        prox.solve(Float64Array.of(u, -u), 0);
        expect(prox.loss).toBeCloseTo(logisticLoss(logisticProx(u, v)), 11);
      }
    }
  });

  it('of the softmax loss are stationary', () => {
    const rng = seededRng(3);
    const root = Float64Array.from({ length: 12 }, () => 2 * rng.normal());
    const prox = new SoftmaxProx(root, 4, 3);
    for (let draw = 0; draw < 20; draw++) {
      const field = Float64Array.from({ length: 4 }, () => 4 * rng.normal());
      prox.solve(field, draw % 4);
      const z = field.map((value, a) => {
        return value + [0, 1, 2].reduce((sum, k) => sum + root[3 * a + k] * prox.force[k], 0);
      });
      const total = z.reduce((sum, value) => sum + Math.exp(value), 0);
      for (let k = 0; k < 3; k++) {
        const expected = z.reduce(
          (sum, value, a) => sum + ((a === draw % 4 ? 1 : 0) - Math.exp(value) / total) * root[3 * a + k],
          0,
        );
        expect(Math.abs(prox.force[k] - expected)).toBeLessThan(1e-11);
      }
    }
  });
});

it('smoothed sigmoids and their derivatives agree with each other and with their limits', () => {
  for (const variance of [0, 0.01, 1, 30, 1e4]) {
    const smooth = smoothedSigmoid(variance);
    for (const mean of [-3, 0, 0.4, 5]) {
      const { probability, slope, curvature } = smooth(mean);
      const [up, down] = [smooth(mean + 1e-4), smooth(mean - 1e-4)];
      expect((up.probability - down.probability) / 2e-4).toBeCloseTo(slope, 7);
      expect((up.slope - down.slope) / 2e-4).toBeCloseTo(curvature, 6);
      expect(probability + smooth(-mean).probability).toBeCloseTo(1, 11);
    }
  }
  expect(smoothedSigmoid(0)(0.7).probability).toBeCloseTo(1 / (1 + Math.exp(-1.4)), 13);
});

describe('spectra', () => {
  it('SK: ⟨Ω⟩ = 1, ⟨1/Ω⟩ = 1 + β², ⟨1/Ω²⟩ = (1 + β²)² + β²', () => {
    for (const beta of [0, 0.3, 0.8, 0.99]) {
      const { eigenvalues, weights } = skSpectrum(beta);
      const moment = (power: number) =>
        eigenvalues.reduce((sum, value, k) => sum + weights[k] * value ** power, 0);
      const inverse = 1 + beta * beta;
      expect(Math.abs(moment(0) - 1)).toBeLessThan(ROUNDING);
      expect(Math.abs(moment(1) - 1)).toBeLessThan(1e-10);
      expect(Math.abs(moment(-1) - inverse)).toBeLessThan(ROUNDING);
      expect(Math.abs(moment(-2) - inverse ** 2 - beta ** 2)).toBeLessThan(ROUNDING);
    }
  });

  it('of a covariance: eigenvalues and the squares of the teacher along them', () => {
    const { eigenvalues, teacherOverlaps } = spectrumFromCovariance(Float64Array.of(2, 1, 1, 2), [3, 1]);
    expect(Array.from(eigenvalues, (value) => +value.toFixed(12))).toEqual([1, 3]);
    expect(Array.from(teacherOverlaps, (value) => +value.toFixed(12))).toEqual([2, 8]);
  });
});

describe('linear algebra', () => {
  it('eigenvectors rebuild a random matrix', () => {
    const n = 12;
    const rng = seededRng(1);
    const half = Float64Array.from({ length: n * n }, () => rng.normal());
    const matrix = half.map((value, i) => value + half[(i % n) * n + Math.floor(i / n)]);
    const { values, vectors } = symmetricEigen(matrix, n);
    const scaled = vectors.map((value, i) => value * values[i % n]);
    const rebuilt = multiply(scaled, transpose(vectors, n, n), n, n, n);
    matrix.forEach((value, i) => {
      expect(Math.abs(rebuilt[i] - value)).toBeLessThan(1e-12);
    });
    expect([...values]).toEqual([...values].sort((a, b) => a - b));
  });

  it('a root squares to its matrix and has its rank', () => {
    const p = Float64Array.from({ length: 16 }, (_, i) => (i % 5 === 0 ? 1 : 0) - 0.25);
    const { root, rank, inverse } = semidefiniteRoot(p, 4);
    expect(rank).toBe(3);
    multiply(root, transpose(root, 4, 3), 4, 3, 4).forEach((value, i) => {
      expect(Math.abs(value - p[i])).toBeLessThan(ROUNDING);
    });
    multiply(inverse, root, 3, 4, 3).forEach((value, i) => {
      expect(Math.abs(value - (i % 4 === 0 ? 1 : 0))).toBeLessThan(ROUNDING);
    });
  });
});

describe('averages over normal variables', () => {
  it('grids give the moments', () => {
    const { nodes, weights } = gaussianGrid();
    const moment = (power: number) => nodes.reduce((sum, x, i) => sum + weights[i] * x ** power, 0);
    expect([0, 2, 4, 6].map((power) => +moment(power).toFixed(9))).toEqual([1, 1, 3, 15]);
    const plane = gridPoints(2, 41, 7.2);
    let cross = 0;
    for (let i = 0; i < plane.count; i++) {
      cross += plane.weights[i] * plane.points[2 * i] ** 2 * plane.points[2 * i + 1] ** 2;
    }
    expect(cross).toBeCloseTo(1, 8);
  });

  it('quasi-random points are antithetic, scaled, and better than random ones', () => {
    const { points, weights, count } = quasiRandomPoints(4, 4000, 0, 'test');
    let [mean, square, product] = [0, 0, 0];
    for (let i = 0; i < count; i++) {
      mean += weights[i] * points[4 * i + 2];
      square += weights[i] * points[4 * i + 1] ** 2;
      product += weights[i] * points[4 * i] ** 2 * points[4 * i + 3] ** 2;
    }
    expect(Math.abs(mean)).toBeLessThan(ROUNDING);
    expect(square).toBeCloseTo(1, 10);
    // 2000 independent pairs would scatter by √(8/2000) = 0.06.
    expect(Math.abs(product - 1)).toBeLessThan(0.02);
  });

  it('quantiles invert the distribution', () => {
    expect(normalQuantile(0.5)).toBeCloseTo(0, 13);
    expect(normalQuantile(0.975)).toBeCloseTo(1.959963984540054, 12);
    expect(normalQuantile(1e-12)).toBeCloseTo(-7.034483825301131, 9);
  });
});
