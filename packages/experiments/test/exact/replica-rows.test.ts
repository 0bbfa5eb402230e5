import { seededRng } from '@spinformer/numerics';
import { describe, expect, it } from 'vitest';
import { replicaCurve, resolveConfig } from '../../src/index.ts';
import { layerPenalty } from '../../src/replica-curve/fit-layer.ts';
import { fitRow } from '../../src/replica-curve/fit-row.ts';
import { scenarioRow } from '../../src/replica-curve/scenario-problem.ts';

describe('single sites of the replica curve', () => {
  it('are the rows of the theory, in the Ising convention for two colours', () => {
    const config = (colours: number) => resolveConfig(replicaCurve, 'quick', { colours, beta: 0.5 });
    expect(scenarioRow(config(2), 'identity', 0.6, 3)).toEqual({
      ...{ scenario: 'tilted', load: 3, ridge: 0.6, teacherVariance: 0.25 },
    });
    expect(scenarioRow(config(3), 'identity', 0.6, 3)).toEqual({
      ...{ scenario: 'tilted', load: 3, ridge: 0.6, teacherVariance: 2.25, colours: 3 },
    });
  });

  it('say when they did not converge', async () => {
    const config = resolveConfig(replicaCurve, 'quick', {
      ...{ loads: [2], ridges: [0.1, 1], neighbours: 20, testSamples: 50, iterations: 1 },
    });
    const { values, remarks } = await fitRow(config, seededRng(3));
    expect(values.every(Number.isFinite)).toBe(true);
    expect(remarks).toHaveLength(2);
    expect(remarks[0]).toMatch(/load 2 and ridge 0.1 ended as step-limit/);
  });

  it('learn nothing under a huge ridge', async () => {
    const config = resolveConfig(replicaCurve, 'quick', {
      ...{ loads: [2], ridges: [1000], neighbours: 30, testSamples: 50, colours: 3 },
    });
    const [training, generalization, reconstruction] = (await fitRow(config, seededRng(3))).values;
    expect(training).toBeCloseTo(Math.log(3), 2);
    expect(generalization).toBeCloseTo(Math.log(3), 2);
    expect(Math.abs(reconstruction - 1)).toBeLessThan(0.01);
  });
});

describe('layerPenalty', () => {
  it('is λ (N − 1)/(2 P N C), and a quarter of it for two colours, which are in the Ising convention', () => {
    const config = (colours: number) => resolveConfig(replicaCurve, 'quick', { colours, sites: 15 });
    expect(layerPenalty(config(3), 0.6, 50)).toBeCloseTo((0.6 * 14) / (2 * 50 * 15 * 3), 15);
    expect(layerPenalty(config(2), 0.6, 50)).toBeCloseTo((0.15 * 14) / (2 * 50 * 15 * 2), 15);
  });
});
