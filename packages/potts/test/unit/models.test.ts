import { DomainError, ShapeError, seededRng } from '@spinformer/numerics';
import { describe, expect, it } from 'vitest';
import { alignSequences } from '../../src/alignment-read.ts';
import { writeFasta } from '../../src/alignment-write.ts';
import { conditionalLosses, conditionalModel } from '../../src/conditionals.ts';
import { energy, energyDifferences } from '../../src/energy.ts';
import { generalizedPotts, toFullModel } from '../../src/generalized.ts';
import {
  gaussianCouplings,
  goeColours,
  graphCouplings,
  identityColours,
  latticeCouplings,
  signCouplings,
  sparseCouplings,
} from '../../src/generalized-couplings.ts';
import { pottsModel } from '../../src/model.ts';
import { latticePotts, replicaSetA } from '../../src/model-examples.ts';
import { largestDifference, randomModel } from '../helpers/random-models.ts';

/** Sums of some ten numbers of order one. */
const ROUNDING = 1e-12;

/** Bonds per site of a set of site couplings. */
const bonds = (couplings: Float64Array) => couplings.filter((value) => value !== 0).length / 2;

describe('energy', () => {
  it('is −Σh − Σ_{i<j} J', () => {
    const model = randomModel(seededRng(1), 3, 2);
    const at = (i: number, a: number, j: number, b: number) => model.couplings[((i * 3 + j) * 2 + a) * 2 + b];
    const expected =
      -(model.fields[1] + model.fields[2] + model.fields[5]) -
      (at(0, 1, 1, 0) + at(0, 1, 2, 1) + at(1, 0, 2, 1));
    expect(energy(model, Int32Array.of(1, 0, 1))[0]).toBeCloseTo(expected, 12);
  });

  it('leaves a missing site out', () => {
    const model = randomModel(seededRng(2), 3, 2);
    const pair = -(model.fields[1] + model.fields[5]) - model.couplings[((0 * 3 + 2) * 2 + 1) * 2 + 1];
    expect(energy(model, Int32Array.of(1, -1, 1))[0]).toBeCloseTo(pair, 12);
    expect(energy(model, Int32Array.of(-1, -1, -1))[0]).toBeCloseTo(0, 12);
  });

  it('refuses wrong shapes, states out of range, and NaN with its index', () => {
    const model = latticePotts({ shape: [3], states: 2, coupling: 1 });
    expect(() => energy(model, new Int32Array(4))).toThrow(ShapeError);
    expect(() => energy(model, new Int32Array(4))).toThrow(/must have 3 sites, but 4 entries/);
    expect(() => energy(model, Int32Array.of(0, 0, 0, 0, 2, 0))).toThrow(
      /configurations\[1, 1\] is 2; states are 0…1/,
    );
    expect(() => energyDifferences(model, new Int32Array(6))).toThrow(/must have 3 sites, got 6/);
    model.fields[3] = Number.POSITIVE_INFINITY;
    expect(() => energy(model, new Int32Array(3))).toThrow(
      'energy: fields[1, 1] is Infinity. All parameters must be finite numbers.',
    );
  });
});

describe('conditional losses', () => {
  it('skip missing entries', () => {
    const model = conditionalModel(latticePotts({ shape: [2], states: 2, coupling: 0 }));
    expect(conditionalLosses(model, Int32Array.of(0, -1))[0]).toBeCloseTo(Math.LN2, 12);
    expect(conditionalLosses(model, Int32Array.of(-1, -1))[0]).toBeNaN();
    expect(() => conditionalLosses(model, Int32Array.of(0))).toThrow(ShapeError);
  });
});

