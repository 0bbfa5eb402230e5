import { describe, expect, it } from 'vitest';
import { empiricalSpectrum, ridgeProblem, solveSaddlePoint } from '../../src/index.ts';

/** The saddle point converges to 1e-12; losses are of order one. */
const TOLERANCE = 1e-9;

/**
 * Ridge regression on Gaussian inputs in closed form: g = tr (X'X + λ)⁻¹/L is the Stieltjes transform of the
 * Marchenko–Pastur law, and bias and noise are its derivatives.
 */
function closedForm(load: number, ridge: number, teacherVariance: number, noise: number) {
  // λ g² + (α − 1 + λ) g − 1 = 0 with g = V.
  const c = load - 1 + ridge;
  const g = (-c + Math.sqrt(c * c + 4 * ridge)) / (2 * ridge);
  const slope = -(g * g + g) / (2 * ridge * g + c);
  const bias = -ridge * ridge * slope * teacherVariance;
  const variance = noise * (g + ridge * slope);
  return { v: g, misfit: bias + variance };
}

describe('ridge regression', () => {
  for (const [load, ridge, teacherVariance, noise] of [
    [0.5, 0.1, 1, 0],
    [0.5, 0.1, 1, 0.5],
    [1, 0.01, 2, 0.1],
    [3, 1, 0.5, 0.25],
    [20, 1e-4, 1, 1],
  ]) {
    it(`load ${load}, ridge ${ridge}, noise ${noise}`, () => {
      const problem = ridgeProblem({ load, ridge, teacherVariance, noise });
      const { status, observables } = solveSaddlePoint(problem, { tolerance: 1e-13 });
      const { v, misfit } = closedForm(load, ridge, teacherVariance, noise);
      expect(status).toBe('converged');
      expect(Math.abs(observables.v / v - 1)).toBeLessThan(TOLERANCE);
      expect(Math.abs(observables.reconstructionError * teacherVariance - misfit)).toBeLessThan(TOLERANCE);
      expect(Math.abs(observables.generalizationLoss - (misfit + noise) / 2)).toBeLessThan(TOLERANCE);
    });
  }

  it('two masses of eigenvalues are two problems that share their noise', () => {
    // Ω = 1 on half of the modes and 0 on the other: as L/2 sites at twice the load with half the inputs' power.
    const half = ridgeProblem({
      load: 1,
      ridge: 0.3,
      teacherVariance: 1,
      noise: 0.2,
      covariance: empiricalSpectrum([0, 1], [0, 1]),
    });
    const whole = ridgeProblem({ load: 2, ridge: 0.6, teacherVariance: 1, noise: 0.2 });
    const [a, b] = [solveSaddlePoint(half), solveSaddlePoint(whole)];
    expect(a.observables.generalizationLoss).toBeCloseTo(b.observables.generalizationLoss, 9);
  });
});
