import { describe, expect, it } from 'vitest';
import {
  isingProblem,
  pottsProblem,
  type SaddlePoint,
  type Scenario,
  skSpectrum,
  solveSaddlePoint,
  unstructuredPottsProblem,
} from '../../src/index.ts';

const SCENARIOS: readonly Scenario[] = ['tilted', 'gaussian'];
/** Two grids that are both exact to rounding, and saddle points converged to 1e-12. */
const SAME_EQUATIONS = 1e-8;
const PRECISE = { tolerance: 1e-12 };

function expectSame(a: SaddlePoint, b: SaddlePoint, tolerance: number): void {
  expect(a.status).toBe('converged');
  expect(b.status).toBe('converged');
  for (const name of ['trainingLoss', 'generalizationLoss', 'reconstructionError'] as const) {
    expect(Math.abs(a.observables[name] - b.observables[name])).toBeLessThan(tolerance);
  }
}

describe('two colours are Ising spins', () => {
  // g_Potts(1) − g_Potts(2) = 2 g_Ising: ρ = 4 ρ_Ising, λ = λ_Ising/4 (couplings are doubled).
  for (const scenario of SCENARIOS) {
    for (const [load, ridge, variance] of [
      [0.5, 0.1, 1],
      [4, 1, 1],
      [4, 0.1, 0.25],
      [8, 1e-3, 0.5],
    ]) {
      it(`${scenario}, load ${load}, ridge ${ridge}, variance ${variance}`, () => {
        const common = { load, scenario };
        const ising = isingProblem({ ...common, ridge, teacherVariance: variance });
        const potts = pottsProblem({
          ...common,
          ridge: ridge / 4,
          teacherVariance: 4 * variance,
          colours: 2,
        });
        const [one, two] = [solveSaddlePoint(ising, PRECISE), solveSaddlePoint(potts, PRECISE)];
        expectSame(one, two, SAME_EQUATIONS);
        expect(Math.abs(4 * one.observables.m - two.observables.m)).toBeLessThan(SAME_EQUATIONS);
        expect(Math.abs(4 * one.observables.q - two.observables.q)).toBeLessThan(2 * SAME_EQUATIONS);
        expect(Math.abs(one.freeEnergy - two.freeEnergy)).toBeLessThan(SAME_EQUATIONS);
      });
    }
    it(`${scenario}, correlated sites`, () => {
      const common = { load: 4, scenario, covariance: skSpectrum(0.7) };
      const ising = isingProblem({ ...common, ridge: 1, teacherVariance: 0.49 });
      const potts = pottsProblem({ ...common, ridge: 0.25, teacherVariance: 1.96, colours: 2 });
      expectSame(solveSaddlePoint(ising, PRECISE), solveSaddlePoint(potts, PRECISE), SAME_EQUATIONS);
    });
    it(`${scenario}, unstructured: W = w P has |W|² = w²`, () => {
      const common = { load: 4, ridge: 0.25, teacherVariance: 4, colours: 2, scenario };
      const row = solveSaddlePoint(pottsProblem(common), PRECISE);
      expectSame(row, solveSaddlePoint(unstructuredPottsProblem(common), PRECISE), SAME_EQUATIONS);
    });
  }
});

describe('without penalty the unstructured row needs (C − 1)² times the data', () => {
  /** Ridge 1e-7 leaves terms of this order times the reconstruction error's slope. */
  const SMALL_RIDGE = 2e-5;
  for (const scenario of SCENARIOS) {
    it(`three colours, ${scenario}`, () => {
      const common = { ridge: 1e-7, teacherVariance: 4, colours: 3, scenario, nodes: 31 };
      const row = solveSaddlePoint(pottsProblem({ ...common, load: 5 }));
      expectSame(row, solveSaddlePoint(unstructuredPottsProblem({ ...common, load: 20 })), SMALL_RIDGE);
    });
  }
});

describe('quasi-random points agree with the grid', () => {
  /** About √(1/samples)/10 for smooth integrands in two to four dimensions. */
  const SAMPLING = 3e-3;
  for (const scenario of SCENARIOS) {
    it(`three colours, ${scenario}`, () => {
      const common = { load: 3, ridge: 1, teacherVariance: 4, colours: 3, scenario };
      const grid = solveSaddlePoint(pottsProblem({ ...common, nodes: 31 }));
      const sampled = solveSaddlePoint(pottsProblem({ ...common, samples: 4096 }));
      expectSame(grid, sampled, SAMPLING);
      expect(grid.quadratureError).toBeLessThan(1e-8);
      expect(sampled.quadratureError).toBeGreaterThan(1e-8);
      expect(Math.abs(grid.observables.errorRate! - sampled.observables.errorRate!)).toBeLessThan(0.01);
    });
  }
});

it('colour matrices count by their zero-sum part, and permuting colours changes nothing', () => {
  const u = Float64Array.of(1, 0.3, -0.2, 0.3, 0.4, 0.1, -0.2, 0.1, 0.8);
  const shifted = u.map((value, i) => value + [0.7, -1, 2][i % 3] + [3, 0.1, 0][Math.floor(i / 3)]);
  const permuted = u.map(
    (_, i) => u[3 * ((Math.floor(i / 3) + 1) % 3) + ((i + 1) % 3 === 0 ? 0 : (i % 3) + 1)],
  );
  const solve = (colourMatrix: Float64Array) =>
    solveSaddlePoint(
      pottsProblem({
        load: 2,
        ridge: 0.5,
        teacherVariance: 2,
        colours: 3,
        scenario: 'tilted',
        colourMatrix,
        nodes: 31,
      }),
    );
  expectSame(solve(u), solve(shifted), SAME_EQUATIONS);
  expectSame(solve(u), solve(permuted), SAME_EQUATIONS);
});

it('a student with another colour matrix does worse', () => {
  const teacherColourMatrix = Float64Array.of(1, 0.3, -0.2, 0.3, 0.4, 0.1, -0.2, 0.1, 0.8);
  const common = { load: 8, ridge: 0.2, teacherVariance: 4, colours: 3, teacherColourMatrix, nodes: 25 };
  for (const scenario of SCENARIOS) {
    const right = pottsProblem({ ...common, scenario, colourMatrix: teacherColourMatrix });
    const wrong = pottsProblem({ ...common, scenario });
    const [a, b] = [solveSaddlePoint(right), solveSaddlePoint(wrong)];
    expect(b.status).toBe('converged');
    expect(b.observables.generalizationLoss).toBeGreaterThan(a.observables.generalizationLoss + 0.005);
  }
});
