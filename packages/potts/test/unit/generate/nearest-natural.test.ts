import { type Configurations, seededRng } from '@spinformer/numerics';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nearestNatural } from '../../../src/index.ts';

function random(samples: number, sites: number, states: number, seed: number): Configurations {
  const rng = seededRng(seed);
  const values = new Int32Array(samples * sites).map(() => rng.integer(states + 1) - 1);
  return { samples, sites, states, values };
}

function plainly(a: Configurations, b: Configurations, skipSame: boolean) {
  const index: number[] = [];
  const distance: number[] = [];
  for (let m = 0; m < a.samples; m++) {
    let [best, least] = [-1, a.sites + 1];
    for (let n = 0; n < b.samples; n++) {
      if (skipSame && n === m) continue;
      let differ = 0;
      for (let i = 0; i < a.sites; i++) if (a.values[m * a.sites + i] !== b.values[n * b.sites + i]) differ++;
      if (differ < least) [best, least] = [n, differ];
    }
    index.push(best);
    distance.push(best < 0 ? a.sites : least);
  }
  return { index, distance };
}

describe('nearestNatural', () => {
  it('finds what plain comparison finds', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 210 }),
        fc.integer({ min: 1, max: 130 }),
        fc.integer({ min: 1, max: 70 }),
        fc.boolean(),
        (samples, others, sites, same) => {
          const a = random(samples, sites, 3, samples);
          const b = same ? a : random(others, sites, 3, others + 1000);
          const found = nearestNatural(a, b, { skipSame: same });
          const expected = plainly(a, b, same);
          expect(Array.from(found.distance)).toEqual(expected.distance);
          expect(Array.from(found.index)).toEqual(expected.index);
        },
      ),
      { seed: 5, numRuns: 40 },
    );
  });

  it('counts copies and sums up identities', () => {
    const natural = { samples: 2, sites: 4, states: 2, values: Int32Array.of(0, 0, 0, 0, 1, 1, 1, 1) };
    const generated = { ...natural, values: Int32Array.of(1, 1, 1, 1, 0, 1, 0, 0) };
    const { index, distance, summary } = nearestNatural(generated, natural);
    expect([...index, ...distance]).toEqual([1, 0, 0, 1]);
    expect(summary).toEqual({ meanIdentity: 0.875, quantiles: [0.75, 0.75, 1, 1, 1], copies: 1 });
  });

  it('refuses what cannot be compared', () => {
    const a = random(2, 4, 3, 1);
    expect(() => nearestNatural(a, random(2, 5, 3, 1))).toThrow(
      'have 4 sites of 3 states, natural ones 5 of 3',
    );
    expect(() => nearestNatural({ ...a, samples: 3 }, a)).toThrow('generated must hold 3 × 4 states');
    expect(() => nearestNatural({ ...a, states: 300 }, a)).toThrow('at most 254 states, got 300');
  });
});
