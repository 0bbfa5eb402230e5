import { type Configurations, minimize, type PottsLike } from '@spinformer/numerics';
import { WasmRuntime } from '@spinformer/tensor/wasm';
import { describe, expect, it } from 'vitest';
import { contactScores } from '../../../src/contacts.ts';
import { toZeroSumGauge } from '../../../src/gauge.ts';
import { inferCouplings } from '../../../src/inference/infer-couplings.ts';
import { pseudolikelihood } from '../../../src/inference/pseudolikelihood.ts';
import type { Penalties } from '../../../src/inference/site-priors.ts';
import { largestDifference } from '../../helpers/random-models.ts';
import { lastTick, randomData } from '../../support/random-data.ts';

/** Parameters near a minimum that float32 rows resolve to about √ε · scale. */
const PARAMETERS = 2e-3;
const OBJECTIVE = 1e-6;

const penalties = { fieldPenalty: 0.2, couplingPenalty: 0.7 };
const data = randomData(200, 5, 3, { seed: 6, missing: 0.08, weighted: true });
const runtime = new WasmRuntime({ threads: 2 });

/** Couplings of pairs i < j as parameters after the fields. */
function unpack(x: Float64Array, sites: number, states: number): PottsLike {
  const fields = x.slice(0, sites * states);
  const couplings = new Float64Array((sites * states) ** 2);
  let k = sites * states;
  for (let i = 0; i < sites; i++)
    for (let j = i + 1; j < sites; j++)
      for (let a = 0; a < states; a++)
        for (let b = 0; b < states; b++) {
          couplings[((i * sites + j) * states + a) * states + b] = x[k];
          couplings[((j * sites + i) * states + b) * states + a] = x[k++];
        }
  return { sites, states, fields, couplings };
}

function packGradient(
  target: Float64Array,
  fields: Float64Array,
  couplings: Float64Array,
  sites: number,
  states: number,
) {
  target.set(fields);
  let k = sites * states;
  for (let i = 0; i < sites; i++)
    for (let j = i + 1; j < sites; j++)
      for (let a = 0; a < states; a++)
        for (let b = 0; b < states; b++) target[k++] = couplings[((i * sites + j) * states + a) * states + b];
}

function exactMinimum({ sites, states }: Configurations, penalties: Penalties) {
  const parameters = sites * states + (sites * (sites - 1) * states * states) / 2;
  const result = minimize(
    (x, gradient) => {
      const value = pseudolikelihood(unpack(x, sites, states), data, penalties, { gradient: true });
      packGradient(gradient, value.fieldGradient!, value.couplingGradient!, sites, states);
      return value.objective;
    },
    new Float64Array(parameters),
    { gradientTolerance: 1e-8 },
  );
  return { value: result.value, model: unpack(result.point, sites, states) };
}

describe('the minimum of the symmetric pseudo-likelihood', () => {
  it.each([
    ['', penalties],
    [', with a group penalty', { ...penalties, groupPenalty: 6 }],
    [', with a group penalty alone', { fieldPenalty: 0.2, couplingPenalty: 0, groupPenalty: 3 }],
  ] as const)('is that of a float64 minimiser of the plain objective%s', async (_, own) => {
    const exact = exactMinimum(data, own);
    const { model, metrics, status } = await lastTick(
      inferCouplings(data, { ...own, tolerance: 1e-8, runtime }),
    );
    expect(status).toBe('converged');
    expect(Math.abs(metrics.objective / exact.value - 1)).toBeLessThan(OBJECTIVE);
    // In the zero-sum gauge: along gauge directions only the small penalties hold the parameters.
    const found = toZeroSumGauge(model!);
    const wanted = toZeroSumGauge(exact.model);
    expect(largestDifference(found.couplings, wanted.couplings)).toBeLessThan(PARAMETERS);
    expect(largestDifference(found.fields, wanted.fields)).toBeLessThan(PARAMETERS);
  });

  it('has no couplings left where the group penalty is strong, and smaller ones before', async () => {
    const norms = async (groupPenalty: number) => {
      const { model } = await lastTick(inferCouplings(data, { ...penalties, groupPenalty, runtime }));
      return contactScores(model!, { gauge: 'as-given', correction: 'none' });
    };
    const [free, held, gone] = [await norms(0), await norms(6), await norms(200)];
    expect(Math.max(...gone)).toBeLessThan(0.02);
    expect(Math.max(...held)).toBeGreaterThan(0.05);
    free.forEach((score, k) => {
      expect(held[k]).toBeLessThanOrEqual(score);
    });
  });

  it('the group penalty has the gradient of its value', () => {
    const own = { ...penalties, groupPenalty: 4 };
    const { model } = exactMinimum(data, { ...penalties, couplingPenalty: 5 });
    const { couplingGradient } = pseudolikelihood(model, data, own, { gradient: true });
    const { sites, states } = data;
    const step = 1e-5;
    for (const [i, j, a, b] of [
      [0, 1, 2, 0],
      [1, 4, 0, 0],
      [2, 3, 1, 2],
    ]) {
      const moved = [step, -step].map((delta) => {
        const couplings = model.couplings.slice();
        couplings[((i * sites + j) * states + a) * states + b] += delta;
        couplings[((j * sites + i) * states + b) * states + a] += delta;
        return pseudolikelihood({ ...model, couplings }, data, own).objective;
      });
      const slope = (moved[0] - moved[1]) / (2 * step);
      expect(couplingGradient![((i * sites + j) * states + a) * states + b]).toBeCloseTo(slope, 5);
    }
  });

  it('is reached from any scale of penalties', async () => {
    for (const couplingPenalty of [0, 1e-3, 1e3]) {
      const options = { fieldPenalty: 0.01, couplingPenalty, tolerance: 1e-6, runtime };
      const { status, metrics } = await lastTick(inferCouplings(data, options));
      expect(status).toBe('converged');
      expect(metrics.objective).toBeLessThan(200 * 5 * Math.log(3));
    }
  });
});

