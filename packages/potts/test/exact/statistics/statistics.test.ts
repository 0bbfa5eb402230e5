import type { Configurations } from '@spinformer/numerics';
import { describe, expect, it } from 'vitest';
import { enumerateExactly } from '../../../src/enumerate.ts';
import { oneSiteFrequencies } from '../../../src/statistics/one-point.ts';
import { connectedThreeSite, threeSiteFrequencies } from '../../../src/statistics/three-point.ts';
import { connectedCorrelations, twoSiteFrequencies } from '../../../src/statistics/two-point.ts';
import { randomData } from '../../support/random-data.ts';
import { digits, randomModel } from '../../support/random-models.ts';

/** Sums of a few thousand float64 numbers of order one. */
const ROUNDING = 1e-12;

/** The definition: mean of a function over the samples that know all the given sites. */
function average(data: Configurations, sites: number[], f: (states: number[]) => number): number {
  let sum = 0;
  let total = 0;
  for (let s = 0; s < data.samples; s++) {
    const states = sites.map((site) => data.values[s * data.sites + site]);
    if (states.some((state) => state < 0)) continue;
    const weight = data.weights?.[s] ?? 1;
    total += weight;
    sum += weight * f(states);
  }
  return sum / total;
}

const is =
  (...wanted: number[]) =>
  (states: number[]) =>
    Number(states.every((state, k) => state === wanted[k]));

describe('statistics of weighted data with missing entries follow their definition', () => {
  const data = randomData(400, 5, 3, { seed: 2, missing: 0.2, weighted: true });
  const { sites, states } = data;

  it('one site', () => {
    const f = oneSiteFrequencies(data);
    for (let i = 0; i < sites; i++)
      for (let a = 0; a < states; a++) expect(f[i * states + a]).toBeCloseTo(average(data, [i], is(a)), 12);
  });

  it('two sites', () => {
    const f = twoSiteFrequencies(data);
    const c = connectedCorrelations(data);
    for (let place = 0; place < f.length; place++) {
      const b = place % states;
      const a = Math.floor(place / states) % states;
      const j = Math.floor(place / states ** 2) % sites;
      const i = Math.floor(place / states ** 2 / sites);
      const joint = average(data, [i, j], is(a, b));
      const alone =
        average(data, [i, j], ([x]) => Number(x === a)) * average(data, [i, j], ([, y]) => Number(y === b));
      expect(Math.abs(f[place] - joint)).toBeLessThan(ROUNDING);
      expect(Math.abs(c[place] - joint + alone)).toBeLessThan(ROUNDING);
    }
  });

  it('three sites', () => {
    const triples = Int32Array.of(0, 1, 2, 4, 1, 3);
    const f = threeSiteFrequencies(data, triples);
    const c = connectedThreeSite(data, triples);
    for (let place = 0; place < f.length; place++) {
      const t = Math.floor(place / states ** 3);
      const wanted = digits(place % states ** 3, 3, states);
      const three = Array.from(triples.subarray(3 * t, 3 * t + 3));
      const means = wanted.map((state, k) => average(data, three, (s) => Number(s[k] === state)));
      const moment = average(data, three, (s) =>
        wanted.reduce((product, state, k) => product * (Number(s[k] === state) - means[k]), 1),
      );
      expect(Math.abs(f[place] - average(data, three, is(...wanted)))).toBeLessThan(ROUNDING);
      expect(Math.abs(c[place] - moment)).toBeLessThan(ROUNDING);
    }
  });

  it('a site that nobody knows has no frequencies', () => {
    const unknown = { samples: 2, sites: 2, states: 2, values: Int32Array.of(0, -1, 1, -1) };
    expect(Array.from(oneSiteFrequencies(unknown))).toEqual([0.5, 0.5, 0, 0]);
    expect(Math.max(...connectedCorrelations(unknown).subarray(4, 8))).toBe(0);
  });

  it('float32 results are the float64 ones, rounded', () => {
    const c = connectedCorrelations(data, { precision: 'float32' });
    expect(c).toEqual(Float32Array.from(connectedCorrelations(data)));
  });
});

it('weighting every configuration by its probability gives the exact marginals', () => {
  const exact = enumerateExactly(randomModel(4, 3, { seed: 5, couplings: 0.7 }));
  const { probabilities, sites, states } = exact;
  const values = Int32Array.from(Array.from(probabilities.keys()).flatMap((k) => digits(k, sites, states)));
  const weights = probabilities.slice();
  const data = { samples: probabilities.length, sites, states, values, weights };
  const pairs = twoSiteFrequencies(data);
  oneSiteFrequencies(data).forEach((value, k) => {
    expect(value).toBeCloseTo(exact.marginals[k], 12);
  });
  pairs.forEach((value, k) => {
    expect(Math.abs(value - exact.pairMarginals[k])).toBeLessThan(ROUNDING);
  });
});

it('says what is wrong', () => {
  const data = randomData(10, 4, 2);
  expect(() => connectedThreeSite(data, Int32Array.of(0, 1))).toThrow('three sites each');
  expect(() => connectedThreeSite(data, Int32Array.of(0, 1, 1))).toThrow('triple 0 (0, 1, 1)');
  expect(() => twoSiteFrequencies({ ...data, samples: 11 })).toThrow('11 × 4');
  expect(() => oneSiteFrequencies({ ...data, weights: new Float64Array(3) })).toThrow('weights must hold 10');
});