describe('models', () => {
  it.each([
    [
      { sites: 0, states: 2, couplings: new Float64Array(0) },
      DomainError,
      /sites must be a whole number of at least 1, got 0/,
    ],
    [
      { sites: 2, states: 1, couplings: new Float64Array(4) },
      DomainError,
      /states must be a whole number of at least 2, got 1/,
    ],
    [
      { sites: 2, states: 2, couplings: new Float64Array(4) },
      ShapeError,
      /couplings must hold 16 numbers, \[sites, sites, states, states\], got 4/,
    ],
    [
      { sites: 2, states: 2, couplings: new Float64Array(16), fields: new Float64Array(3) },
      ShapeError,
      /fields must hold 4 numbers/,
    ],
    [
      { sites: 2, states: 2, couplings: new Float64Array(16).fill(Number.NaN) },
      DomainError,
      /couplings\[0, 0, 0, 0\] is NaN/,
    ],
  ])('%#: bad parts are refused', (parts, type, message) => {
    expect(() => pottsModel(parts)).toThrow(type);
    expect(() => pottsModel(parts)).toThrow(message);
  });

  it('a generalised model has products for couplings, heads added, the asymmetric part averaged', () => {
    const siteCouplings = Float64Array.of(0, 2, 4, 0, 0, 1, 1, 0);
    const colourCouplings = Float64Array.of(1, 3, 0, 5, 2, 0, 0, 2);
    const full = toFullModel(
      generalizedPotts({ sites: 2, states: 2, heads: 2, siteCouplings, colourCouplings }),
    );
    // ½(2·U₀ + 4·U₀ᵀ) + U₁
    expect([...full.couplings.subarray(4, 8)]).toEqual([5, 3, 6, 17]);
    expect([...full.couplings.subarray(8, 12)]).toEqual([5, 6, 3, 17]);
    expect([...full.couplings.subarray(0, 4)]).toEqual([0, 0, 0, 0]);
  });

  it('generalised parts are checked, and a full tensor that cannot fit is refused', () => {
    const parts = {
      sites: 2,
      states: 2,
      siteCouplings: new Float64Array(4),
      colourCouplings: new Float64Array(4),
    };
    expect(() => generalizedPotts({ ...parts, heads: 2 })).toThrow(/siteCouplings must hold 8 numbers/);
    expect(() => generalizedPotts({ ...parts, heads: 0 })).toThrow(/heads must be a whole number/);
    expect(() => latticePotts({ shape: [100, 100], states: 2, coupling: 1 })).toThrow(
      /need 400000000 couplings \(3 GiB\)/,
    );
  });
});

describe('lattices', () => {
  it.each([
    [[5], true, 5],
    [[5], false, 4],
    [[2], true, 1],
    [[4, 4], true, 32],
    [[4, 4], false, 24],
    [[3, 4, 5], true, 180],
    [[2, 3], true, 9],
    [[1], true, 0],
  ])('%j, periodic %s: %i bonds', (shape, periodic, count) => {
    expect(bonds(latticeCouplings({ shape, coupling: 0.5, periodic }))).toBe(count);
  });

  it('numbers sites row by row', () => {
    const couplings = latticeCouplings({ shape: [2, 3], coupling: 1, periodic: false });
    expect(couplings[0 * 6 + 1]).toBe(1);
    expect(couplings[0 * 6 + 3]).toBe(1);
    expect(couplings[2 * 6 + 3]).toBe(0);
  });

  it('counts equal neighbours, and a field acts on state 0', () => {
    const model = latticePotts({ shape: [4, 4], states: 3, coupling: 0.5, field: 0.25 });
    expect(energy(model, new Int32Array(16))[0]).toBeCloseTo(-16 - 4, 12);
    expect(energy(model, new Int32Array(16).fill(2))[0]).toBeCloseTo(-16, 12);
  });

  it.each([[[]], [[0]], [[2.5]]])('refuses shape %j', (shape) => {
    expect(() => latticeCouplings({ shape, coupling: 1 })).toThrow(/whole numbers of at least 1/);
  });

  it('graphs take a value per edge, and refuse impossible edges', () => {
    const couplings = graphCouplings({
      sites: 3,
      edges: [
        [0, 1],
        [1, 2],
      ],
      coupling: [1, -2],
    });
    expect([...couplings]).toEqual([0, 1, 0, 1, 0, -2, 0, -2, 0]);
    expect(() => graphCouplings({ sites: 3, edges: [[0, 3]], coupling: 1 })).toThrow(
      /edge 0 \(0, 3\) must join two of the sites 0…2/,
    );
    expect(() => graphCouplings({ sites: 3, edges: [[1, 1]], coupling: 1 })).toThrow(/edge 0/);
    expect(() => graphCouplings({ sites: 3, edges: [[0, 1]], coupling: [] })).toThrow(
      /1 edges need as many values/,
    );
    expect(() => graphCouplings({ sites: 3, edges: [[0, 1]], coupling: Number.NaN })).toThrow(
      /edge 0 is NaN/,
    );
  });
});

