import { seededRng } from '@spinformer/numerics';
import { describe, expect, it } from 'vitest';
import { replicaCurve, resolveConfig } from '../../src/index.ts';
import { drawCouplings, drawRow, expectedLoss, rowLogits } from '../../src/replica-curve/draw-row.ts';
import { layerPenalty } from '../../src/replica-curve/fit-layer.ts';
import { fitRow } from '../../src/replica-curve/fit-row.ts';

describe('single sites of the replica curve', () => {
  it('have couplings of exactly the variance asked for', () => {
    const couplings = drawCouplings(50, 2.5, seededRng(1));
    expect(couplings.reduce((sum, value) => sum + value ** 2, 0)).toBeCloseTo(2.5, 12);
  });

  it.each(['tilted', 'gaussian'] as const)(
    'follow the conditional of the star in the scenario %s',
    (scenario) => {
      const couplings = Float64Array.of(1.2, -0.7);
      const samples = 40_000;
      const row = drawRow({ colours: 3, couplings, scenario }, samples, seededRng(2));
      const logits = rowLogits(row, couplings, 3);
      // Given both neighbours in colour 0, the site is in colour 0 with the probability that the couplings say.
      let seen = 0;
      let hits = 0;
      let wanted = 0;
      for (let k = 0; k < samples; k++) {
        if (row.inputs[2 * k] !== 0 || row.inputs[2 * k + 1] !== 0) continue;
        seen++;
        if (row.answers[k] === 0) hits++;
        wanted = Math.exp(logits[3 * k]) / (Math.exp(logits[3 * k]) + 2);
      }
      // Four standard errors of a proportion.
      expect(Math.abs(hits / seen - wanted)).toBeLessThan(4 * Math.sqrt((wanted * (1 - wanted)) / seen));
    },
  );

  it('lose nothing but the entropy when the student is the teacher', () => {
    expect(expectedLoss([0, 0, 3, 3], [1, 1, -2, -2], 2)).toBeCloseTo(Math.log(2), 12);
    expect(expectedLoss([0, Math.log(3)], [0, Math.log(3)], 2)).toBeCloseTo(
      -(0.25 * Math.log(0.25) + 0.75 * Math.log(0.75)),
      12,
    );
  });

  it('learn nothing under a huge ridge', () => {
    const config = resolveConfig(replicaCurve, 'quick', {
      ...{ loads: [2], ridges: [1000], neighbours: 30, testSamples: 50, colours: 3 },
    });
    const [training, generalization, reconstruction] = fitRow(config, seededRng(3)).values;
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
