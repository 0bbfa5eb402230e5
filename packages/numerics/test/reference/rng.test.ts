import { type Rng, seededRng } from '@spinformer/numerics';
import { describe, expect, it } from 'vitest';
import { reference, relativeError } from '../helpers/references.ts';

interface Draws {
  key: [number, number];
  uint32: number;
  uniform: number;
  integers: number[];
  large: number;
  normals: number[];
  categorical: number[];
}
const expected = reference<Record<string, Draws>>('stream.json');
/** The last bits of log, cos and sin belong to the mathematical library. */
const LIBRARY_ERROR = 1e-15;

describe('the stream philox4x32-10/1 as a second program draws it from its description', () => {
  const golden = seededRng('golden');
  it.each([
    ['7', seededRng(7)],
    ['golden', golden],
    ['golden/chain-0', golden.fork('chain-0')],
    ['golden/σ', golden.fork('σ')],
    ['golden/', golden.fork('')],
  ] as [string, Rng][])('%s', (name, rng) => {
    const draws = expected[name];
    const times = <T>(count: number, draw: () => T) => Array.from({ length: count }, draw);
    expect(rng.state().key).toEqual(draws.key);
    expect(rng.uint32()).toBe(draws.uint32);
    expect(rng.uniform()).toBe(draws.uniform);
    expect(times(9, () => rng.integer(3 * 2 ** 30))).toEqual(draws.integers);
    expect(rng.integer(2 ** 52 + 1)).toBe(draws.large);
    for (const normal of draws.normals)
      expect(relativeError(rng.normal(), normal)).toBeLessThan(LIBRARY_ERROR);
    expect(times(9, () => rng.categorical([0, 1, 2]))).toEqual(draws.categorical);
  });
});
