import { seededRng } from '@spinformer/numerics';
import { WasmRuntime } from '@spinformer/tensor/wasm';
import { describe, expect, it } from 'vitest';
import { goeColours } from '../../../src/generalized-couplings.ts';
import { graphToModel } from '../../../src/graphs/dense-conversion.ts';
import { graphEnergy } from '../../../src/graphs/graph-energy.ts';
import { isingGraph } from '../../../src/graphs/ising.ts';
import { type PottsGraph, pottsGraph } from '../../../src/graphs/potts-graph.ts';
import { drawConfigurations, sampleChains } from '../../../src/sampling/sample-chains.ts';
import type { SampleKernel } from '../../../src/sampling/sample-options.ts';
import { chiSquareTest } from '../../support/chi-square.ts';
import { lastTick } from '../../support/random-data.ts';
import { boltzmann } from '../../support/random-models.ts';

/** Independent chains, so that the counts are multinomial without thinning. */
const CHAINS = 16_000;
/** Sweeps after which these small systems have forgotten their start: |λ₂|^SWEEPS is far below 1/√CHAINS. */
const SWEEPS = 30;
const P_THRESHOLD = 1e-4;
const BETA = 0.8;

const runtime = new WasmRuntime({ threads: 2 });
const SQUARE: [number, number][] = [
  [0, 1],
  [1, 2],
  [2, 3],
  [3, 0],
  [0, 2],
];
const FIELD = Float64Array.of(0.3, -0.2, 0.1, 0, 0.5, -0.4, 0.2, 0, 0, 0.1, 0.1, -0.3);

const ferromagnet = pottsGraph({ sites: 4, states: 3, edges: SQUARE, coupling: [0.9, 0.4, 0.7, 0.5, 0.2] });
const magnetised = pottsGraph({ ...{ sites: 4, states: 3, edges: SQUARE, field: FIELD }, coupling: 0.6 });
const frustrated = pottsGraph({
  ...{ sites: 4, states: 3, edges: SQUARE, field: FIELD },
  coupling: [0.9, -0.8, 0.7, 0.5, -0.6],
});
const generalised = pottsGraph({
  sites: 4,
  states: 5,
  edges: SQUARE,
  coupling: [0.5, -0.4, 0.3, 0.6, 0.2],
  colourCouplings: goeColours({ states: 5, rng: seededRng(4) }).slice(),
  pairCouplings: Float64Array.from({ length: 125 }, (_, k) => Math.sin(k) / 3),
});
const ising = isingGraph({ sites: 6, edges: [...SQUARE, [3, 4], [4, 5]], coupling: 0.5, field: 0.2 });
const signs = isingGraph({
  sites: 6,
  edges: [...SQUARE, [3, 4], [4, 5]],
  coupling: [1, -1, 1, -1, -1, 1, -1].map((s) => s * 0.6),
});

const CASES: [SampleKernel, Record<string, PottsGraph>][] = [
  ['heat-bath', { generalised, magnetised }],
  ['metropolis', { generalised, ising }],
  ['checkerboard', { frustrated, ising }],
  ['multi-spin', { ising, signs }],
  ['wolff', { ferromagnet, magnetised, frustrated, signs }],
  ['swendsen-wang', { ferromagnet, magnetised, frustrated, signs }],
];

function pValue(graph: PottsGraph, values: Int32Array, beta: number): number {
  const { sites, states } = graph;
  const counts = new Float64Array(states ** sites);
  for (let k = 0; k < values.length; k += sites)
    counts[values.subarray(k, k + sites).reduce((index, state) => index * states + state, 0)]++;
  return chiSquareTest(counts, boltzmann(graphToModel(graph), beta));
}

for (const [kernel, graphs] of CASES)
  describe(`sampleChains on graphs, ${kernel}`, () => {
    for (const [name, graph] of Object.entries(graphs))
      it(`draws what enumeration says, and no other temperature: ${name}`, async () => {
        const options = { chains: CHAINS, sweeps: SWEEPS, kernel, beta: BETA, rng: seededRng(5), runtime };
        const { values } = await drawConfigurations(graph, options);
        expect(pValue(graph, values, BETA)).toBeGreaterThan(P_THRESHOLD);
        expect(pValue(graph, values, 1.25 * BETA)).toBeLessThan(P_THRESHOLD);
      });

    it('depends on the seed alone, not on threads, thinning or being stopped', async () => {
      const graph = Object.values(graphs)[0];
      const run = (threads: number, more: object = {}) => {
        const own = new WasmRuntime({ threads });
        return lastTick(
          sampleChains(graph, { chains: 201, sweeps: 6, kernel, rng: seededRng(9), runtime: own, ...more }),
        ).then((tick) => {
          own.stop();
          return tick;
        });
      };
      const whole = await run(1);
      expect((await run(2, { thinning: 4 })).configurations).toEqual(whole.configurations);
      const part = await run(1, { sweeps: 3 });
      const rest = await run(1, { rng: seededRng(0), resume: part.state });
      expect(rest.state).toEqual(whole.state);
      expect(new Set(whole.configurations.values).size).toBe(graph.states);
    });

    it('reports the energies of its configurations', async () => {
      for (const graph of Object.values(graphs)) {
        const options = { chains: 150, sweeps: 3, kernel, rng: seededRng(2), runtime, energies: true };
        const { configurations, energies } = await lastTick(sampleChains(graph, options));
        const expected = graphEnergy(graph, configurations.values);
        // Sums of a dozen float32 parameters.
        expected.forEach((value, k) => {
          expect(Math.abs(energies![k] - value)).toBeLessThan(1e-5);
        });
      }
    });
  });

it('chains may have temperatures of their own', async () => {
  for (const kernel of ['heat-bath', 'wolff', 'swendsen-wang'] as const) {
    const beta = Float64Array.from({ length: CHAINS }, (_, c) => (c % 2 === 0 ? 0.2 : 1));
    const { values } = await drawConfigurations(ferromagnet, {
      chains: CHAINS,
      sweeps: SWEEPS,
      kernel,
      beta,
      rng: seededRng(5),
      runtime,
    });
    for (const parity of [0, 1]) {
      const rows = values.filter((_, k) => Math.floor(k / 4) % 2 === parity);
      expect(pValue(ferromagnet, rows, beta[parity])).toBeGreaterThan(P_THRESHOLD);
    }
  }
});

it('says which kernels take which models', async () => {
  const run = (graph: PottsGraph, kernel: SampleKernel, more: object = {}) =>
    lastTick(sampleChains(graph, { chains: 2, sweeps: 1, rng: seededRng(1), runtime, kernel, ...more }));
  await expect(run(generalised, 'wolff')).rejects.toThrow('not K δ_ab');
  await expect(run(ferromagnet, 'multi-spin')).rejects.toThrow('two states');
  await expect(run(ising, 'multi-spin', { beta: Float64Array.of(1, 2) })).rejects.toThrow('share one beta');
  await expect(run(ising, 'heat-bath', { beta: Float64Array.of(1) })).rejects.toThrow('one a chain');
  const dense = sampleChains(graphToModel(ising), {
    chains: 2,
    sweeps: 1,
    rng: seededRng(1),
    runtime,
    kernel: 'wolff',
  });
  await expect(lastTick(dense)).rejects.toThrow("got 'wolff'. A full model");
});
