import { fixedPoint } from '@spinformer/numerics';
import { describe, expect, it } from 'vitest';

const cosine = ([x]: Float64Array) => [Math.cos(x)];

describe('fixedPoint', () => {
  it('says when it ran out of steps', () => {
    const result = fixedPoint(cosine, [1], { maxIterations: 5 });
    expect(result).toMatchObject({ status: 'step-limit', iterations: 5 });
    expect(result.remedy).toBe('Stopped after maxIterations = 5. Raise it, set anderson, or change damping.');
  });

  it('says when it diverged, and damping helps', () => {
    const steep = ([x]: Float64Array) => [4 - 3 * x];
    expect(fixedPoint(steep, [0]).status).toBe('diverged');
    expect(fixedPoint(steep, [0]).remedy).toContain('Raise damping, or start nearer.');
    expect(fixedPoint(steep, [0], { damping: 0.7 }).point[0]).toBeCloseTo(1, 9);
    expect(fixedPoint(() => [Number.NaN], [0])).toMatchObject({ status: 'diverged', iterations: 1 });
  });

  it('does not write to its start', () => {
    const start = Float64Array.of(1);
    fixedPoint(cosine, start);
    expect(start[0]).toBe(1);
  });

  it.each([
    [[], {}, 'fixedPoint: start must have at least one entry, got none.'],
    [[Number.NaN], {}, 'fixedPoint: start[0] is NaN. Start from finite values.'],
    [[1, 2], {}, 'fixedPoint: map must return 2 entries, got 1.'],
    [[1], { damping: 1 }, 'fixedPoint: damping must be in [0, 1), got 1.'],
    [[1], { tolerance: 0 }, 'fixedPoint: tolerance must be a number > 0, got 0.'],
    [[1], { maxIterations: 0 }, 'fixedPoint: maxIterations must be an integer ≥ 1, got 0.'],
    [[1], { anderson: 51 }, 'fixedPoint: anderson must be an integer in 0…50, got 51.'],
  ])('refuses %j %j', (start, options, message) => {
    expect(() => fixedPoint(cosine, start, options)).toThrow(message);
  });
});
