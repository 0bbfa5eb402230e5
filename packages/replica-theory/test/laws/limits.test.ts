import { describe, expect, it } from 'vitest';
import {
  bayesLoss,
  bayesOptimalProblem,
  isingProblem,
  learningCurve,
  pottsProblem,
  type Scenario,
  separabilityThreshold,
  skSpectrum,
  solveSaddlePoint,
} from '../../src/index.ts';

const SCENARIOS: readonly Scenario[] = ['tilted', 'gaussian'];

describe.each(SCENARIOS)('limits, %s', (scenario) => {
  const at = (load: number, ridge: number, teacherVariance = 1) =>
    solveSaddlePoint(isingProblem({ load, ridge, teacherVariance, scenario }));

  it('no data: the student knows nothing', () => {
    for (const load of [0, 1e-9]) {
      const { observables, status, remedy } = at(load, 1);
      expect(status).toBe('converged');
      expect(remedy).toBeUndefined();
      expect(observables.generalizationLoss).toBeCloseTo(Math.LN2, 7);
      expect(observables.reconstructionError).toBeCloseTo(1, 7);
      expect(observables.v).toBeCloseTo(1, 7);
    }
  });

  it('infinite penalty: no weights', () => {
    const { observables, status } = at(2, 1e8);
    expect(status).toBe('converged');
    expect(observables.generalizationLoss).toBeCloseTo(Math.LN2, 6);
    expect(observables.reconstructionError).toBeCloseTo(1, 6);
    expect(observables.m).toBeLessThan(1e-6);
  });

  it('much data, no penalty: the excess over the teacher is 1/(2 load)', () => {
    const teacher = bayesLoss({ teacherVariance: 1, scenario });
    const excess = (load: number) => load * (at(load, 1e-6).observables.generalizationLoss - teacher);
    // The next order is 1/load: two loads extrapolate it away, leaving 1/load² ≈ 1e-6 times a constant.
    expect(2 * excess(2000) - excess(1000)).toBeCloseTo(0.5, 4);
    expect(at(1e6, 1e-6).observables.m).toBeCloseTo(1, 4);
  });

  it('below the separability threshold the training loss vanishes with the penalty, above it does not', () => {
    const threshold = separabilityThreshold({ teacherVariance: 1, scenario });
    const below = at(0.8 * threshold, 1e-5);
    const above = at(1.25 * threshold, 1e-5);
    expect(below.observables.trainingLoss).toBeLessThan(1e-2);
    expect(below.observables.reconstructionError).toBeGreaterThan(20);
    expect(below.warning).toMatch(/separability threshold/);
    expect(above.observables.trainingLoss).toBeGreaterThan(0.05);
    expect(above.observables.reconstructionError).toBeLessThan(10);
    expect(above.warning).toBeUndefined();
  });

  it('the posterior average is better than every ridge, and obeys the Nishimori identities', () => {
    for (const covariance of [undefined, skSpectrum(0.6)]) {
      const options = { load: 3, teacherVariance: 0.8, scenario, covariance };
      const problem = bayesOptimalProblem(options);
      const start = Float64Array.of(0.1, 0.5, 0.7);
      const { status, orderParameters, observables } = solveSaddlePoint(problem, { start });
      expect(status).toBe('converged');
      expect(orderParameters.m).toBeCloseTo(orderParameters.q, 8);
      expect(orderParameters.v).toBeCloseTo(0.8 - orderParameters.q, 8);
      expect(observables.trainingLoss).toBeCloseTo(bayesLoss({ teacherVariance: 0.8, scenario }), 8);
      for (const ridge of [0.3, 1, 1.25, 2, 4]) {
        const fit = solveSaddlePoint(isingProblem({ ...options, ridge })).observables;
        expect(fit.generalizationLoss).toBeGreaterThan(observables.generalizationLoss);
        expect(fit.reconstructionError).toBeGreaterThan(observables.reconstructionError);
      }
    }
  });

  it('the evidence grows per example by the predictive loss (chain rule of entropy)', () => {
    const free = (load: number) => {
      const problem = bayesOptimalProblem({ load, teacherVariance: 1, scenario });
      const { freeEnergy, point } = solveSaddlePoint(problem, { tolerance: 1e-12 });
      return { freeEnergy, q: point[1], test: problem.observables(point).generalizationLoss };
    };
    const step = 1e-3;
    const slope = (free(3 + step).freeEnergy - free(3 - step).freeEnergy) / (2 * step);
    const { q, test } = free(3);
    // Of the inputs together with the answers when the law is joint: log 2 − q/2.
    expect(slope).toBeCloseTo(scenario === 'gaussian' ? test : Math.LN2 - q / 2, 6);
  });

  it('a curve is the same upwards and downwards, and loss falls with data at the Bayes ridge', () => {
    const make = (load: number) => isingProblem({ load, ridge: 1, teacherVariance: 1, scenario });
    const loads = Array.from({ length: 60 }, (_, i) => 0.25 * 1.1 ** i);
    const curve = learningCurve(make, loads);
    expect(curve.every(({ status, coexisting }) => status === 'converged' && coexisting.length === 0)).toBe(
      true,
    );
    for (let i = 1; i < curve.length; i++) {
      const [before, after] = [curve[i - 1].observables, curve[i].observables];
      expect(after.generalizationLoss).toBeLessThan(before.generalizationLoss);
      expect(after.reconstructionError).toBeLessThan(before.reconstructionError);
    }
  });
});

it('much data, no penalty: the reconstruction error is ⟨1/Ω⟩ / (load · ρ · (1 − E tanh))', () => {
  for (const [teacherVariance, coefficient] of [
    [1, 2.224],
    [0.25, 5.026],
  ]) {
    for (const beta of [0, 0.6]) {
      const covariance = skSpectrum(beta);
      const options = { load: 1e5, ridge: 1e-8, teacherVariance, covariance, scenario: 'tilted' } as const;
      const { reconstructionError } = solveSaddlePoint(isingProblem(options)).observables;
      // |w*|²/L = ρ for these spectra, whose mean is one.
      expect(Math.abs((1e5 * reconstructionError) / (1 + beta * beta) - coefficient)).toBeLessThan(1e-3);
    }
  }
});

it('without penalty correlations between inputs change the reconstruction alone', () => {
  const options = { load: 8, ridge: 1e-8, teacherVariance: 0.49, scenario: 'tilted' } as const;
  const independent = solveSaddlePoint(isingProblem(options)).observables;
  const correlated = solveSaddlePoint(isingProblem({ ...options, covariance: skSpectrum(0.7) })).observables;
  expect(correlated.trainingLoss).toBeCloseTo(independent.trainingLoss, 6);
  expect(correlated.generalizationLoss).toBeCloseTo(independent.generalizationLoss, 6);
  expect(correlated.reconstructionError).toBeGreaterThan(independent.reconstructionError);
});

it('five colours: much data approaches the teacher', () => {
  const options = { ridge: 1e-3, teacherVariance: 2, colours: 5, scenario: 'tilted', samples: 1024 } as const;
  const teacher = bayesLoss(options);
  const { observables } = solveSaddlePoint(pottsProblem({ ...options, load: 100 }));
  // One number per site: the excess is 1/(2 load), here to the accuracy of 1024 points.
  expect(observables.generalizationLoss - teacher).toBeGreaterThan(0.003);
  expect(observables.generalizationLoss - teacher).toBeLessThan(0.007);
});
