import { DataError, seededRng } from '@spinformer/numerics';
import { describe, expect, it } from 'vitest';
import { contactProbabilities } from '../../src/contact-probabilities/contact-probabilities.ts';
import { minimizePlane } from '../../src/contact-probabilities/minimize-plane.ts';
import { logNoise } from '../../src/contact-probabilities/score-mixture.ts';

/** Scores of a known mixture: skew-normal noise of mean zero by its two normals, and a lognormal tail. */
function drawScores(count: number, tail: number): Float64Array {
  const rng = seededRng(5);
  const normal = () => Math.sqrt(-2 * Math.log(1 - rng.uniform())) * Math.cos(2 * Math.PI * rng.uniform());
  const delta = 2 / Math.sqrt(5); // skew 2
  const mean = delta * Math.sqrt(2 / Math.PI);
  return Float64Array.from({ length: count }, (_, k) =>
    k < tail
      ? Math.exp(0.5 + 0.25 * normal())
      : 0.2 * (delta * Math.abs(normal()) + Math.sqrt(1 - delta ** 2) * normal() - mean),
  );
}

describe('contactProbabilities', () => {
  it('finds the mixture that scores were drawn from', () => {
    const scores = drawScores(4000, 400);
    const { mixture, probabilities, status } = contactProbabilities(scores);
    expect(status).toBe('converged');
    // Within some standard errors: σ/√400 of the tail, ω/√3600 of the noise.
    expect(mixture.noiseShare).toBeCloseTo(0.9, 2);
    expect(Math.abs(mixture.noiseScale - 0.2)).toBeLessThan(0.01);
    expect(Math.abs(mixture.noiseSkew - 2)).toBeLessThan(0.5);
    expect(Math.abs(mixture.signalMean - 0.5)).toBeLessThan(0.06);
    expect(Math.abs(mixture.signalDeviation - 0.25)).toBeLessThan(0.04);
    const expected = probabilities.reduce((sum, p) => sum + p, 0);
    expect(Math.abs(expected - 400)).toBeLessThan(40);
    expect(probabilities.every((p, k) => p >= 0 && p <= 1 && (scores[k] > 0 || p === 0))).toBe(true);
  });

  it('says when nothing but one score stands out', () => {
    const scores = [...drawScores(500, 0), 50];
    const { status, remedy } = contactProbabilities(scores);
    expect(status).toBe('diverged');
    expect(remedy).toContain('single score');
  });

  it('ends at the step limit with a remedy', () => {
    expect(contactProbabilities(drawScores(500, 50), { maximumSteps: 1 })).toMatchObject({
      steps: 1,
      status: 'step-limit',
    });
  });

  it.each([
    [[1, 2, 3], 'to 3 scores'],
    [Array(20).fill(1), 'all scores are equal'],
    [[...Array(20).keys()].map((k) => -k), 'no score is positive'],
    [[...Array(20).keys(), Number.NaN], 'scores\\[20\\] is NaN'],
  ])('refuses what has no tail: %#', (scores, message) => {
    expect(() => contactProbabilities(scores)).toThrow(DataError);
    expect(() => contactProbabilities(scores)).toThrow(new RegExp(message));
  });

  it('noise is a density of mean zero', () => {
    const step = 0.001;
    let total = 0;
    let mean = 0;
    for (let x = -5; x < 5; x += step) {
      const p = Math.exp(logNoise(0.3, 4, x)) * step;
      total += p;
      mean += x * p;
    }
    expect(total).toBeCloseTo(1, 6);
    expect(mean).toBeCloseTo(0, 6);
  });

  it('minimizePlane finds the bottom of a bent valley', () => {
    const [x, y] = minimizePlane((a, b) => (1 - a) ** 2 + 100 * (b - a * a) ** 2, [-1, 1]);
    expect([x, y]).toEqual([expect.closeTo(1, 4), expect.closeTo(1, 4)]);
  });
});
