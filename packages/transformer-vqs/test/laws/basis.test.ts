import { describe, expect, it } from 'vitest';
import { basisStates, binomial } from '../../src/exact/basis.ts';

const SECTORS = [
  [1, 0],
  [1, 1],
  [4, 2],
  [7, 0],
  [9, 3],
  [16, 8],
  [17, 5],
  [20, 10],
  [32, 3],
  [32, 32],
];

describe('basisStates', () => {
  it.each(SECTORS)('lists %i sites with %i up in ascending order, and finds each again', (sites, up) => {
    const basis = basisStates(sites, up);
    expect(basis.dimension).toBe(binomial(sites, up));
    for (let k = 0; k < basis.dimension; k++) {
      if (k > 0 && basis.states[k] <= basis.states[k - 1]) throw new Error(`not ascending at ${k}`);
      if (basis.indexOf(basis.states[k]) !== k) throw new Error(`index of ${basis.states[k]}`);
    }
    const spins = basis.spins();
    for (let s = 0; s < basis.dimension; s++) {
      const row = spins.subarray(s * sites, (s + 1) * sites);
      if (row.reduce((sum, x) => sum + x, 0) !== 2 * up - sites) throw new Error(`magnetization of row ${s}`);
    }
  });

  it('counts the lowest bit as site 0', () => {
    expect(Array.from(basisStates(3, 1).spins())).toEqual([1, -1, -1, -1, 1, -1, -1, -1, 1]);
    expect(Array.from(basisStates(3, 1).spins(1, 1))).toEqual([-1, 1, -1]);
  });
});
