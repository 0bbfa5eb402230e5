import {
  beta,
  erf,
  exponential,
  gamma,
  gaussianTail,
  gaussLegendre,
  integrate,
  permutation,
  sampleWithoutReplacement,
  seededRng,
} from '@spinformer/numerics';
import { describe, expect, it } from 'vitest';
import { fitOfDraws, goodnessOfFit, P_THRESHOLD } from '../helpers/goodness-of-fit.ts';

const rng = seededRng('distributions');

/** The distribution function of a beta variable with integer parameters, as a sum over a polynomial density. */
function betaDistribution(a: number, b: number) {
  const density = (x: number) => x ** (a - 1) * (1 - x) ** (b - 1);
  const rule = (x: number) => integrate(gaussLegendre(10, [0, x]), density);
  const total = rule(1);
  return (x: number) => rule(x) / total;
}

describe('draws follow their distribution', () => {
  const cases: [string, () => number, (x: number) => number][] = [
    ['uniform', () => rng.uniform(), (x) => x],
    ['uint32', () => rng.uint32(), (x) => x / 2 ** 32],
    ['lower bits of uint32', () => rng.uint32() & 0xffff, (x) => x / 2 ** 16],
    ['normal', () => rng.normal(), (x) => 1 - gaussianTail(x)],
    ['exponential', () => exponential(rng, 3), (x) => 1 - Math.exp(-3 * x)],
    ['gamma of shape 1/2', () => gamma(rng, 0.5, 2), (x) => erf(Math.sqrt(x / 2))],
    ['gamma of shape 1', () => gamma(rng, 1), (x) => 1 - Math.exp(-x)],
    ['gamma of shape 3', () => gamma(rng, 3), (x) => 1 - Math.exp(-x) * (1 + x + (x * x) / 2)],
    ['beta 2, 3', () => beta(rng, 2, 3), betaDistribution(2, 3)],
    ['beta 1/2, 1/2', () => beta(rng, 0.5, 0.5), (x) => (2 / Math.PI) * Math.asin(Math.sqrt(x))],
  ];

  it.each(cases)('%s', (_, draw, distribution) => {
    expect(fitOfDraws(draw, distribution)).toBeGreaterThan(P_THRESHOLD);
  });

  it('and a wrong one is found out', () => {
    expect(
      fitOfDraws(
        () => gamma(rng, 3),
        (x) => 1 - Math.exp(-x / 3),
      ),
    ).toBeLessThan(P_THRESHOLD);
    expect(
      fitOfDraws(
        () => rng.normal() * 1.05,
        (x) => 1 - gaussianTail(x),
      ),
    ).toBeLessThan(P_THRESHOLD);
  });

  it('consecutive normals are independent', () => {
    const second = () => {
      const [a, b] = [rng.normal(), rng.normal()];
      return Math.atan2(a, b) / (2 * Math.PI) + 0.5;
    };
    expect(fitOfDraws(second, (x) => x)).toBeGreaterThan(P_THRESHOLD);
  });
});

describe('integers and choices', () => {
  it.each([3, 10, 48])('integer(%i) is uniform', (below) => {
    const counts = new Float64Array(below);
    for (let i = 0; i < 20_000; i++) counts[rng.integer(below)]++;
    expect(
      goodnessOfFit(
        counts,
        counts.map(() => 1 / below),
      ),
    ).toBeGreaterThan(P_THRESHOLD);
  });

  it('integers near 2³¹·1.5, where a plain product would be uneven, are uniform', () => {
    const below = 3 * 2 ** 30;
    expect(
      fitOfDraws(
        () => rng.integer(below),
        (x) => x / below,
      ),
    ).toBeGreaterThan(P_THRESHOLD);
  });

  it('categorical draws in proportion to the exponentials', () => {
    const logits = [0, 1, -2, 3, 0.5];
    const total = logits.reduce((sum, logit) => sum + Math.exp(logit), 0);
    const counts = new Float64Array(5);
    for (let i = 0; i < 20_000; i++) counts[rng.categorical(logits)]++;
    expect(
      goodnessOfFit(
        counts,
        logits.map((logit) => Math.exp(logit) / total),
      ),
    ).toBeGreaterThan(P_THRESHOLD);
    expect(
      goodnessOfFit(
        counts,
        logits.map(() => 1 / 5),
      ),
    ).toBeLessThan(P_THRESHOLD);
  });

  it('all orders of four are equally likely', () => {
    const counts = new Map<string, number>();
    for (let i = 0; i < 24_000; i++) {
      const order = permutation(rng, 4).join('');
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(24);
    expect(goodnessOfFit([...counts.values()], new Float64Array(24).fill(1 / 24))).toBeGreaterThan(
      P_THRESHOLD,
    );
  });

  it('all ordered pairs of five are equally likely without replacement', () => {
    const counts = new Map<string, number>();
    for (let i = 0; i < 20_000; i++) {
      const pair = sampleWithoutReplacement(rng, 5, 2).join('');
      counts.set(pair, (counts.get(pair) ?? 0) + 1);
    }
    expect(counts.size).toBe(20);
    expect(goodnessOfFit([...counts.values()], new Float64Array(20).fill(1 / 20))).toBeGreaterThan(
      P_THRESHOLD,
    );
  });
});