/** Objective of one site's own parameters: fields [states], couplings [sites, states, states] as (j, a, b). */
function siteObjective(site: number, x: Float64Array, gradient: Float64Array): number {
  const { sites, states, values, weights, samples } = data;
  gradient.fill(0);
  let total = 0;
  for (let s = 0; s < samples; s++) {
    const own = values[s * sites + site];
    if (own < 0) continue;
    const at = (j: number, a: number) => states + (j * states + a) * states + values[s * sites + j];
    const others = Array.from({ length: sites }, (_, j) => j).filter(
      (j) => j !== site && values[s * sites + j] >= 0,
    );
    const logits = Array.from({ length: states }, (_, a) =>
      others.reduce((sum, j) => sum + x[at(j, a)], x[a]),
    );
    const norm = Math.log(logits.reduce((sum, logit) => sum + Math.exp(logit), 0));
    total += weights![s] * (norm - logits[own]);
    logits.forEach((logit, a) => {
      const residual = weights![s] * (Math.exp(logit - norm) - (a === own ? 1 : 0));
      gradient[a] += residual;
      for (const j of others) gradient[at(j, a)] += residual;
    });
  }
  x.forEach((value, k) => {
    const penalty = k < states ? penalties.fieldPenalty : penalties.couplingPenalty;
    total += penalty * value * value;
    gradient[k] += 2 * penalty * value;
  });
  return total;
}

describe('the minimum of the asymmetric pseudo-likelihood', () => {
  it('is the zero-sum mean of float64 minima of every site', async () => {
    const { sites, states } = data;
    const own = Array.from({ length: sites }, (_, site) =>
      minimize((x, g) => siteObjective(site, x, g), new Float64Array(states + sites * states * states), {
        gradientTolerance: 1e-9,
      }),
    );
    const couplings = new Float64Array((sites * states) ** 2);
    for (let i = 0; i < sites; i++)
      for (let j = 0; j < sites; j++)
        for (let a = 0; a < states; a++)
          for (let b = 0; b < states; b++) {
            const mine = own[i].point[states + (j * states + a) * states + b];
            const theirs = own[j].point[states + (i * states + b) * states + a];
            couplings[((i * sites + j) * states + a) * states + b] = i === j ? 0 : (mine + theirs) / 2;
          }
    const exact = toZeroSumGauge({ sites, states, fields: new Float64Array(sites * states), couplings });
    const { model, metrics, status } = await lastTick(
      inferCouplings(data, { method: 'plm-asymmetric', ...penalties, tolerance: 1e-5, runtime }),
    );
    expect(status).toBe('converged');
    const value = own.reduce((sum, result) => sum + result.value, 0);
    expect(Math.abs(metrics.objective / value - 1)).toBeLessThan(OBJECTIVE);
    expect(largestDifference(model!.couplings, exact.couplings)).toBeLessThan(PARAMETERS);
  });
});