describe('random couplings', () => {
  const sites = 300;
  const pairs = (sites * (sites - 1)) / 2;
  const squares = (values: Float64Array) => values.reduce((sum, value) => sum + value ** 2, 0) / 2;

  it.each([
    ['gaussian', (beta: number) => gaussianCouplings({ sites, beta, rng: seededRng(1) })],
    ['sign', (beta: number) => signCouplings({ sites, beta, rng: seededRng(1) })],
  ])('%s: symmetric, zero diagonal, variance β²/L', (_, make) => {
    const couplings = make(2);
    expect(
      couplings.every((value, k) => value === couplings[(k % sites) * sites + Math.floor(k / sites)]),
    ).toBe(true);
    expect(couplings.every((value, k) => k % (sites + 1) !== 0 || value === 0)).toBe(true);
    // 45 000 pairs: the standard error of the variance is √(2/45 000) = 0.7 %; four of them.
    expect(Math.abs((squares(couplings) / pairs) * (sites / 4) - 1)).toBeLessThan(0.027);
  });

  it('sparse: degree and variance', () => {
    const couplings = sparseCouplings({ sites, degree: 4, beta: 2, rng: seededRng(2) });
    // 600 edges expected; four standard deviations are 98.
    expect(Math.abs(bonds(couplings) - 600)).toBeLessThan(98);
    expect(squares(couplings) / bonds(couplings)).toBeCloseTo(1, 0);
    expect(() => sparseCouplings({ sites: 5, degree: 5, rng: seededRng(1) })).toThrow(
      /degree must be in \(0, 4\], got 5/,
    );
    expect(() => gaussianCouplings({ sites: 5, beta: Number.NaN, rng: seededRng(1) })).toThrow(
      /beta must be a finite number/,
    );
  });

  it('colours: the identity, and symmetric zero-sum matrices', () => {
    expect([...identityColours(3)]).toEqual([1, 0, 0, 0, 1, 0, 0, 0, 1]);
    const u = goeColours({ states: 10, rng: seededRng(3) });
    const transposed = u.map((_, k) => u[(k % 10) * 10 + Math.floor(k / 10)]);
    expect(largestDifference(u, transposed)).toBeLessThan(ROUNDING);
    for (let a = 0; a < 10; a++)
      expect(Math.abs(u.subarray(a * 10, a * 10 + 10).reduce((s, v) => s + v, 0))).toBeLessThan(ROUNDING);
  });

  it('Set A has twenty sites and ten colours, depends on the seed alone, and β scales it', () => {
    const model = replicaSetA({ rng: seededRng(11) });
    expect(model).toMatchObject({ sites: 20, states: 10, heads: 1 });
    expect(replicaSetA({ rng: seededRng(11) })).toEqual(model);
    const used = seededRng(11);
    used.normal();
    expect(replicaSetA({ rng: used })).toEqual(model);
    const doubled = replicaSetA({ beta: 2, rng: seededRng(11) });
    expect(
      largestDifference(
        doubled.siteCouplings,
        model.siteCouplings.map((value) => 2 * value),
      ),
    ).toBeLessThan(ROUNDING);
  });
});

describe('writeFasta', () => {
  it('is read back as it was', () => {
    const alignment = alignSequences(['ACD-', 'AC-E'], {
      alphabet: 'protein',
      gaps: 'ignore',
      names: ['x', 'y'],
    });
    expect(writeFasta(alignment, alignment)).toBe('>x\nACD-\n>y\nAC-E\n');
    expect(() => writeFasta(alignment, { letters: 'A' })).toThrow(
      /state 1 of sample 0, site 1 has no letter/,
    );
  });
});
