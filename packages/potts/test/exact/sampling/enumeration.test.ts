import { seededRng } from '@spinformer/numerics';
import { WasmRuntime } from '@spinformer/tensor/wasm';
import { describe, expect, it } from 'vitest';
import { energy } from '../../../src/energy.ts';
import { drawConfigurations, sampleChains } from '../../../src/sampling/sample-chains.ts';
import { heatBath, metropolis } from '../../../src/sampling/single-site.ts';
import { chiSquareTest } from '../../support/chi-square.ts';
import { boltzmann, digits, energyOf, randomModel } from '../../support/random-models.ts';

/** Independent chains, so that the counts are multinomial without thinning. */
const CHAINS = 40_000;
/** Sweeps after which these small hot systems have forgotten their start: |λ₂|^SWEEPS is far below 1/√CHAINS. */
const SWEEPS = 40;
const P_THRESHOLD = 1e-4;
/** Standard errors that a mean may be off: passes all but one seed in fifteen thousand. */
const STANDARD_ERRORS = 4;

const model = randomModel(4, 3, { seed: 11, fields: 0.5, couplings: 0.6 });
const runtime = new WasmRuntime({ threads: 2 });

function histogram(values: Int32Array, sites: number, states: number): Float64Array {
  const counts = new Float64Array(states ** sites);
  for (let k = 0; k < values.length; k += sites)
    counts[values.subarray(k, k + sites).reduce((index, state) => index * states + state, 0)]++;
  return counts;
}

const draw = async (kernel: 'heat-bath' | 'metropolis', beta: number) =>
  (
    await drawConfigurations(model, {
      chains: CHAINS,
      sweeps: SWEEPS,
      kernel,
      beta,
      rng: seededRng(5),
      runtime,
    })
  ).values;

for (const kernel of ['heat-bath', 'metropolis'] as const)
  describe(`sampleChains, ${kernel}`, () => {
    it('draws every configuration as often as enumeration says', async () => {
      const counts = histogram(await draw(kernel, 0.8), 4, 3);
      expect(chiSquareTest(counts, boltzmann(model, 0.8))).toBeGreaterThan(P_THRESHOLD);
    });

    it('and the test notices another temperature', async () => {
      const counts = histogram(await draw(kernel, 0.75), 4, 3);
      expect(chiSquareTest(counts, boltzmann(model, 0.8))).toBeLessThan(P_THRESHOLD);
    });

    it('has the exact mean energy', async () => {
      const values = await draw(kernel, 1);
      const weights = boltzmann(model, 1);
      const energies = Array.from(weights, (_, k) => energyOf(model, digits(k, 4, 3)));
      const exact = energies.reduce((sum, energy, k) => sum + energy * weights[k], 0);
      const spread = Math.sqrt(
        energies.reduce((sum, energy, k) => sum + (energy - exact) ** 2 * weights[k], 0),
      );
      let mean = 0;
      for (let c = 0; c < CHAINS; c++) mean += energyOf(model, values.subarray(4 * c, 4 * c + 4)) / CHAINS;
      expect(Math.abs(mean - exact)).toBeLessThan((STANDARD_ERRORS * spread) / Math.sqrt(CHAINS));
    });
  });

for (const kernel of [heatBath(model), metropolis(model)])
  it(`the Markov kernel ${kernel.name} draws what enumeration says`, () => {
    const rng = seededRng(2);
    const values = Array.from({ length: 4000 }, () => {
      const state = kernel.init(rng);
      for (let sweep = 0; sweep < SWEEPS; sweep++) kernel.step(state, rng);
      return state.values;
    });
    const counts = histogram(Int32Array.from(values.flatMap((row) => Array.from(row))), 4, 3);
    expect(chiSquareTest(counts, boltzmann(model))).toBeGreaterThan(P_THRESHOLD);
  });

it('energies on the kernel are those of the model, in either layout of its rows', async () => {
  for (const states of [4, 5, 21]) {
    const large = randomModel(19, states, { seed: states });
    const options = { chains: 9, sweeps: 2, rng: seededRng(1), runtime, energies: true };
    for await (const { configurations, energies } of sampleChains(large, options))
      energy(large, configurations.values).forEach((value, k) => {
        // 19 · 18/2 float32 numbers of order one.
        expect(Math.abs(energies![k] - value)).toBeLessThan(1e-4);
      });
  }
});

it('chains of a full model may have temperatures of their own', async () => {
  const beta = Float64Array.from({ length: CHAINS }, (_, c) => (c % 2 === 0 ? 0.3 : 1));
  const values = await drawConfigurations(model, {
    chains: CHAINS,
    sweeps: SWEEPS,
    beta,
    rng: seededRng(6),
    runtime,
  });
  for (const parity of [0, 1]) {
    const rows = values.values.filter((_, k) => Math.floor(k / 4) % 2 === parity);
    expect(chiSquareTest(histogram(rows, 4, 3), boltzmann(model, beta[parity]))).toBeGreaterThan(P_THRESHOLD);
    expect(chiSquareTest(histogram(rows, 4, 3), boltzmann(model, 0.8))).toBeLessThan(P_THRESHOLD);
  }
});
