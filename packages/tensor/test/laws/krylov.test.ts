import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { conjugateGradient, type LinearMap, lanczos, lanczosTicks, symmetricEigen } from '../../src/index.ts';
import { noise } from '../../src/noise.ts';

const FIXED = { seed: 20260101, numRuns: 40 };
/** Eigenvalues are right to rounding of the norm, which is at most a few units here. */
const DIGITS = 11;

function mapOf(a: Float64Array, n: number): LinearMap {
  return (x, out) => {
    for (let i = 0; i < n; i++) {
      out[i] = 0;
      for (let j = 0; j < n; j++) out[i] += a[i * n + j] * x[j];
    }
  };
}

function randomSymmetric(n: number, seed: number): Float64Array {
  const r = noise(n * n, seed);
  return Float64Array.from(r, (x, k) => x + r[(k % n) * n + Math.floor(k / n)]);
}

const diagonalMap =
  (entries: (k: number) => number): LinearMap =>
  (x, out) => {
    for (let k = 0; k < x.length; k++) out[k] = entries(k) * x[k];
  };

describe('lanczos', () => {
  it('gives the lowest eigenvalues of dense matrices', () => {
    const sizes = fc.record({
      n: fc.integer({ min: 1, max: 60 }),
      seed: fc.nat(1000),
      states: fc.integer({ min: 1, max: 4 }),
    });
    fc.assert(
      fc.property(sizes, ({ n, seed, states }) => {
        const a = randomSymmetric(n, seed);
        const wanted = Math.min(states, n);
        const { values, status, residuals } = lanczos(mapOf(a, n), n, { states: wanted, subspace: 12 });
        const expected = symmetricEigen(a, n).values;
        expect(status).toBe('converged');
        for (let k = 0; k < wanted; k++) expect(values[k]).toBeCloseTo(expected[k], DIGITS);
        expect(Math.max(...residuals)).toBeLessThan(1e-9);
      }),
      FIXED,
    );
  });

  it('finds degenerate eigenvalues as often as they occur', () => {
    const { values, vectors } = lanczos(
      diagonalMap((k) => Math.floor(k / 3)),
      300,
      { states: 5 },
    );
    values.forEach((value, k) => {
      expect(value).toBeCloseTo([0, 0, 0, 1, 1][k], DIGITS);
    });
    for (let i = 0; i < 5; i++)
      for (let j = 0; j <= i; j++) {
        const overlap = vectors[i].reduce((sum, x, k) => sum + x * vectors[j][k], 0);
        expect(overlap).toBeCloseTo(i === j ? 1 : 0, 12);
      }
  });

  it('handles the zero matrix, the identity, and a start that is an eigenvector', () => {
    expect(
      lanczos(
        diagonalMap(() => 0),
        50,
        { states: 2 },
      ).values,
    ).toEqual(new Float64Array(2));
    const one = lanczos(
      diagonalMap(() => 1),
      3,
      { states: 3 },
    );
    for (const value of one.values) expect(value).toBeCloseTo(1, 14);
    const start = Float64Array.from({ length: 20 }, (_, k) => (k === 0 ? 1 : 0));
    const { values, products } = lanczos(
      diagonalMap((k) => k),
      20,
      { start },
    );
    expect(values[0]).toBe(0);
    expect(products).toBe(2);
  });

  it('says when it may not go on, and when a product is not finite', () => {
    const hard = lanczos(
      diagonalMap((k) => Math.sqrt(k)),
      4000,
      { maximumProducts: 12, tolerance: 1e-14 },
    );
    expect([hard.status, hard.values.length]).toEqual(['step-limit', 0]);
    expect(hard.remedy).toContain('maximumProducts');
    expect(
      lanczos(
        diagonalMap(() => Number.NaN),
        10,
      ).status,
    ).toBe('diverged');
  });

  it('does the same as ticks, which stop on request', async () => {
    const map = diagonalMap((k) => Math.sqrt(k));
    const seen = [];
    for await (const tick of lanczosTicks(map, 500)) seen.push(tick);
    expect(seen.at(-1)!.result!.values).toEqual(lanczos(map, 500).values);
    for (let k = 1; k < seen.length - 1; k++)
      expect(seen[k].metrics.value).toBeLessThanOrEqual(seen[k - 1].metrics.value + 1e-12);
    const control = new AbortController();
    control.abort();
    const stopped = [];
    for await (const tick of lanczosTicks(map, 500, { signal: control.signal })) stopped.push(tick.status);
    expect(stopped).toEqual(['aborted']);
  });
});

describe('conjugateGradient', () => {
  it('solves positive definite systems, with and without a diagonal', () => {
    const n = 40;
    const r = noise(n * n, 5);
    const a = Float64Array.from({ length: n * n }, (_, k) => {
      const [i, j] = [Math.floor(k / n), k % n];
      let sum = i === j ? 0.1 * (1 + i) : 0;
      for (let m = 0; m < n; m++) sum += r[i * n + m] * r[j * n + m];
      return sum;
    });
    const b = noise(n, 9);
    const diagonal = Float64Array.from({ length: n }, (_, i) => a[i * n + i]);
    for (const options of [{}, { diagonal }, { start: noise(n, 2) }]) {
      const { x, status, residual } = conjugateGradient(mapOf(a, n), b, options);
      expect(status).toBe('converged');
      expect(residual).toBeLessThan(1e-10);
      const back = new Float64Array(n);
      mapOf(a, n)(x, back);
      back.forEach((value, k) => {
        expect(value).toBeCloseTo(b[k], 8);
      });
    }
  });

  it('takes as many iterations as there are distinct eigenvalues', () => {
    const { iterations } = conjugateGradient(
      diagonalMap((k) => 1 + (k % 3)),
      noise(90, 1),
    );
    expect(iterations).toBe(3);
  });

  it('says when the matrix is not positive definite, or the limit was reached', () => {
    expect(
      conjugateGradient(
        diagonalMap((k) => 1 - k),
        noise(5, 1),
      ).status,
    ).toBe('diverged');
    const limited = conjugateGradient(
      diagonalMap((k) => 1 + k),
      noise(50, 1),
      { maximumIterations: 2 },
    );
    expect([limited.status, limited.iterations]).toEqual(['step-limit', 2]);
    expect(
      conjugateGradient(
        diagonalMap(() => 1),
        new Float64Array(4),
      ).iterations,
    ).toBe(0);
  });

  it('refuses options out of their range', () => {
    const b = new Float64Array(2);
    expect(() =>
      conjugateGradient(
        diagonalMap(() => 1),
        b,
        { start: [1] },
      ),
    ).toThrow('start must have 2 numbers');
    expect(() =>
      conjugateGradient(
        diagonalMap(() => 1),
        b,
        { diagonal: [1, 0] },
      ),
    ).toThrow('must be positive');
    expect(() =>
      conjugateGradient(
        diagonalMap(() => 1),
        b,
        { tolerance: 0 },
      ),
    ).toThrow('tolerance must be positive');
    expect(() =>
      lanczos(
        diagonalMap(() => 1),
        2,
        { states: 3 },
      ),
    ).toThrow('states must be 1 … 2, got 3');
    expect(() =>
      lanczos(
        diagonalMap(() => 1),
        2,
        { start: [0, 0] },
      ),
    ).toThrow('start must not be zero');
  });
});
