import { gaussHermite, gaussLegendre } from '@spinformer/numerics';
import { describe, expect, it } from 'vitest';

describe('quadrature', () => {
  it.each([0, -1, 2.5, 2001, Number.NaN])('refuses the order %d', (order) => {
    expect(() => gaussHermite(order)).toThrow(
      `gaussHermite: order must be an integer in 1…2000, got ${order}.`,
    );
    expect(() => gaussLegendre(order)).toThrow(
      `gaussLegendre: order must be an integer in 1…2000, got ${order}.`,
    );
  });

  it('refuses an infinite interval', () => {
    expect(() => gaussLegendre(3, [0, Number.POSITIVE_INFINITY])).toThrow(
      'gaussLegendre: interval must have finite ends, got [0, Infinity]. Substitute the variable, or use gaussHermite.',
    );
  });
});
