import { loadavg } from 'node:os';
import { seededRng } from '@spinformer/numerics';
import { WasmRuntime } from '@spinformer/tensor/wasm';
import { sampleChains } from '../src/index.ts';
import { randomModel } from '../test/support/random-models.ts';

const CASES = [
  { sites: 159, states: 21, chains: 1000, sweeps: 40 },
  { sites: 159, states: 20, chains: 4000, sweeps: 10 },
  { sites: 20, states: 10, chains: 10_000, sweeps: 200 },
];

/**
 * How many sites does one thread update in a second of its time, from the start of the call to its end?
 * Run: node ../../tooling/bench.mjs bench/sampling.ts [threads]
 */
export async function main([threads = '1']: string[]): Promise<void> {
  const runtime = new WasmRuntime({ threads: Number(threads) });
  console.log(`${threads} threads, load ${loadavg()[0].toFixed(1)}`);
  for (const { sites, states, chains, sweeps } of CASES)
    for (const kernel of ['heat-bath', 'metropolis'] as const) {
      const model = randomModel(sites, states, { couplings: 0.1 });
      const start = process.cpuUsage();
      for await (const _ of sampleChains(model, { chains, sweeps, kernel, rng: seededRng(1), runtime }));
      const { user, system } = process.cpuUsage(start);
      const rate = (chains * sweeps * sites) / (user + system);
      console.log(
        `${kernel.padEnd(10)} L=${sites} q=${states} chains=${chains}: ${rate.toFixed(2)} M updates/CPU s`,
      );
    }
  runtime.stop();
}
