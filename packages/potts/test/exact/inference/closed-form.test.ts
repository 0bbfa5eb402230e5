import { type Configurations, seededRng } from '@spinformer/numerics';
import { WasmRuntime } from '@spinformer/tensor/wasm';
import { describe, expect, it } from 'vitest';
import { effectiveSequences } from '../../../src/alignment-weights.ts';
import { energy } from '../../../src/energy.ts';
import { enumerateExactly } from '../../../src/enumerate.ts';
import { toLatticeGasGauge, toZeroSumGauge } from '../../../src/gauge.ts';
import type { ClosedFormOptions } from '../../../src/inference/closed-form-options.ts';
import { correlationMatrix } from '../../../src/inference/correlation-matrix.ts';
import { distinctSequences } from '../../../src/inference/distinct-sequences.ts';
import { inferCouplings } from '../../../src/inference/infer-couplings.ts';
import type { PottsModel } from '../../../src/model.ts';
import { allConfigurations, largestDifference, randomModel } from '../../helpers/random-models.ts';
import { lastTick, randomData } from '../../support/random-data.ts';

/** Couplings are stored in float32. */
const SINGLE = 2e-6;
const DOUBLE = 1e-9;

const runtime = new WasmRuntime({ threads: 1 });
const data = randomData(150, 4, 3, { seed: 5, weighted: true });
const infer = (configurations: Configurations, options: ClosedFormOptions) =>
  lastTick(inferCouplings(configurations, { ...options, runtime }));

/** One-hot features without the last state, [samples, sites·(states − 1)]. */
function features({ samples, sites, states, values }: Configurations): number[][] {
  return Array.from({ length: samples }, (_, s) =>
    Array.from({ length: sites * (states - 1) }, (_, k) =>
      values[s * sites + Math.floor(k / (states - 1))] === k % (states - 1) ? 1 : 0,
    ),
  );
}

/** Mean and covariance of the data and a share α of all configurations alike, from whole configurations. */
function mixture(configurations: Configurations, share: number): { mean: number[]; covariance: number[][] } {
  const { sites, states } = configurations;
  const values = allConfigurations(sites, states);
  const samples = values.length / sites;
  const uniform = { samples, sites, states, values, weights: new Float64Array(samples).fill(1) };
  const length = sites * (states - 1);
  const mean = new Array<number>(length).fill(0);
  const second = mean.map(() => new Array<number>(length).fill(0));
  for (const [part, weight] of [
    [configurations, 1 - share],
    [uniform, share],
  ] as const) {
    const total = effectiveSequences(Float64Array.from(part.weights!));
    features(part).forEach((x, s) => {
      const w = (weight * part.weights![s]) / total;
      for (let k = 0; k < length; k++) {
        mean[k] += w * x[k];
        for (let l = 0; l < length; l++) second[k][l] += w * x[k] * x[l];
      }
    });
  }
  return { mean, covariance: second.map((row, k) => row.map((value, l) => value - mean[k] * mean[l])) };
}

/** Inverse and log-determinant by Gauss–Jordan. */
function invert(matrix: number[][]): { inverse: number[][]; logDeterminant: number } {
  const n = matrix.length;
  const rows = matrix.map((row, k) => [...row, ...row.map((_, l) => (k === l ? 1 : 0))]);
  let logDeterminant = 0;
  for (let k = 0; k < n; k++) {
    const pivot = rows[k][k];
    logDeterminant += Math.log(pivot);
    rows[k] = rows[k].map((value) => value / pivot);
    for (let l = 0; l < n; l++) {
      const factor = rows[l][k];
      if (l !== k) rows[l] = rows[l].map((value, c) => value - factor * rows[k][c]);
    }
  }
  return { inverse: rows.map((row) => row.slice(n)), logDeterminant };
}

const product = (matrix: number[][], vector: number[]) =>
  matrix.map((row) => row.reduce((sum, value, k) => sum + value * vector[k], 0));
const dot = (a: number[], b: number[]) => a.reduce((sum, value, k) => sum + value * b[k], 0);

describe.each([
  ['mean-field', 0.5, 0],
  ['mean-field', 0.2, 0.1],
  ['gaussian', 0.8, 0],
  ['gaussian', 1, 0],
] as const)('%s, pseudocount %d, shrinkage %d', (method, pseudocount, shrinkage) => {
  const { mean, covariance } = mixture(data, pseudocount);
  const shrunk = covariance.map((row, k) => row.map((value, l) => value + (k === l ? shrinkage : 0)));
  const { inverse, logDeterminant } = invert(shrunk);
  const options = { method, pseudocount, shrinkage } as const;

  it('has minus the inverse of the correlations as couplings', async () => {
    const { model } = await infer(data, { ...options, gauge: 'lattice-gas' });
    const { sites, states } = data;
    for (let i = 0; i < sites; i++)
      for (let j = 0; j < sites; j++)
        for (let a = 0; a < states; a++)
          for (let b = 0; b < states; b++) {
            const isFree = i === j || a === states - 1 || b === states - 1;
            const wanted = isFree ? 0 : -inverse[i * (states - 1) + a][j * (states - 1) + b];
            const found = model!.couplings[((i * sites + j) * states + a) * states + b];
            expect(Math.abs(found - wanted)).toBeLessThan(SINGLE * (1 + Math.abs(wanted)));
          }
  });

  it('reports the likelihood of the Gaussian, and an inverse that is one', async () => {
    const { metrics } = await infer(data, options);
    const { sites, states } = data;
    let objective = 0;
    features(data).forEach((x, s) => {
      const d = x.map((value, k) => value - mean[k]);
      const distance = dot(d, product(inverse, d));
      const length = sites * (states - 1);
      objective += (data.weights![s] * (length * Math.log(2 * Math.PI) + logDeterminant + distance)) / 2;
    });
    expect(Math.abs(metrics.objective / objective - 1)).toBeLessThan(DOUBLE);
    expect(metrics.gradientNorm).toBeLessThan(DOUBLE);
    expect(metrics.iterations).toBe(1);
  });

  it('comes in zero-sum gauge unless told otherwise', async () => {
    const lattice = (await infer(data, { ...options, gauge: 'lattice-gas' })).model!;
    const zeroSum = (await infer(data, options)).model!;
    expect(largestDifference(toZeroSumGauge(lattice).couplings, zeroSum.couplings)).toBeLessThan(1e-5);
    expect(toLatticeGasGauge(zeroSum).fields.length).toBe(12);
  });
});

