import { DomainError, seededRng } from '@spinformer/numerics';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { conditionalEntropies, conditionalLosses, conditionalModel } from '../../src/conditionals.ts';
import { energy, energyDifferences } from '../../src/energy.ts';
import { drawExactly, enumerateExactly, exactConditionalEntropy } from '../../src/enumerate.ts';
import { latticePotts } from '../../src/model-examples.ts';
import {
  allConfigurations,
  FIXED,
  largestDifference,
  randomModel,
  smallModels,
} from '../helpers/random-models.ts';

/** Sums of up to a thousand probabilities, in float64. */
const ROUNDING = 1e-12;
/** Logarithms of sums of 10^5 terms. */
const LOG_ROUNDING = 1e-9;

describe('closed forms', () => {
  it.each([
    [6, 3, 0.7],
    [9, 2, -0.4],
    [5, 5, 1.3],
  ])('the ring of %i sites and %i states: Z = λ₊^L + (q−1) λ₋^L', (sites, states, coupling) => {
    const { logZ } = enumerateExactly(latticePotts({ shape: [sites], states, coupling }));
    const larger = Math.exp(coupling) + states - 1;
    const smaller = Math.exp(coupling) - 1;
    expect(logZ).toBeCloseTo(Math.log(larger ** sites + (states - 1) * smaller ** sites), 10);
  });

  it('the open chain: Z = q (e^K + q − 1)^(L−1), and its energy and entropy', () => {
    const [sites, states, coupling] = [7, 3, 0.9];
    const ensemble = enumerateExactly(latticePotts({ shape: [sites], states, coupling, periodic: false }));
    const bond = Math.exp(coupling) + states - 1;
    const logZ = Math.log(states) + (sites - 1) * Math.log(bond);
    const meanEnergy = (-coupling * (sites - 1) * Math.exp(coupling)) / bond;
    expect(ensemble.logZ).toBeCloseTo(logZ, 10);
    expect(ensemble.meanEnergy).toBeCloseTo(meanEnergy, 10);
    expect(ensemble.entropy).toBeCloseTo(logZ + meanEnergy, 10);
  });

  it('independent sites: conditional entropy is the entropy per site', () => {
    const ensemble = enumerateExactly(latticePotts({ shape: [4], states: 3, coupling: 0, field: 1.1 }));
    const p = [Math.E ** 1.1, 1, 1].map((weight) => weight / (Math.E ** 1.1 + 2));
    const entropy = -p.reduce((sum, value) => sum + value * Math.log(value), 0);
    expect(exactConditionalEntropy(ensemble)).toBeCloseTo(entropy, 10);
    expect(largestDifference(ensemble.marginals.subarray(0, 3), p)).toBeLessThan(ROUNDING);
  });

  it('the 4 × 4 Ising square at K = 0.5 as a Potts model of two states, by transfer matrix', () => {
    const [side, coupling] = [4, 0.5];
    const { logZ } = enumerateExactly(latticePotts({ shape: [side, side], states: 2, coupling }));
    expect(logZ).toBeCloseTo(Math.log(squareByTransferMatrix(side, coupling)), 9);
  });
});

it('matches sums over listed configurations', () => {
  fc.assert(
    fc.property(smallModels, (model) => {
      const { sites, states } = model;
      const all = allConfigurations(sites, states);
      const weights = energy(model, all).map((value) => Math.exp(-value));
      const z = weights.reduce((sum, weight) => sum + weight, 0);
      const marginals = new Float64Array(sites * states);
      const pairs = new Float64Array((sites * states) ** 2);
      weights.forEach((weight, m) => {
        for (let i = 0; i < sites; i++) {
          const a = all[m * sites + i];
          marginals[i * states + a] += weight / z;
          for (let j = 0; j < sites; j++)
            pairs[((i * sites + j) * states + a) * states + all[m * sites + j]] += weight / z;
        }
      });
      const exact = enumerateExactly(model);
      expect(Math.abs(exact.logZ - Math.log(z))).toBeLessThan(LOG_ROUNDING);
      expect(
        largestDifference(
          exact.probabilities,
          weights.map((weight) => weight / z),
        ),
      ).toBeLessThan(ROUNDING);
      expect(largestDifference(exact.marginals, marginals)).toBeLessThan(ROUNDING);
      expect(largestDifference(exact.pairMarginals, pairs)).toBeLessThan(ROUNDING);
    }),
    FIXED,
  );
});

