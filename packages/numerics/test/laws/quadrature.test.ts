import { gaussHermite, gaussLegendre, integrate } from '@spinformer/numerics';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const ORDERS = [1, 2, 3, 7, 20, 64, 151, 400];
/** Rounding of a sum of positive terms over a few hundred nodes. */
const SUM_ERROR = 3e-13;

describe('gaussHermite', () => {
  it.each(ORDERS)('is exact for every power up to 2·order − 1 at order %i', (order) => {
    const rule = gaussHermite(order);
    let moment = 1;
    for (let power = 0; power <= Math.min(2 * order - 1, 120); power++) {
      if (power % 2 === 1) {
        expect(Math.abs(integrate(rule, (z) => z ** power)) / moment).toBeLessThan(SUM_ERROR);
        continue;
      }
      if (power > 0) moment *= power - 1;
      expect(Math.abs(integrate(rule, (z) => z ** power) / moment - 1)).toBeLessThan(
        SUM_ERROR * (1 + power / 10),
      );
    }
  });

  it('gives the characteristic function of the normal distribution', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 5, noNaN: true }), (t) => {
        expect(
          Math.abs(integrate(gaussHermite(60), (z) => Math.cos(t * z)) - Math.exp((-t * t) / 2)),
        ).toBeLessThan(1e-14);
      }),
      { seed: 5, numRuns: 40 },
    );
  });

  it('is not exact one degree higher', () => {
    const twin = integrate(gaussHermite(3), (z) => z ** 6);
    expect(Math.abs(twin - 15)).toBeGreaterThan(1);
  });
});

describe('gaussLegendre', () => {
  it.each(ORDERS)('is exact for every power up to 2·order − 1 at order %i', (order) => {
    const rule = gaussLegendre(order, [0, 1]);
    for (let power = 0; power <= Math.min(2 * order - 1, 300); power++) {
      expect(Math.abs(integrate(rule, (x) => x ** power) * (power + 1) - 1)).toBeLessThan(SUM_ERROR);
    }
  });

  it('integrates over any interval, backwards too', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -9, max: 9, noNaN: true }),
        fc.double({ min: -9, max: 9, noNaN: true }),
        (from, to) => {
          const exact = Math.exp(to / 3) - Math.exp(from / 3);
          expect(
            Math.abs(integrate(gaussLegendre(30, [from, to]), (x) => Math.exp(x / 3) / 3) - exact),
          ).toBeLessThan(1e-13);
        },
      ),
      { seed: 6, numRuns: 100 },
    );
  });
});

describe.each([gaussHermite, gaussLegendre])('%o', (rule) => {
  it.each(ORDERS)('has symmetric ascending nodes and positive weights at order %i', (order) => {
    const { nodes, weights } = rule(order);
    for (let i = 0; i < order; i++) {
      expect(nodes[i] + nodes[order - 1 - i]).toBe(0);
      expect(weights[i]).toBe(weights[order - 1 - i]);
      expect(weights[i]).toBeGreaterThanOrEqual(0);
      if (i > 0) expect(nodes[i]).toBeGreaterThan(nodes[i - 1]);
    }
  });
});
