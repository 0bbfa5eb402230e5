import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  heatBathRule,
  metropolisRule,
  type SiteRule,
  siteLogits,
} from '../../../src/sampling/single-site.ts';
import { boltzmann, digits, randomModel } from '../../support/random-models.ts';

/** Sums of a few hundred float64 products of probabilities. */
const ROUNDING = 1e-14;

/** T(s, s') of one update at a random site, [states^sites, states^sites]. */
function transitionMatrix(rule: SiteRule, seed: number, sites: number, states: number, beta: number) {
  const model = randomModel(sites, states, { seed, couplings: 1 });
  const size = states ** sites;
  const matrix = new Float64Array(size * size);
  for (let k = 0; k < size; k++) {
    const values = Int32Array.from(digits(k, sites, states));
    for (let i = 0; i < sites; i++) {
      const row = rule(siteLogits(model, values, i, beta), values[i]);
      const place = states ** (sites - 1 - i);
      for (let a = 0; a < states; a++) matrix[k * size + k + (a - values[i]) * place] += row[a] / sites;
    }
  }
  return { matrix, size, weights: boltzmann(model, beta) };
}

/** Largest |π(s) T(s, s') − π(s') T(s', s)|. */
function imbalance(rule: SiteRule, seed: number, sites: number, states: number, beta: number): number {
  const { matrix, size, weights } = transitionMatrix(rule, seed, sites, states, beta);
  let largest = 0;
  for (let k = 0; k < size; k++)
    for (let m = 0; m < k; m++) {
      const flow = weights[k] * matrix[k * size + m] - weights[m] * matrix[m * size + k];
      largest = Math.max(largest, Math.abs(flow));
    }
  return largest;
}

const systems = fc.record({
  seed: fc.integer({ min: 1, max: 1000 }),
  sites: fc.integer({ min: 2, max: 4 }),
  states: fc.integer({ min: 2, max: 4 }),
  beta: fc.double({ min: 0, max: 2, noNaN: true }),
});

for (const [name, rule] of Object.entries({ heatBathRule, metropolisRule }))
  describe(name, () => {
    it('satisfies detailed balance, for any model and temperature', () => {
      fc.assert(
        fc.property(systems, ({ seed, sites, states, beta }) => {
          expect(imbalance(rule, seed, sites, states, beta)).toBeLessThan(ROUNDING);
        }),
        { seed: 1, numRuns: 25 },
      );
    });

    it('is a probability', () => {
      const { matrix, size } = transitionMatrix(rule, 3, 3, 3, 1);
      for (let k = 0; k < size; k++) {
        const row = matrix.subarray(k * size, (k + 1) * size);
        expect(Math.min(...row)).toBeGreaterThanOrEqual(0);
        expect(row.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 13);
      }
    });
  });

it('a rule that forgets the proposal does not', () => {
  const wrong: SiteRule = (logits, old) => {
    const row = heatBathRule(logits, old).map((p) => p / 2);
    row[(old + 1) % row.length] += 0.5;
    return row;
  };
  expect(imbalance(wrong, 1, 3, 3, 1)).toBeGreaterThan(1e-3);
});
