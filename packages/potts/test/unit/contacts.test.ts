import { DomainError, ShapeError, seededRng } from '@spinformer/numerics';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { averageProductCorrection, contactScores, rankContacts } from '../../src/contacts.ts';
import { contactPrecision, contactTable, precisionCurve } from '../../src/contacts-precision.ts';
import { toLatticeGasGauge } from '../../src/gauge.ts';
import { pottsModel } from '../../src/model.ts';
import { FIXED, largestDifference, randomModel, smallModels } from '../helpers/random-models.ts';

/** Norms of some ten numbers of order one. */
const ROUNDING = 1e-12;

/** A symmetric matrix from its upper triangle. */
function symmetric(sites: number, ...upper: number[]): Float64Array {
  const matrix = new Float64Array(sites * sites);
  let next = 0;
  for (let i = 0; i < sites; i++)
    for (let j = i + 1; j < sites; j++) matrix[i * sites + j] = matrix[j * sites + i] = upper[next++];
  return matrix;
}

describe('contact scores', () => {
  it('are Frobenius norms of the zero-sum couplings', () => {
    const couplings = new Float64Array(16);
    couplings.set([3, 0, 0, 0], 4);
    couplings.set([3, 0, 0, 0], 8);
    const model = pottsModel({ sites: 2, states: 2, couplings });
    // Centred, 3 at (0, 0) is ±3/4 in all four places.
    expect([...contactScores(model, { correction: 'none' })]).toEqual([0, 1.5, 1.5, 0]);
    expect(contactScores(model, { correction: 'none', gauge: 'as-given' })[1]).toBe(3);
    expect(contactScores(model, { correction: 'none', gauge: 'lattice-gas' })[1]).toBe(3);
    expect(contactScores(model, { correction: 'none', withoutState: 0 })[1]).toBe(0.75);
  });

  it('do not depend on the gauge of the model', () => {
    fc.assert(
      fc.property(smallModels, (model) => {
        expect(largestDifference(contactScores(toLatticeGasGauge(model)), contactScores(model))).toBeLessThan(
          ROUNDING * 100,
        );
      }),
      FIXED,
    );
  });

  it('the correction removes a product of site factors entirely', () => {
    // F_ij = c for all pairs: every mean is c, and nothing is left.
    const flat = averageProductCorrection(symmetric(4, 2, 2, 2, 2, 2, 2), 4);
    expect(largestDifference(flat, new Float64Array(16))).toBeLessThan(ROUNDING);
    expect([...averageProductCorrection(new Float64Array(9), 3)]).toEqual([...new Float64Array(9)]);
  });

  it('refuse a state that is none, and NaN with its index', () => {
    const model = randomModel(seededRng(1), 3, 2);
    expect(() => contactScores(model, { withoutState: 2 })).toThrow(
      /withoutState must be a state 0…1, got 2/,
    );
    model.couplings[((0 * 3 + 2) * 2 + 1) * 2] = Number.NaN;
    expect(() => contactScores(model)).toThrow(DomainError);
    expect(() => contactScores(model)).toThrow(
      'contactScores: couplings[0, 2, 1, 0] is NaN. All parameters must be finite numbers.',
    );
  });
});

describe('ranking', () => {
  const scores = symmetric(4, 1, 5, 3, 2, 5, 4);

  it('sorts by score, then by sites', () => {
    expect(rankContacts(scores).map(({ i, j, score }) => [i, j, score])).toEqual([
      [0, 2, 5],
      [1, 3, 5],
      [2, 3, 4],
      [0, 3, 3],
      [1, 2, 2],
      [0, 1, 1],
    ]);
  });

  it('leaves out near pairs, by sites or by residue numbers', () => {
    expect(rankContacts(scores, { minimumSeparation: 3 }).map(({ i, j }) => [i, j])).toEqual([[0, 3]]);
    const far = rankContacts(scores, { minimumSeparation: 6, residueNumbers: [1, 2, 8, 9] });
    expect(far.map(({ i, j }) => [i, j])).toEqual([
      [0, 2],
      [1, 3],
      [0, 3],
      [1, 2],
    ]);
  });

  it('refuses what is no square, and NaN', () => {
    expect(() => rankContacts(new Float64Array(5))).toThrow(ShapeError);
    expect(() => rankContacts(symmetric(2, Number.NaN))).toThrow(/score of sites 0 and 1 is NaN/);
  });
});

describe('precision', () => {
  const ranked = rankContacts(symmetric(4, 1, 5, 3, 2, 5, 4));
  const distances = symmetric(4, 1, 9, 7.9, Number.NaN, 4, 8);

  it('passes over pairs of unknown distance, and 8 Å is not below 8 Å', () => {
    // In order: 9, 4, 8, 7.9, unknown, 1.
    expect([...precisionCurve(ranked, { distances, threshold: 8 })]).toEqual([0, 1 / 2, 1 / 3, 2 / 4, 3 / 5]);
    expect(contactPrecision(ranked, { distances, threshold: 8 })).toEqual({
      'L/5': Number.NaN,
      'L/2': 1 / 2,
      L: 2 / 4,
    });
    expect(contactPrecision(ranked, { distances, threshold: 8, length: 5 })).toEqual({
      'L/5': 0,
      'L/2': 1 / 2,
      L: 3 / 5,
    });
    expect(() => contactPrecision(ranked, { distances, threshold: 0 })).toThrow(/threshold must be positive/);
  });

  it('tables say residues, letters and distances', () => {
    const table = contactTable(ranked, { residueNumbers: [11, 12, 14, 15], letters: 'ACDE', distances });
    expect(table[0]).toEqual({ i: 11, j: 14, letterI: 'A', letterJ: 'D', score: 5, distance: 9 });
    expect(table[4]).toEqual({ i: 12, j: 14, letterI: 'C', letterJ: 'D', score: 2 });
    expect(contactTable(ranked)[0]).toEqual({ i: 1, j: 3, letterI: '-', letterJ: '-', score: 5 });
  });
});
