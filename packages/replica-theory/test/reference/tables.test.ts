import { describe, expect, it } from 'vitest';
import {
  bayesLoss,
  empiricalSpectrum,
  isingProblem,
  optimalRidge,
  pottsProblem,
  separabilityThreshold,
  skSpectrum,
  solveSaddlePoint,
} from '../../src/index.ts';
import { SK_OF_400_MODES, TABLES, THREE_COLOURS } from './tables.ts';

/** Half a unit of the last printed digit, and a little for the other program's own rounding. */
function lastDigit(printed: string): number {
  return 0.51 * 10 ** -(printed.split('.')[1]?.length ?? 0);
}

describe('two colours', () => {
  for (const { scenario, teacherVariance, ridge, beta, rows } of TABLES) {
    const covariance = beta === undefined ? undefined : skSpectrum(beta);
    for (const [load, ...printed] of rows) {
      it(`${scenario}, variance ${teacherVariance}, ridge ${ridge}, ${beta ? `SK ${beta}, ` : ''}load ${load}`, () => {
        const options = { load: Number(load), ridge, teacherVariance, scenario, covariance };
        const { status, observables } = solveSaddlePoint(isingProblem(options));
        expect(status).toBe('converged');
        const { trainingLoss, generalizationLoss, reconstructionError } = observables;
        [trainingLoss, generalizationLoss, reconstructionError].forEach((value, i) => {
          expect(Math.abs(value - Number(printed[i]))).toBeLessThan(lastDigit(printed[i]));
        });
      });
    }
  }
});

describe('full states', () => {
  /** Seven digits were printed. */
  const DIGITS = 6e-7;
  for (const [scenario, ridge, m, q, v, energy] of [
    ['tilted', 0.1, 1.284984, 2.799074, 1.081989, 0.9756404],
    ['tilted', 1, 0.6422279, 0.5823939, 0.3560911, 1.46601],
    ['gaussian', 0.1, 1.205396, 2.286689, 0.7293897, 1.381025],
  ] as const) {
    it(`${scenario}, ridge ${ridge}`, () => {
      const problem = isingProblem({ load: 4, ridge, teacherVariance: 1, scenario });
      const { orderParameters, freeEnergy } = solveSaddlePoint(problem);
      const found = [orderParameters.m, orderParameters.q, orderParameters.v, freeEnergy];
      [m, q, v, energy].forEach((value, i) => {
        expect(Math.abs(found[i] - value)).toBeLessThan(DIGITS);
      });
    });
  }
});

describe('three colours', () => {
  /** The other program drew 8,000–20,000 random points: its last digits are noise. */
  const NOISE = 0.005;
  for (const [scenario, load, ridge, test, reconstruction] of THREE_COLOURS) {
    it(`${scenario}, load ${load}, ridge ${ridge}`, () => {
      const options = { load, ridge, teacherVariance: 4, colours: 3, scenario } as const;
      const { observables, quadratureError } = solveSaddlePoint(pottsProblem({ ...options, nodes: 31 }));
      expect(quadratureError).toBeLessThan(1e-6);
      expect(Math.abs(observables.generalizationLoss - test)).toBeLessThan(NOISE);
      expect(Math.abs(observables.reconstructionError / reconstruction - 1)).toBeLessThan(3 * NOISE);
    });
  }
});

it('has the losses of the teacher itself', () => {
  expect(bayesLoss({ teacherVariance: 0.25, scenario: 'tilted' })).toBeCloseTo(0.581726, 6);
  expect(bayesLoss({ teacherVariance: 1, scenario: 'tilted' })).toBeCloseTo(0.356316, 6);
  expect(bayesLoss({ teacherVariance: 0.25, scenario: 'gaussian' })).toBeCloseTo(0.599438, 6);
  expect(bayesLoss({ teacherVariance: 1, scenario: 'gaussian' })).toBeCloseTo(0.462009, 6);
});

it('has the thresholds of separability', () => {
  const tilted = [0.01, 0.25, 0.5, 1, 2].map((teacherVariance) =>
    separabilityThreshold({ teacherVariance, scenario: 'tilted' }),
  );
  [2.013, 2.341, 2.733, 3.7, 6.663].forEach((value, i) => {
    expect(Math.abs(tilted[i] - value)).toBeLessThan(6e-4);
  });
  const gaussian = [0.01, 0.25, 1, 2].map((teacherVariance) =>
    separabilityThreshold({ teacherVariance, scenario: 'gaussian' }),
  );
  [2.013, 2.278, 2.899, 3.531].forEach((value, i) => {
    expect(Math.abs(gaussian[i] - value)).toBeLessThan(6e-4);
  });
});

it('has the best ridges', () => {
  // The other program looked at ridges a factor √2 apart.
  const grid = Array.from({ length: 9 }, (_, k) => 2 ** (k / 2 - 2));
  [
    [1, 0.71],
    [4, 1],
    [16, 1.41],
  ].forEach(([load, printed]) => {
    const make = (ridge: number) => isingProblem({ load, ridge, teacherVariance: 1, scenario: 'tilted' });
    const losses = grid.map((ridge) => solveSaddlePoint(make(ridge)).observables.generalizationLoss);
    expect(grid[losses.indexOf(Math.min(...losses))]).toBeCloseTo(printed, 2);
    const best = optimalRidge(make);
    expect(best.isAtEnd).toBe(false);
    expect(Math.abs(Math.log2(best.ridge / printed))).toBeLessThan(0.25);
    expect(best.solution.observables.generalizationLoss).toBeLessThanOrEqual(Math.min(...losses));
  });
});

describe('a spectrum of 400 modes', () => {
  const beta = 0.8;
  /** The angle below which a share of the semicircle lies, by bisection. */
  const quantile = (share: number) => {
    let [low, high] = [0, Math.PI];
    for (let step = 0; step < 60; step++) {
      const middle = (low + high) / 2;
      if ((middle - Math.sin(2 * middle) / 2) / Math.PI < share) low = middle;
      else high = middle;
    }
    return low;
  };
  const eigenvalues = Float64Array.from(
    { length: 400 },
    (_, k) => 1 / (1 + beta * beta - 2 * beta * Math.cos(quantile((k + 0.5) / 400))),
  );
  const teacherVariance = beta * beta * (eigenvalues.reduce((sum, value) => sum + value, 0) / 400);
  for (const [load, ...printed] of SK_OF_400_MODES) {
    it(`load ${load}`, () => {
      const covariance = empiricalSpectrum(eigenvalues);
      const options = { load: Number(load), ridge: 1, teacherVariance, covariance } as const;
      const { observables } = solveSaddlePoint(isingProblem({ ...options, scenario: 'tilted' }));
      const { trainingLoss, generalizationLoss, reconstructionError } = observables;
      [trainingLoss, generalizationLoss, reconstructionError].forEach((value, i) => {
        expect(Math.abs(value - Number(printed[i]))).toBeLessThan(lastDigit(printed[i]));
      });
    });
  }
});
