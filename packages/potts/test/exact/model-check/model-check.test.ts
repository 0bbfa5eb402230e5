import { type Configurations, pearson, seededRng } from '@spinformer/numerics';
import { symmetricEigen } from '@spinformer/tensor';
import { describe, expect, it } from 'vitest';
import {
  compareStatistics,
  connectedCorrelations,
  connectedThreeSite,
  distanceHistogram,
  energy,
  energyHistogram,
  enumerateExactly,
  modelCheck,
  oneSiteFrequencies,
  principalComponents,
  projectSequences,
} from '../../../src/index.ts';
import { enumeratedData } from '../../support/learn.ts';
import { randomModel } from '../../support/random-models.ts';

const rng = () => seededRng(12);
const DIGITS = 5;

function randomSequences(samples: number, sites: number, states: number, weighted: boolean, seed: number) {
  const draw = seededRng(seed);
  const values = new Int32Array(samples * sites);
  for (let m = 0; m < samples; m++) {
    const kind = draw.integer(3);
    for (let i = 0; i < sites; i++)
      values[m * sites + i] = draw.uniform() < 0.4 ? kind % states : draw.integer(states);
  }
  const weights = new Float64Array(samples).map(() => (weighted ? draw.uniform() + 0.1 : 1));
  return { samples, sites, states, values, weights } satisfies Configurations;
}

const data = randomSequences(300, 6, 4, true, 1);
const samples = randomSequences(200, 6, 4, false, 2);
const upper = (full: ArrayLike<number>, sites: number, block: number): number[] => {
  const out: number[] = [];
  for (let i = 0; i < sites; i++)
    for (let j = i + 1; j < sites; j++)
      for (let k = 0; k < block; k++) out.push(full[(i * sites + j) * block + k]);
  return out;
};

describe('compareStatistics', () => {
  const all = compareStatistics(data, samples, { rng: rng(), triples: 1000 });

  it('is what the statistics themselves say', () => {
    const [x1, y1] = [data, samples].map(oneSiteFrequencies);
    expect(all.oneSite.pearson).toBeCloseTo(pearson(x1, y1), DIGITS);
    const rmse = Math.sqrt(x1.reduce((sum, x, k) => sum + (x - y1[k]) ** 2, 0) / x1.length);
    expect(all.oneSite.rmse).toBeCloseTo(rmse, DIGITS);
    const [x2, y2] = [data, samples].map((set) => upper(connectedCorrelations(set), 6, 16));
    expect(all.twoSiteConnected.pearson).toBeCloseTo(pearson(x2, y2), DIGITS);
    expect(all.twoSiteConnected.count).toBe(15 * 16);
    const [x3, y3] = [data, samples].map((set) => connectedThreeSite(set, all.triples));
    expect(all.triples).toHaveLength(20 * 3);
    expect(all.threeSiteConnected?.pearson).toBeCloseTo(pearson(x3, y3), DIGITS);
    expect(all.twoSiteConnected.points.data).toHaveLength(15 * 16);
  });

  it('is perfect for the data themselves', () => {
    const same = compareStatistics(data, data, { rng: rng(), triples: 5 });
    for (const agreement of [same.oneSite, same.twoSite, same.twoSiteConnected, same.threeSiteConnected]) {
      expect(agreement?.pearson).toBeCloseTo(1, 10);
      expect(agreement?.slope).toBeCloseTo(1, 10);
      expect(agreement?.rmse).toBeCloseTo(0, 10);
    }
    expect(
      new Set(Array.from({ length: 5 }, (_, t) => same.triples.subarray(3 * t, 3 * t + 3).join())).size,
    ).toBe(5);
  });

  it('refuses what cannot be compared', () => {
    const other = randomSequences(5, 7, 4, false, 1);
    expect(() => compareStatistics(data, other, { rng: rng() })).toThrow(
      'data have 6 sites of 4 states, samples 7 of 4',
    );
    expect(() => compareStatistics(data, samples, { rng: rng(), triples: -1 })).toThrow(
      'triples must be a whole number',
    );
  });
});

