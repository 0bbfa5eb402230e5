import { seededRng } from '@spinformer/numerics';
import { describe, expect, it } from 'vitest';
import { enumerateExactly } from '../../../src/enumerate.ts';
import { goeColours } from '../../../src/generalized-couplings.ts';
import { graphToModel } from '../../../src/graphs/dense-conversion.ts';
import { hypercubicLattice } from '../../../src/graphs/lattices.ts';
import { exactStrip } from '../../../src/thermodynamics/exact-strip.ts';
import { kaufmanEnergy, kaufmanLogZ, onsagerEnergy } from '../../support/square-ising.ts';

/** U of spins ±1. */
const SPIN_PRODUCT = Float64Array.of(1, -1, -1, 1);
const criticalCoupling = (states: number) => Math.log(1 + Math.sqrt(states));
const SHAPES: [number, number, number][] = [
  [3, 4, 2],
  [2, 3, 3],
  [3, 2, 3],
  [1, 6, 4],
  [4, 1, 3],
  [1, 1, 2],
];

describe('finite strips equal enumeration', () => {
  for (const [width, length, states] of SHAPES)
    it(`${width} × ${length}, ${states} states, open or closed on either side, with colours and a field`, () => {
      const colourCouplings = goeColours({ states, rng: seededRng(1) });
      const fields = Float64Array.from({ length: states }, (_, a) => Math.sin(a));
      for (const closed of [true, false])
        for (const periodic of [true, false]) {
          const strip = {
            width,
            length,
            states,
            coupling: 0.7,
            colourCouplings,
            field: fields,
            periodic,
            closed,
          };
          const found = exactStrip({ ...strip, beta: 0.9 });
          const graph = hypercubicLattice({
            shape: [length, width],
            periodic: [closed, periodic],
            states,
            coupling: 0.9 * 0.7,
            colourCouplings: colourCouplings.slice(),
            field: Float64Array.from({ length: width * length * states }, (_, k) => 0.9 * fields[k % states]),
          });
          const exact = enumerateExactly(graphToModel(graph));
          expect(found.logZ).toBeCloseTo(exact.logZ, 11);
          expect(0.9 * found.energyPerSite * width * length).toBeCloseTo(exact.meanEnergy, 10);
        }
    });
});

describe('the Ising model', () => {
  it('on tori has the partition function of Kaufman', () => {
    for (const coupling of [0.3, 0.44, 0.6]) {
      const options = { width: 6, length: 8, states: 2, colourCouplings: SPIN_PRODUCT, coupling };
      const strip = exactStrip(options);
      expect(strip.logZ).toBeCloseTo(kaufmanLogZ(6, 8, coupling), 9);
      expect(strip.energyPerSite).toBeCloseTo(kaufmanEnergy(6, 8, coupling), 7);
    }
  });

  it('on infinite strips approaches the energy of Onsager, exponentially away from the transition', () => {
    const coupling = 0.25;
    const decay = -Math.log(Math.tanh(coupling)) - 2 * coupling;
    const errors = [6, 10].map((width) => {
      const strip = exactStrip({ width, states: 2, colourCouplings: SPIN_PRODUCT, coupling });
      return Math.abs(strip.energyPerSite / coupling - onsagerEnergy(coupling));
    });
    // e^(−width/ξ) with a prefactor that falls with the width.
    expect(errors[0]).toBeLessThan(2 * Math.exp(-6 * decay));
    expect(errors[1]).toBeLessThan(errors[0] * Math.exp(-4 * decay));
  });

  it('in one dimension has ξ = −1/ln tanh K', () => {
    const { correlationLength } = exactStrip({
      width: 1,
      states: 2,
      colourCouplings: SPIN_PRODUCT,
      coupling: 0.8,
    });
    expect(correlationLength).toBeCloseTo(-1 / Math.log(Math.tanh(0.8)), 10);
  });
});

/** The coupling at which ξ/width is the same for two widths. */
function crossing(states: number, widths: [number, number]): number {
  const difference = (coupling: number) => {
    const [a, b] = widths.map((width) => exactStrip({ width, states, coupling }).correlationLength / width);
    return a - b;
  };
  let [low, high] = [0.9 * criticalCoupling(states), 1.1 * criticalCoupling(states)];
  for (let step = 0; step < 14; step++) {
    const middle = (low + high) / 2;
    if (difference(middle) > 0 === difference(low) > 0) low = middle;
    else high = middle;
  }
  return low;
}

describe('the square lattice orders at K = ln(1 + √q)', () => {
  const PAIRS: [number, [number, number], [number, number]][] = [
    [2, [3, 4], [6, 7]],
    [3, [2, 3], [5, 6]],
    [4, [2, 3], [4, 5]],
  ];
  for (const [states, narrow, wide] of PAIRS)
    it(`where correlation lengths over widths cross: q = ${states}`, () => {
      const error = (widths: [number, number]) =>
        Math.abs(crossing(states, widths) / criticalCoupling(states) - 1);
      // Corrections fall about as the square of the width: of order 1/5² times a half at the wider pair.
      expect(error(wide)).toBeLessThan(0.02);
      expect(error(wide)).toBeLessThan(error(narrow) / 2);
    });

  it('with width/ξ = πη, η = 1/4 and 4/15 for two and three states', () => {
    for (const [states, eta] of [
      [2, 1 / 4],
      [3, 4 / 15],
    ]) {
      const at = (width: number) =>
        width /
        exactStrip({ width, states, coupling: criticalCoupling(states) }).correlationLength /
        (Math.PI * eta);
      // Corrections of order 1/7².
      expect(Math.abs(at(7) - 1)).toBeLessThan(1 / 7 ** 2 + 0.01);
      expect(Math.abs(at(7) - 1)).toBeLessThan(Math.abs(at(4) - 1));
    }
  });

  it('and log Z per site of dual couplings agrees but for ln x, x = (e^K − 1)/√q', () => {
    for (const states of [2, 3]) {
      const root = Math.sqrt(states);
      const free = (x: number) =>
        exactStrip({ width: states === 2 ? 9 : 6, states, coupling: Math.log1p(x * root) }).logZPerSite;
      // Deep in either phase strips of this width are as good as the plane; an ordered one has q states along it.
      expect(free(2.5) - free(1 / 2.5)).toBeCloseTo(2 * Math.log(2.5), 3);
    }
  });
});

it('says what is wrong', () => {
  expect(() => exactStrip({ width: 20, states: 3 })).toThrow('narrower strip');
  expect(() => exactStrip({ width: 2, states: 2, length: 0 })).toThrow('length must be');
  expect(() => exactStrip({ width: 2, states: 2, colourCouplings: Float64Array.of(1, 2, 3, 4) })).toThrow(
    'symmetric',
  );
});
