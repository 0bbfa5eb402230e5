import { seededRng } from '@spinformer/numerics';
import { describe, expect, it } from 'vitest';
import { splitIntoHeads } from '../../src/coupling-heads.ts';
import { randomCouplings } from '../helpers/conditionals.ts';

/** Projection on an orthonormal basis of a few hundred vectors. */
const ROUNDING = 1e-12;

function rebuild(split: ReturnType<typeof splitIntoHeads>, sites: number, states: number): Float64Array {
  const block = states * states;
  return Float64Array.from({ length: sites * sites * block }, (_, k) => {
    let total = 0;
    for (let h = 0; h < split.heads; h++) {
      total +=
        split.mixing[h * sites * sites + Math.floor(k / block)] * split.values[h * block + (k % block)];
    }
    return total;
  });
}

describe('splitIntoHeads', () => {
  it.each([
    { sites: 6, states: 3, heads: 9, why: 'states² is the smaller number' },
    { sites: 3, states: 4, heads: 6, why: 'ordered pairs are the smaller number' },
  ])('is exact with $heads heads, because $why', ({ sites, states, heads }) => {
    const { couplings } = randomCouplings(sites, states, seededRng(2));
    const split = splitIntoHeads(couplings, sites, states);
    expect(split.heads).toBe(heads);
    expect(split.residual).toBeLessThan(ROUNDING);
    rebuild(split, sites, states).forEach((x, k) => {
      expect(Math.abs(x - couplings[k])).toBeLessThan(ROUNDING);
    });
  });

  it('finds the one head of a generalised model and the zero couplings', () => {
    const rng = seededRng(5);
    const u = Float64Array.from({ length: 9 }, () => rng.normal());
    const { couplings } = randomCouplings(5, 3, rng);
    const product = couplings.map((x, k) => (x === 0 ? 0 : ((Math.floor(k / 9) % 7) - 3) * u[k % 9]));
    const split = splitIntoHeads(product, 5, 3);
    expect(split.heads).toBe(1);
    expect(split.residual).toBeLessThan(ROUNDING);
    expect(splitIntoHeads(new Float64Array(225), 5, 3)).toMatchObject({ heads: 1, residual: 0 });
  });

  it('gives the best approximation of a lower rank and reports what is lost', () => {
    const { couplings } = randomCouplings(6, 3, seededRng(7));
    const norm = Math.hypot(...couplings);
    let former = 1;
    for (const heads of [1, 3, 6, 9]) {
      const split = splitIntoHeads(couplings, 6, 3, heads);
      expect(split.heads).toBe(heads);
      const error = Math.hypot(...rebuild(split, 6, 3).map((x, k) => x - couplings[k])) / norm;
      expect(Math.abs(error - split.residual)).toBeLessThan(ROUNDING);
      expect(error).toBeLessThan(former);
      former = error;
    }
  });
});
