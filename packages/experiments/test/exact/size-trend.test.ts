import { describe, expect, it } from 'vitest';
import type { ComparedPoint } from '../../src/index.ts';
import { sizeTrend } from '../../src/replica-curve/size-trend.ts';

/** A point whose observables all deviate from 2 by the same amount. */
function point(deviation: number, error: number, experiments: number): ComparedPoint {
  const comparison = { mean: 2 + deviation, theory: 2, error, deviation: deviation / error };
  return {
    ...{ covariance: 'sk', load: 1, ridge: 1, samples: 10, experiments },
    ...{ trainingLoss: comparison, generalizationLoss: comparison, reconstructionError: comparison },
  };
}

describe('sizeTrend', () => {
  it('takes a deviation ∝ 1/N off, and adds the errors', () => {
    const [{ generalizationLoss }] = sizeTrend([point(0.2, 0.03, 16)], [point(0.1, 0.02, 8)]);
    expect(generalizationLoss.extrapolated).toBeCloseTo(0, 14);
    expect(generalizationLoss.error).toBeCloseTo(Math.hypot(0.03, 0.04), 14);
    expect(generalizationLoss.deviation).toBeCloseTo(0, 10);
  });

  it('leaves what does not depend on the size', () => {
    const [{ reconstructionError }] = sizeTrend([point(0.1, 0.03, 1000)], [point(0.1, 0.02, 1000)]);
    expect(reconstructionError.extrapolated).toBeCloseTo(0.1, 14);
    // With many experiments the deviate is the plain ratio, 0.1/0.05, to the approximation's hundredth.
    expect(reconstructionError.deviation).toBeCloseTo(2, 1);
  });
});
