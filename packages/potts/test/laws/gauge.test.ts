import { seededRng } from '@spinformer/numerics';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { conditionalModel } from '../../src/conditionals.ts';
import { enumerateExactly } from '../../src/enumerate.ts';
import { toLatticeGasGauge, toZeroSumGauge } from '../../src/gauge.ts';
import { generalizedPotts, toFullModel, toZeroSumColours } from '../../src/generalized.ts';
import {
  allConfigurations,
  FIXED,
  largestDifference,
  randomModel,
  smallModels,
} from '../helpers/random-models.ts';

/** Sums of up to a thousand terms of order one, in float64. */
const ROUNDING = 1e-11;

describe.each([
  ['zero-sum', toZeroSumGauge],
  ['lattice-gas', toLatticeGasGauge],
  ['lattice-gas of state 0', (model: ReturnType<typeof toZeroSumGauge>) => toLatticeGasGauge(model, 0)],
] as const)('the %s gauge', (_, fix) => {
  it('leaves every probability as it is', () => {
    fc.assert(
      fc.property(smallModels, (model) => {
        const before = enumerateExactly(model).probabilities;
        expect(largestDifference(enumerateExactly(fix(model)).probabilities, before)).toBeLessThan(ROUNDING);
      }),
      FIXED,
    );
  });

  it('is idempotent', () => {
    fc.assert(
      fc.property(smallModels, (model) => {
        const once = fix(model);
        const twice = fix(once);
        expect(largestDifference(twice.couplings, once.couplings)).toBeLessThan(ROUNDING);
        expect(largestDifference(twice.fields, once.fields)).toBeLessThan(ROUNDING);
      }),
      FIXED,
    );
  });

  it('keeps J_ij(a, b) = J_ji(b, a)', () => {
    fc.assert(
      fc.property(smallModels, (model) => {
        const { sites, states, couplings } = fix(model);
        const transposed = couplings.map((_, k) => {
          const b = k % states;
          const a = Math.floor(k / states) % states;
          const j = Math.floor(k / states ** 2) % sites;
          const i = Math.floor(k / states ** 2 / sites);
          return couplings[((j * sites + i) * states + b) * states + a];
        });
        expect(largestDifference(transposed, couplings)).toBeLessThan(ROUNDING);
      }),
      FIXED,
    );
  });

  it('does not change the model it was given', () => {
    const model = randomModel(seededRng(1), 4, 3);
    const copy = { fields: model.fields.slice(), couplings: model.couplings.slice() };
    fix(model);
    expect(model.fields).toEqual(copy.fields);
    expect(model.couplings).toEqual(copy.couplings);
  });
});

it('zero-sum sums are zero, and no gauge has smaller couplings', () => {
  fc.assert(
    fc.property(smallModels, (model) => {
      const { states, fields, couplings } = toZeroSumGauge(model);
      for (let start = 0; start < couplings.length; start += states) {
        let sum = 0;
        for (const value of couplings.subarray(start, start + states)) sum += value;
        expect(Math.abs(sum)).toBeLessThan(ROUNDING);
      }
      for (let start = 0; start < fields.length; start += states)
        expect(Math.abs(fields.subarray(start, start + states).reduce((s, v) => s + v, 0))).toBeLessThan(
          ROUNDING,
        );
      const norm = (values: ArrayLike<number>) =>
        Array.from(values).reduce((sum, value) => sum + value ** 2, 0);
      expect(norm(couplings)).toBeLessThanOrEqual(norm(model.couplings));
      expect(norm(couplings)).toBeLessThanOrEqual(norm(toLatticeGasGauge(model).couplings));
    }),
    FIXED,
  );
});

it('lattice-gas parameters of the reference state are exactly zero', () => {
  const { sites, states, fields, couplings } = toLatticeGasGauge(randomModel(seededRng(2), 4, 3));
  for (let i = 0; i < sites; i++) {
    expect(fields[i * states + 2]).toBe(0);
    for (let j = 0; j < sites; j++)
      for (let a = 0; a < states; a++) expect(couplings[((i * sites + j) * states + a) * states + 2]).toBe(0);
  }
});

it('keeps float32 couplings float32', () => {
  const model = randomModel(seededRng(3), 3, 3);
  const single = { ...model, couplings: Float32Array.from(model.couplings) };
  expect(toZeroSumGauge(single).couplings).toBeInstanceOf(Float32Array);
  expect(toLatticeGasGauge(single).couplings).toBeInstanceOf(Float32Array);
});

it('a field that goes missing changes probabilities: the law can fail', () => {
  const model = randomModel(seededRng(4), 3, 3);
  const wrong = { ...toZeroSumGauge(model), fields: model.fields };
  expect(
    largestDifference(enumerateExactly(wrong).probabilities, enumerateExactly(model).probabilities),
  ).toBeGreaterThan(1e-3);
});

it('zero-sum colours give the same conditionals, also for asymmetric and many-headed models', () => {
  const rng = seededRng(5);
  const numbers = (length: number) => Float64Array.from({ length }, () => rng.normal());
  const general = generalizedPotts({
    sites: 4,
    states: 3,
    heads: 2,
    siteCouplings: numbers(2 * 16),
    colourCouplings: numbers(2 * 9),
    fields: numbers(12),
  });
  const all = allConfigurations(4, 3);
  const before = conditionalModel(toFullModel(general)).logConditionals(all);
  const centred = toZeroSumColours(general);
  expect(largestDifference(conditionalModel(toFullModel(centred)).logConditionals(all), before)).toBeLessThan(
    ROUNDING,
  );
  for (let row = 0; row < centred.colourCouplings.length; row += 3)
    expect(Math.abs(centred.colourCouplings.subarray(row, row + 3).reduce((s, v) => s + v, 0))).toBeLessThan(
      ROUNDING,
    );
});
