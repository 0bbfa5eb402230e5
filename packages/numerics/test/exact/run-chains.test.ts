import { collectObservations, estimate, runChains, seededRng } from '@spinformer/numerics';
import { describe, expect, it } from 'vitest';
import { goodnessOfFit, P_THRESHOLD } from '../helpers/goodness-of-fit.ts';
import { ringWalk, type Walker } from '../helpers/ring-walk.ts';

const LOG_WEIGHTS = [0, 1, 2, 0.5, -1];
const weights = LOG_WEIGHTS.map(Math.exp);
const total = weights.reduce((sum, weight) => sum + weight);
const probabilities = weights.map((weight) => weight / total);

describe('chains of the ring walk', () => {
  it('visit the states with their exact probabilities, and a wrong target is found out', async () => {
    const observe = ({ at }: Walker) => ({ at });
    // τ of the walk is below 10 steps: draws 40 steps apart are independent for this test.
    const options = {
      rng: seededRng('ring'),
      draws: 3000,
      warmup: 100,
      thinning: 40,
      drawsPerTick: 500,
      observe,
    };
    const { at } = await collectObservations(runChains(ringWalk(LOG_WEIGHTS), options));
    expect(estimate(at, 4).autocorrelationTime).toBeLessThan(1.3);
    const counts = new Float64Array(5);
    for (const state of at) counts[state]++;
    expect(goodnessOfFit(counts, probabilities)).toBeGreaterThan(P_THRESHOLD);
    expect(goodnessOfFit(counts, new Float64Array(5).fill(0.2))).toBeLessThan(P_THRESHOLD);
  });
});