it('conditionals are ratios of joint probabilities, and their entropy averages to the exact one', () => {
  fc.assert(
    fc.property(smallModels, (model) => {
      const { sites, states } = model;
      const { probabilities, ...rest } = enumerateExactly(model);
      const all = allConfigurations(sites, states);
      const conditionals = conditionalModel(model);
      const logs = conditionals.logConditionals(all);
      for (let m = 0; m < probabilities.length; m++) {
        const i = m % sites;
        const stride = states ** (sites - 1 - i);
        const base = m - all[m * sites + i] * stride;
        let total = 0;
        for (let a = 0; a < states; a++) total += probabilities[base + a * stride];
        const here = logs[(m * sites + i) * states + all[m * sites + i]];
        expect(Math.exp(here)).toBeCloseTo(probabilities[m] / total, 10);
      }
      const average = (values: Float64Array) =>
        values.reduce((sum, value, m) => sum + value * probabilities[m], 0);
      const exact = exactConditionalEntropy({ ...rest, probabilities });
      expect(average(conditionalEntropies(conditionals, all))).toBeCloseTo(exact, 10);
      expect(average(conditionalLosses(conditionals, all))).toBeCloseTo(exact, 10);
    }),
    FIXED,
  );
});

it('energy differences are differences of energies', () => {
  fc.assert(
    fc.property(smallModels, fc.integer({ min: 0, max: 10_000 }), (model, pick) => {
      const { sites, states } = model;
      const all = allConfigurations(sites, states);
      const start = (pick % (all.length / sites)) * sites;
      const configuration = all.slice(start, start + sites);
      const differences = energyDifferences(model, configuration);
      for (let i = 0; i < sites; i++)
        for (let a = 0; a < states; a++) {
          const changed = configuration.slice();
          changed[i] = a;
          const expected = energy(model, changed)[0] - energy(model, configuration)[0];
          expect(differences[i * states + a]).toBeCloseTo(expected, 10);
        }
    }),
    FIXED,
  );
});

it('draws from the exact distribution: χ² over all configurations, and a wrong one is found out', () => {
  const model = randomModel(seededRng(7), 3, 3);
  const ensemble = enumerateExactly(model);
  const samples = 20_000;
  const draws = drawExactly(ensemble, { samples, rng: seededRng(8) });
  const counts = new Float64Array(27);
  for (let m = 0; m < samples; m++) counts[draws[3 * m] * 9 + draws[3 * m + 1] * 3 + draws[3 * m + 2]]++;
  const chiSquared = (p: Float64Array) =>
    p.reduce((sum, value, k) => sum + (counts[k] - samples * value) ** 2 / (samples * value), 0);
  // The 1 − 1e-4 quantile of χ² with 26 degrees of freedom is 60.1.
  expect(chiSquared(ensemble.probabilities)).toBeLessThan(60.1);
  expect(chiSquared(enumerateExactly(randomModel(seededRng(9), 3, 3)).probabilities)).toBeGreaterThan(60.1);
});

it('enumerates 2^22 configurations and refuses more', () => {
  const largest = latticePotts({ shape: [22], states: 2, coupling: 0.3 });
  const expected =
    22 * Math.log(Math.exp(0.3) + 1) + Math.log1p(((Math.exp(0.3) - 1) / (Math.exp(0.3) + 1)) ** 22);
  expect(enumerateExactly(largest).logZ).toBeCloseTo(expected, 9);
  const tooLarge = latticePotts({ shape: [23], states: 2, coupling: 0.3 });
  expect(() => enumerateExactly(tooLarge)).toThrow(DomainError);
  expect(() => enumerateExactly(tooLarge)).toThrow(
    /23 sites of 2 states have 8.39e\+6 configurations, more than 4194304/,
  );
});

/** Z of the periodic square of two states with E = −K Σ δ, by multiplying row transfer matrices. */
function squareByTransferMatrix(side: number, coupling: number): number {
  const rows = 2 ** side;
  const equal = (a: number, b: number) => {
    let same = 0;
    for (let i = 0; i < side; i++) same += ((a >> i) & 1) === ((b >> i) & 1) ? 1 : 0;
    return same;
  };
  const turn = (a: number) => (a >> 1) | ((a & 1) << (side - 1));
  const transfer = Array.from({ length: rows }, (_, a) =>
    Array.from({ length: rows }, (_, b) => Math.exp(coupling * (equal(a, turn(a)) + equal(a, b)))),
  );
  let power = transfer;
  for (let row = 1; row < side; row++)
    power = power.map((line) =>
      transfer[0].map((_, b) => line.reduce((sum, value, k) => sum + value * transfer[k][b], 0)),
    );
  return power.reduce((trace, line, a) => trace + line[a], 0);
}
