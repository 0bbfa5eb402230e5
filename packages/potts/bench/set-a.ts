import { loadavg } from 'node:os';
import { WasmRuntime } from '@spinformer/tensor/wasm';
import { fitSetA, type SetAFit } from '../test/support/set-a.ts';

const SAMPLES = [100, 300, 1000, 3000, 10_000];

/**
 * How well does pseudo-likelihood find a generalised Potts model? Set A (20 sites, 10 colours, β = 1), averaged over
 * instances: relative error of the couplings, and excess over the least possible loss in units of k/2P.
 * Run: node ../../tooling/bench.mjs bench/set-a.ts [instances]
 */
export async function main([instances = '4']: string[]): Promise<void> {
  const runtime = new WasmRuntime();
  console.log(`${instances} instances, load ${loadavg()[0].toFixed(1)}`);
  console.log('colours   samples  relative error  excess   excess/(k/2P)');
  for (const colours of ['known', 'learned'] as const)
    for (const samples of SAMPLES) {
      const fits: SetAFit[] = [];
      for (let instance = 1; instance <= Number(instances); instance++)
        fits.push(await fitSetA(instance, samples, colours, { tests: 2000, runtime }));
      const mean = (pick: (fit: SetAFit) => number) =>
        fits.reduce((sum, fit) => sum + pick(fit), 0) / fits.length;
      const excess = mean((fit) => fit.excess);
      const columns = [mean((fit) => fit.relativeError), excess, excess / fits[0].expectedExcess];
      const [error, loss, ratio] = columns.map((value) => value.toFixed(4));
      console.log(`${colours.padEnd(9)} ${String(samples).padEnd(8)} ${error.padEnd(15)} ${loss}   ${ratio}`);
    }
  runtime.stop();
}