describe('gaussian', () => {
  it('gives sequences the log-density of the Gaussian, up to a constant', async () => {
    const { mean, covariance } = mixture(data, 0.8);
    const { inverse } = invert(covariance);
    const { model } = await infer(data, { method: 'gaussian' });
    const logDensity = features(data).map((x) => {
      const d = x.map((value, k) => value - mean[k]);
      return -dot(d, product(inverse, d)) / 2;
    });
    const energies = energy(model!, data.values);
    logDensity.forEach((value, s) => {
      expect(value - logDensity[0]).toBeCloseTo(energies[0] - energies[s], 4);
    });
  });
});

describe('mean field', () => {
  const truth = randomModel(seededRng(3), 4, 3);
  /** All configurations, each with its probability under J scaled by `scale`. */
  function ensemble(scale: number): { model: PottsModel; exact: Configurations } {
    const model = toZeroSumGauge({ ...truth, couplings: truth.couplings.map((value) => scale * value) });
    const { probabilities } = enumerateExactly(model);
    const values = allConfigurations(4, 3);
    return {
      model,
      exact: { samples: 81, sites: 4, states: 3, values, weights: Float64Array.from(probabilities) },
    };
  }
  const errors = async (scale: number) => {
    const { model, exact } = ensemble(scale);
    const found = (await infer(exact, { method: 'mean-field', pseudocount: 0 })).model!;
    return [
      largestDifference(found.couplings, model.couplings),
      largestDifference(found.fields, model.fields),
    ];
  };

  it('finds weak couplings and fields to second order', async () => {
    const [couplings, fields] = await errors(0.02);
    const [halved, halvedFields] = await errors(0.01);
    expect(couplings).toBeLessThan(0.02);
    expect(couplings / halved).toBeGreaterThan(3.3);
    expect(fields / halvedFields).toBeGreaterThan(3.3);
  });

  it('does not care which state comes last', async () => {
    const turned = { ...data, values: data.values.map((value) => (value + 1) % 3) };
    const one = (await infer(data, { method: 'mean-field' })).model!;
    const other = (await infer(turned, { method: 'mean-field' })).model!;
    for (let pair = 0; pair < 16; pair++)
      for (let a = 0; a < 3; a++)
        for (let b = 0; b < 3; b++)
          expect(other.couplings[pair * 9 + ((a + 1) % 3) * 3 + ((b + 1) % 3)]).toBeCloseTo(
            one.couplings[pair * 9 + a * 3 + b],
            4,
          );
  });

  it('takes missing entries as the mean of their column', async () => {
    const missing = randomData(120, 4, 3, { seed: 9, missing: 0.3, weighted: true });
    const matrix = runtime.allocate(8 * 64);
    const encoded = distinctSequences(missing);
    const { observed } = correlationMatrix(runtime, encoded, { pseudocount: 0, shrinkage: 0 }, matrix);
    const found = runtime.float64(matrix, 64).slice();
    runtime.free(matrix);
    const mean = (k: number) => observed[Math.floor(k / 2) * 3 + (k % 2)];
    const total = missing.weights!.reduce((sum, weight) => sum + weight, 0);
    const deviations = features(missing).map((x, s) =>
      x.map((value, k) => (missing.values[s * 4 + Math.floor(k / 2)] < 0 ? 0 : value - mean(k))),
    );
    for (let k = 0; k < 8; k++)
      for (let l = 0; l < k - (k % 2); l++) {
        const terms = deviations.map((d, s) => (missing.weights![s] * d[k] * d[l]) / total);
        const wanted = terms.reduce((sum, term) => sum + term, 0);
        expect(Math.abs(found[k * 8 + l] - wanted)).toBeLessThan(DOUBLE);
      }
    expect((await infer(missing, { method: 'mean-field' })).status).toBe('converged');
  });

  it('says what to do where the matrix cannot be inverted', async () => {
    const few = randomData(3, 5, 4, { seed: 2 });
    const { status, remedy, model } = await infer(few, { method: 'mean-field', pseudocount: 0 });
    expect(status).toBe('diverged');
    expect(remedy).toMatch(/pseudocount or shrinkage/);
    expect(model).toBeUndefined();
  });

  it('is stopped and resumed', async () => {
    const signal = AbortSignal.abort();
    const options = { method: 'mean-field', runtime } as const;
    const stopped = await lastTick(inferCouplings(data, { ...options, signal }));
    expect(stopped.status).toBe('aborted');
    const resumed = await lastTick(inferCouplings(data, { ...options, resume: stopped.state }));
    expect(resumed.model).toEqual((await infer(data, options)).model);
    const resume = { method: 'gaussian', step: 0 } as const;
    await expect(inferCouplings(data, { ...options, resume }).next()).rejects.toThrow(/not of method/);
  });
});
