import type { MarkovKernel } from '@spinformer/numerics';
import { describe, expect, it } from 'vitest';
import { graphToModel } from '../../../src/graphs/dense-conversion.ts';
import { isingGraph } from '../../../src/graphs/ising.ts';
import { type PottsGraph, pottsGraph } from '../../../src/graphs/potts-graph.ts';
import { parallelTempering, type TemperedChain } from '../../../src/sampling/parallel-tempering.ts';
import { checkerboard, heatBath, metropolis, type PottsChain } from '../../../src/sampling/single-site.ts';
import { swendsenWang } from '../../../src/sampling/swendsen-wang.ts';
import { wolff } from '../../../src/sampling/wolff.ts';
import { largestImbalance, transitionRow } from '../../support/exact-transitions.ts';
import { boltzmann, digits } from '../../support/random-models.ts';

/** Sums of thousands of float64 products of probabilities. */
const ROUNDING = 1e-13;
/** Another model's kernel misses detailed balance by much more. */
const NOTICEABLE = 1e-4;

const TRIANGLE: [number, number][] = [
  [0, 1],
  [1, 2],
  [0, 2],
];
const BETA = 0.8;
const FIELD = Float64Array.of(0.3, -0.2, 0.1, 0, 0.5, -0.4, 0.2, 0, 0);

const ferromagnet = pottsGraph({ sites: 3, states: 3, edges: TRIANGLE, coupling: [0.9, 0.4, 0.7] });
const magnetised = pottsGraph({
  sites: 3,
  states: 3,
  edges: TRIANGLE,
  coupling: [0.9, 0.4, 0.7],
  field: FIELD,
});
const frustrated = pottsGraph({
  sites: 3,
  states: 3,
  edges: TRIANGLE,
  coupling: [0.9, -0.8, 0.7],
  field: FIELD,
});
const glass = isingGraph({
  sites: 4,
  edges: [
    [0, 1],
    [1, 2],
    [2, 3],
    [3, 0],
    [0, 2],
  ],
  coupling: [0.5, -0.6, 0.7, 0.3, -0.4],
  field: [0.2, 0, -0.3, 0.1],
});
const graphs = { ferromagnet, magnetised, frustrated, glass };

const number = (values: ArrayLike<number>, states: number) =>
  Array.from(values).reduce((index, state) => index * states + state, 0);

function rowsOf(kernel: MarkovKernel<PottsChain, unknown>, { sites, states }: PottsGraph): Float64Array[] {
  const size = states ** sites;
  return Array.from({ length: size }, (_, k) => {
    const start = () => ({ values: Int32Array.from(digits(k, sites, states)) });
    return transitionRow(kernel, start, ({ values }) => number(values, states), size);
  });
}

const kernels = { heatBath, metropolis, checkerboard, wolff, swendsenWang };

for (const [name, build] of Object.entries(kernels))
  describe(`the whole transition matrix of ${name}`, () => {
    for (const [system, graph] of Object.entries(graphs))
      it(`is a probability and satisfies detailed balance: ${system}`, () => {
        const rows = rowsOf(build(graph, { beta: BETA }), graph);
        for (const row of rows) {
          expect(Math.min(...row)).toBeGreaterThanOrEqual(0);
          expect(row.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12);
        }
        expect(largestImbalance(rows, boltzmann(graphToModel(graph), BETA))).toBeLessThan(ROUNDING);
      });

    it('is not that of another temperature', () => {
      const rows = rowsOf(build(ferromagnet, { beta: BETA }), ferromagnet);
      expect(largestImbalance(rows, boltzmann(graphToModel(ferromagnet), 1.2 * BETA))).toBeGreaterThan(
        NOTICEABLE,
      );
    });
  });

describe('the whole transition matrix of parallelTempering', () => {
  const pair = pottsGraph({
    sites: 2,
    states: 2,
    edges: [[0, 1]],
    coupling: 0.9,
    field: Float64Array.of(0.4, 0, 0, 0.1),
  });
  const imbalance = (betas: number[], target: number[]) => {
    const kernel = parallelTempering(pair, { betas });
    const size = 4 ** betas.length;
    const split = (k: number) => digits(k, betas.length, 4);
    const rows = Array.from({ length: size }, (_, k) =>
      transitionRow(
        kernel,
        (): TemperedChain => ({
          replicas: split(k).map((s) => ({ values: Int32Array.from(digits(s, 2, 2)) })),
        }),
        ({ replicas }) =>
          number(
            replicas.map(({ values }) => number(values, 2)),
            4,
          ),
        size,
      ),
    );
    const each = target.map((beta) => boltzmann(graphToModel(pair), beta));
    const weights = Float64Array.from({ length: size }, (_, k) =>
      split(k).reduce((product, s, t) => product * each[t][s], 1),
    );
    return largestImbalance(rows, weights);
  };

  it('satisfies detailed balance over all replicas together', () => {
    expect(imbalance([0.3, 1.5], [0.3, 1.5])).toBeLessThan(ROUNDING);
  });

  it('and not at other temperatures', () => {
    expect(imbalance([0.3, 1.5], [0.3, 1.2])).toBeGreaterThan(NOTICEABLE);
  });
});

it('clusters refuse couplings that are not those of an ordinary Potts model', () => {
  const graph = pottsGraph({
    sites: 2,
    states: 2,
    edges: [[0, 1]],
    colourCouplings: Float64Array.of(1, 0, 0, 2),
  });
  for (const build of [wolff, swendsenWang]) expect(() => build(graph)).toThrow('edge 0 (0, 1)');
});
