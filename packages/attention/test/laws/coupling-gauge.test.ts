import { seededRng } from '@spinformer/numerics';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { symmetrise, toZeroSumConditionals } from '../../src/coupling-gauge.ts';
import { compareColours, relativeCouplingError } from '../../src/relative-coupling-error.ts';
import { logConditionalsByLoops, randomCouplings } from '../helpers/conditionals.ts';

/** Sums of a few dozen numbers of order one. */
const ROUNDING = 1e-12;

const sizes = fc.record({
  sites: fc.integer({ min: 2, max: 5 }),
  states: fc.integer({ min: 2, max: 4 }),
  seed: fc.nat(),
});
const property = (test: (size: { sites: number; states: number; seed: number }) => void) =>
  fc.assert(fc.property(sizes, test), { seed: 1, numRuns: 30 });

describe('toZeroSumConditionals', () => {
  it('leaves the conditionals of asymmetric couplings as they are', () => {
    property(({ sites, states, seed }) => {
      const rng = seededRng(seed);
      const source = randomCouplings(sites, states, rng);
      const configurations = Int32Array.from({ length: 6 * sites }, () => rng.integer(states));
      const before = logConditionalsByLoops(source, configurations);
      const after = logConditionalsByLoops(toZeroSumConditionals(source), configurations);
      before.forEach((x, k) => {
        expect(Math.abs(x - after[k])).toBeLessThan(ROUNDING);
      });
    });
  });

  it('makes all rows, columns and fields sum to zero, and changes nothing the second time', () => {
    property(({ sites, states, seed }) => {
      const once = toZeroSumConditionals(randomCouplings(sites, states, seededRng(seed)));
      for (let block = 0; block < sites * sites; block++) {
        for (let a = 0; a < states; a++) {
          let row = 0;
          let column = 0;
          for (let b = 0; b < states; b++) {
            row += once.couplings[(block * states + a) * states + b];
            column += once.couplings[(block * states + b) * states + a];
          }
          expect(Math.abs(row)).toBeLessThan(ROUNDING);
          expect(Math.abs(column)).toBeLessThan(ROUNDING);
        }
      }
      const twice = toZeroSumConditionals(once);
      once.couplings.forEach((x: number, k: number) => {
        expect(Math.abs(x - twice.couplings[k])).toBeLessThan(ROUNDING);
      });
      once.fields.forEach((x, k) => {
        expect(Math.abs(x - twice.fields[k])).toBeLessThan(ROUNDING);
      });
    });
  });
});

describe('relativeCouplingError', () => {
  it('is zero between gauges of one model, and grows as the square of a perturbation', () => {
    property(({ sites, states, seed }) => {
      const random = randomCouplings(sites, states, seededRng(seed));
      const truth = { ...random, couplings: symmetrise(random.couplings, sites, states) };
      const gauged = { ...truth, couplings: truth.couplings.map((x, k) => x + 0.3 * (k % states)) };
      for (let i = 0; i < sites; i++)
        gauged.couplings.fill(0, i * (sites + 1) * states ** 2, (i * (sites + 1) + 1) * states ** 2);
      expect(relativeCouplingError(gauged, truth).symmetrised).toBeLessThan(ROUNDING);
      const scaled = { ...truth, couplings: truth.couplings.map((x) => 1.1 * x) };
      expect(relativeCouplingError(scaled, truth).asymmetric).toBeCloseTo(0.01, 10);
    });
  });

  it('is smaller after symmetrising asymmetric noise', () => {
    const rng = seededRng(9);
    const random = randomCouplings(6, 3, rng);
    const truth = { ...random, couplings: symmetrise(random.couplings, 6, 3) };
    const noisy = { ...truth, couplings: truth.couplings.map((x) => (x === 0 ? 0 : x + 0.1 * rng.normal())) };
    const { asymmetric, symmetrised } = relativeCouplingError(noisy, truth);
    expect(symmetrised / asymmetric).toBeGreaterThan(0.3);
    expect(symmetrised / asymmetric).toBeLessThan(0.7);
  });

  it('says what is wrong with its input', () => {
    const a = randomCouplings(3, 2, seededRng(1));
    const b = randomCouplings(4, 2, seededRng(1));
    expect(() => relativeCouplingError(a, b)).toThrow(
      'relativeCouplingError: sizes differ, learned has 3 sites and 2 states, truth 4 and 2.',
    );
    expect(() => relativeCouplingError(a, { ...a, couplings: new Float64Array(36) })).toThrow(
      'the true couplings are all zero',
    );
    expect(() => relativeCouplingError(a, { ...a, couplings: new Float64Array(35) })).toThrow(
      'couplings must have 36 entries [3, 3, 2, 2], got 35',
    );
    expect(() => relativeCouplingError(a, { ...a, fields: new Float64Array(5) })).toThrow(
      'fields must have 6 entries',
    );
  });
});

describe('compareColours', () => {
  it('does not mind gauge and finds scale and sign', () => {
    const rng = seededRng(4);
    const u = Float64Array.from({ length: 16 }, () => rng.normal());
    const v = u.map((x, k) => -2.5 * x + (k % 4) - 0.3 * Math.floor(k / 4));
    const { cosine, scale } = compareColours(v, u, 4);
    expect(cosine).toBeCloseTo(-1, 12);
    expect(scale).toBeCloseTo(-2.5, 12);
    expect(() => compareColours(v, u, 3)).toThrow('both matrices must have 9 entries, got 16 and 16');
  });
});