describe('principalComponents', () => {
  it('are the leading eigenvectors of the covariance matrix', () => {
    const pca = principalComponents(data, { components: 3 });
    const covariance = connectedCorrelations(data);
    const n = 24;
    const matrix = new Float64Array(n * n);
    for (let i = 0; i < 6; i++)
      for (let j = 0; j < 6; j++)
        for (let a = 0; a < 4; a++)
          for (let b = 0; b < 4; b++)
            matrix[(i * 4 + a) * n + j * 4 + b] = covariance[((i * 6 + j) * 4 + a) * 4 + b];
    const { values, vectors } = symmetricEigen(matrix, n);
    expect(pca.totalVariance).toBeCloseTo(
      values.reduce((sum, value) => sum + value, 0),
      10,
    );
    for (let k = 0; k < 3; k++) {
      expect(pca.variances[k]).toBeCloseTo(values[n - 1 - k], 10);
      const overlap = pca.directions
        .subarray(k * n, (k + 1) * n)
        .reduce((sum, value, r) => sum + value * vectors[r * n + n - 1 - k], 0);
      expect(Math.abs(overlap)).toBeCloseTo(1, 8);
    }
  });

  it('places sequences so that their weighted variance is the component’s, and others in the same frame', () => {
    const pca = principalComponents(data);
    const total = data.weights.reduce((sum, weight) => sum + weight, 0);
    for (let k = 0; k < 2; k++) {
      const along = data.weights.map((_, m) => pca.coordinates[2 * m + k]);
      const mean = along.reduce((sum, x, m) => sum + (data.weights[m] * x) / total, 0);
      const variance = along.reduce((sum, x, m) => sum + (data.weights[m] * x * x) / total, 0);
      expect(mean).toBeCloseTo(0, 10);
      expect(variance).toBeCloseTo(pca.variances[k], 10);
    }
    const first = { samples: 1, sites: 6, states: 4, values: data.values.slice(0, 6) };
    expect(Array.from(projectSequences(pca, first))).toEqual(Array.from(pca.coordinates.subarray(0, 2)));
    const missing = { ...first, values: new Int32Array(6).fill(-1) };
    expect(Array.from(projectSequences(pca, missing))).toEqual([0, 0]);
  });

  it('refuses impossible numbers', () => {
    expect(() => principalComponents(data, { components: 0 })).toThrow(
      'components must be a whole number from 1 to 24',
    );
    expect(() => projectSequences(principalComponents(data), randomSequences(2, 3, 4, false, 1))).toThrow(
      'sequences have 3 sites of 4 states, the components 6 of 4',
    );
  });
});

describe('histograms', () => {
  const model = randomModel(5, 3, { seed: 4 });
  const exact = enumeratedData(model);

  it('of energies hold every sequence by its weight', () => {
    const { edges, data: shares } = energyHistogram(model, exact, exact, { bins: 7 });
    const energies = energy(model, exact.values);
    const { probabilities } = enumerateExactly(model);
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
    const inThird = probabilities.reduce(
      (sum, p, k) => sum + (energies[k] >= edges[2] && energies[k] < edges[3] ? p : 0),
      0,
    );
    expect(shares[2]).toBeCloseTo(inThird, 10);
  });

  it('of distances are those of all pairs, to the error of drawing', () => {
    const PAIRS = 40_000;
    const drawn = distanceHistogram(data, { pairs: PAIRS, rng: rng() });
    const shares = new Float64Array(7);
    let total = 0;
    for (let m = 0; m < 300; m++)
      for (let n = 0; n < 300; n++) {
        if (m === n) continue;
        const differ = [0, 1, 2, 3, 4, 5].filter(
          (i) => data.values[6 * m + i] !== data.values[6 * n + i],
        ).length;
        shares[differ] += data.weights[m] * data.weights[n];
        total += data.weights[m] * data.weights[n];
      }
    // Weights are spread over a factor of ten: errors are at most twice those of equal weights.
    drawn.forEach((share, d) => {
      expect(Math.abs(share - shares[d] / total)).toBeLessThan(4 * 2 * 0.5 * Math.sqrt(1 / PAIRS));
    });
  });
});

describe('modelCheck', () => {
  it('puts everything side by side, as plain data', async () => {
    const model = randomModel(6, 4, { seed: 4 });
    const check = await modelCheck(data, samples, { model, rng: rng(), pairs: 1000, triples: 3 });
    expect(structuredClone(check)).toEqual(check);
    expect(check.components.samples).toHaveLength(2 * 200);
    expect(check.energies?.samples.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 10);
    expect(check.distances.data).toHaveLength(7);
    expect(check.nearest.data.distance).toHaveLength(300);
    const stopped = modelCheck(data, samples, { rng: rng(), signal: AbortSignal.abort(new Error('stop')) });
    await expect(stopped).rejects.toThrow('stop');
  });
});
