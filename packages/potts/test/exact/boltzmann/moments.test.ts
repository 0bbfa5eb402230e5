import { seededRng } from '@spinformer/numerics';
import { WasmRuntime } from '@spinformer/tensor/wasm';
import { afterAll, describe, expect, it } from 'vitest';
import { enumerateExactly, type LearningRule, toZeroSumGauge } from '../../../src/index.ts';
import { enumeratedData, learn } from '../../support/learn.ts';
import { randomModel } from '../../support/random-models.ts';

const runtime = new WasmRuntime({ threads: 2 });
afterAll(() => runtime.stop());

const CHAINS = 10_000;
/** Frequencies over the chains are off by at most 0.5/√CHAINS in the mean; the largest of 90 may be off four times that. */
const FREQUENCY_TOLERANCE = 2 / Math.sqrt(CHAINS);
/**
 * A coupling of letters with frequencies near 1/3 is off by about the frequency's error over 1/9, a little less than
 * the tolerance above times 9.
 */
const COUPLING_TOLERANCE = 9 * FREQUENCY_TOLERANCE;

const truth = randomModel(4, 3, { seed: 3, fields: 0.4, couplings: 0.5 });
const data = enumeratedData(truth);
const exact = enumerateExactly(truth);

const RULES: readonly [LearningRule, object][] = [
  ['natural', { maximumSteps: 150 }],
  ['adam', { maximumSteps: 300, learningRate: 0.01 }],
  ['gradient', { maximumSteps: 300, learningRate: 1.5, sweeps: 2 }],
];

const largest = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Math.max(...Array.from(a, (value, k) => Math.abs(value - b[k])));

describe('learning from all configurations of a small model', () => {
  for (const [rule, tuning] of RULES)
    it(`${rule}: the learned model has the frequencies of the data and the couplings they came from`, async () => {
      const options = { rng: seededRng(7), chains: CHAINS, runtime, targetPearson: 1, rule, ...tuning };
      const last = (await learn(data, options)).at(-1);
      expect(last?.status).toBe('step-limit');
      const model = last?.model;
      if (!model) throw new Error('no model');
      const learned = enumerateExactly(model);
      expect(largest(learned.marginals, exact.marginals)).toBeLessThan(FREQUENCY_TOLERANCE);
      expect(largest(learned.pairMarginals, exact.pairMarginals)).toBeLessThan(FREQUENCY_TOLERANCE);
      const couplings = toZeroSumGauge(model).couplings;
      expect(largest(couplings, toZeroSumGauge(truth).couplings)).toBeLessThan(COUPLING_TOLERANCE);
    });

  it('and a model of the profile alone does not', async () => {
    const [first] = await learn(data, { rng: seededRng(7), chains: CHAINS, runtime, maximumSteps: 0 });
    expect(largest(enumerateExactly(first.model).marginals, exact.marginals)).toBeLessThan(1e-6);
    expect(largest(enumerateExactly(first.model).pairMarginals, exact.pairMarginals)).toBeGreaterThan(
      FREQUENCY_TOLERANCE,
    );
  });

  it('started from the truth, chains agree with the data at once and the gradient is noise', async () => {
    const options = { rng: seededRng(8), chains: CHAINS, runtime, start: truth, burnIn: 20, maximumSteps: 0 };
    const [first] = await learn(data, options);
    expect(first.metrics.pearson).toBeGreaterThan(0.99);
    // 12 + 54 frequencies, each with a standard error of at most 0.5/√CHAINS.
    expect(first.metrics.gradientNorm).toBeLessThan(0.5 * Math.sqrt(66 / CHAINS));
  });

  it('penalised learning ends where the gradient with its penalty vanishes', async () => {
    const couplingPenalty = 0.05;
    const options = { rng: seededRng(9), chains: CHAINS, runtime, couplingPenalty, targetPearson: 1 };
    const last = (
      await learn(data, { ...options, maximumSteps: 200, rule: 'gradient', learningRate: 1, sweeps: 2 })
    ).at(-1);
    const model = last?.model;
    if (!model) throw new Error('no model');
    const { pairMarginals } = enumerateExactly(model);
    const { sites, states } = model;
    for (let i = 0; i < sites; i++)
      for (let j = i + 1; j < sites; j++)
        for (let k = 0; k < states ** 2; k++) {
          const at = (i * sites + j) * states ** 2 + k;
          const gradient =
            exact.pairMarginals[at] - pairMarginals[at] - 2 * couplingPenalty * model.couplings[at];
          expect(Math.abs(gradient)).toBeLessThan(FREQUENCY_TOLERANCE);
        }
  });
});

describe('the gradient', () => {
  it('is what the mean log-likelihood does when a parameter moves', () => {
    const model = randomModel(4, 3, { seed: 5 });
    const { sites, states } = model;
    const logLikelihood = (fields: Float64Array, couplings: Float64Array) => {
      const { logZ, probabilities } = enumerateExactly({ sites, states, fields, couplings });
      return exact.probabilities.reduce((sum, p, k) => sum + p * Math.log(probabilities[k]), 0 * logZ);
    };
    const { marginals, pairMarginals } = enumerateExactly(model);
    const couplings = Float64Array.from(model.couplings);
    const H = 1e-5;
    for (const [i, j, a, b] of [
      [0, 1, 0, 2],
      [1, 3, 2, 1],
    ]) {
      const at = ((i * sites + j) * states + a) * states + b;
      const mirror = ((j * sites + i) * states + b) * states + a;
      const moved = (by: number) => couplings.map((value, k) => value + (k === at || k === mirror ? by : 0));
      const slope =
        (logLikelihood(model.fields, moved(H)) - logLikelihood(model.fields, moved(-H))) / (2 * H);
      expect(slope).toBeCloseTo(exact.pairMarginals[at] - pairMarginals[at], 7);
      const field = (by: number) => model.fields.map((value, k) => value + (k === i * states + a ? by : 0));
      const fieldSlope = (logLikelihood(field(H), couplings) - logLikelihood(field(-H), couplings)) / (2 * H);
      expect(fieldSlope).toBeCloseTo(exact.marginals[i * states + a] - marginals[i * states + a], 7);
    }
  });
});
