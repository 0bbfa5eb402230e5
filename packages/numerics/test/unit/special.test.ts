import { erf, erfc, erfcx, gaussianTail, logGaussianTail, logSumExp } from '@spinformer/numerics';
import { describe, expect, it } from 'vitest';

const INFINITY = Number.POSITIVE_INFINITY;

describe('error functions at the ends', () => {
  it.each([
    [erf, 0, 0],
    [erf, -0, -0],
    [erf, INFINITY, 1],
    [erf, -INFINITY, -1],
    [erfc, 0, 1],
    [erfc, INFINITY, 0],
    [erfc, -INFINITY, 2],
    [erfcx, 0, 1],
    [erfcx, INFINITY, 0],
    [erfcx, -INFINITY, INFINITY],
    [gaussianTail, 0, 0.5],
    [gaussianTail, INFINITY, 0],
    [gaussianTail, -INFINITY, 1],
    [logGaussianTail, INFINITY, -INFINITY],
    [logGaussianTail, -INFINITY, -0],
  ] as [(x: number) => number, number, number][])('%o at %d is %d', (f, x, expected) => {
    expect(f(x)).toBe(expected);
  });

  it.each([erf, erfc, erfcx, gaussianTail, logGaussianTail])('%o passes NaN on', (f) => {
    expect(f(Number.NaN)).toBeNaN();
  });
});

describe('logSumExp', () => {
  it('does not overflow or underflow', () => {
    expect(logSumExp([1000, 1000])).toBe(1000 + Math.LN2);
    expect(logSumExp([-2000, -2000])).toBe(-2000 + Math.LN2);
  });

  it('takes −Infinity as nothing, and nothing as −Infinity', () => {
    expect(logSumExp([])).toBe(-INFINITY);
    expect(logSumExp([-INFINITY, -INFINITY])).toBe(-INFINITY);
    expect(logSumExp([-INFINITY, 2])).toBe(2);
  });

  it('passes infinity and NaN on', () => {
    expect(logSumExp([1, INFINITY])).toBe(INFINITY);
    expect(logSumExp([Number.NaN, 1])).toBeNaN();
    expect(logSumExp([1, Number.NaN, 3])).toBeNaN();
    expect(logSumExp([INFINITY, Number.NaN])).toBeNaN();
  });
});
