import { seededRng } from '@spinformer/numerics';
import { WasmRuntime } from '@spinformer/tensor/wasm';
import { describe, expect, it } from 'vitest';
import { directInformation } from '../../src/direct-information.ts';
import { enumerateExactly } from '../../src/enumerate.ts';
import { toLatticeGasGauge } from '../../src/gauge.ts';
import { inferCouplings } from '../../src/inference/infer-couplings.ts';
import type { PottsModel } from '../../src/model.ts';
import { allConfigurations, largestDifference, randomModel } from '../helpers/random-models.ts';
import { lastTick, randomData } from '../support/random-data.ts';

const DOUBLE = 1e-9;
/** Couplings of inferred models are float32. */
const SINGLE = 1e-5;

/** One-site frequencies of the exact distribution, [sites, states]. */
function marginals(model: PottsModel): { frequencies: Float64Array; probabilities: Float64Array } {
  const { sites, states } = model;
  const { probabilities } = enumerateExactly(model);
  const values = allConfigurations(sites, states);
  const frequencies = new Float64Array(sites * states);
  values.forEach((state, k) => {
    frequencies[(k % sites) * states + state] += probabilities[Math.floor(k / sites)];
  });
  return { frequencies, probabilities };
}

describe('directInformation', () => {
  it('of two sites is their mutual information', () => {
    const model = randomModel(seededRng(5), 2, 4);
    const { frequencies, probabilities } = marginals(model);
    const mutual = probabilities.reduce(
      (sum, p, k) => sum + p * Math.log(p / (frequencies[k >> 2] * frequencies[4 + (k % 4)])),
      0,
    );
    const scores = directInformation(model, frequencies);
    expect(Math.abs(scores[1] - mutual)).toBeLessThan(DOUBLE);
    expect(scores[2]).toBe(scores[1]);
  });

  it('is zero for sites that are coupled through others only, and does not depend on the gauge', () => {
    const free = randomModel(seededRng(6), 3, 3);
    const couplings = free.couplings.map((value, k) => {
      const pair = Math.floor(k / 9);
      return pair === 2 || pair === 6 ? 0 : value;
    });
    const model = { ...free, couplings };
    const { frequencies } = marginals(model);
    const scores = directInformation(model, frequencies);
    expect(Math.abs(scores[2])).toBeLessThan(DOUBLE);
    expect(scores[1]).toBeGreaterThan(0.01);
    expect(largestDifference(directInformation(toLatticeGasGauge(model), frequencies), scores)).toBeLessThan(
      DOUBLE,
    );
  });

  it('of a Gaussian of two sites is its mutual information ½ log det C₁₁ det C₂₂ / det C', async () => {
    const data = randomData(80, 2, 3, { seed: 4 });
    const runtime = new WasmRuntime({ threads: 1 });
    const pseudocount = 0.3;
    const { model } = await lastTick(inferCouplings(data, { method: 'gaussian', pseudocount, runtime }));
    const { frequencies, covariance } = pairCovariance(data.values, pseudocount);
    const block = (from: number) =>
      determinant([from, from + 1].map((k) => covariance[k].slice(from, from + 2)));
    const mutual = Math.log((block(0) * block(2)) / determinant(covariance)) / 2;
    const scores = directInformation(model!, frequencies, { pairs: 'gaussian', pseudocount });
    expect(Math.abs(scores[1] - mutual)).toBeLessThan(SINGLE);
  });

  it('takes the average product away where asked', () => {
    const model = randomModel(seededRng(7), 4, 3);
    const { frequencies } = marginals(model);
    const bare = directInformation(model, frequencies);
    const corrected = directInformation(model, frequencies, { correction: 'apc' });
    expect(corrected[1]).toBeLessThan(bare[1]);
  });

  it('says what is wrong', () => {
    const model = randomModel(seededRng(8), 3, 3);
    expect(() => directInformation(model, new Float64Array(3))).toThrow(/frequencies must hold 9 numbers/);
    expect(() => directInformation(model, new Float64Array(9).fill(2))).toThrow(/site 0 has 2/);
    const frequencies = new Float64Array(9).fill(1 / 3);
    expect(() => directInformation(model, frequencies, { pseudocount: -1 })).toThrow(/0…1, got -1/);
  });
});

/** Frequencies, and the covariance with a share of uniform ones, of two sites of three states. */
function pairCovariance(values: Int32Array, share: number) {
  const joint = new Float64Array(9).fill(share / 9);
  for (let s = 0; s < values.length / 2; s++)
    joint[values[2 * s] * 3 + values[2 * s + 1]] += (2 * (1 - share)) / values.length;
  const mixed = Float64Array.from({ length: 6 }, (_, k) => {
    const own = k % 3;
    return joint.reduce((sum, p, pair) => {
      const state = k < 3 ? Math.floor(pair / 3) : pair % 3;
      return state === own ? sum + p : sum;
    }, 0);
  });
  const index = [0, 1, 3, 4];
  const covariance = index.map((k) =>
    index.map((l) => {
      const same = Math.floor(k / 3) === Math.floor(l / 3);
      const [a, b] = k < l ? [k, l] : [l, k];
      const second = same ? (k === l ? mixed[k] : 0) : joint[a * 3 + (b - 3)];
      return second - mixed[k] * mixed[l];
    }),
  );
  return { frequencies: mixed.map((f) => (f - share / 3) / (1 - share)), covariance };
}

function determinant(matrix: number[][]): number {
  if (matrix.length === 1) return matrix[0][0];
  return matrix[0].reduce((sum, value, k) => {
    const minor = matrix.slice(1).map((row) => row.filter((_, column) => column !== k));
    return sum + (k % 2 ? -1 : 1) * value * determinant(minor);
  }, 0);
}
