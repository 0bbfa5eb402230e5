import { loadavg } from 'node:os';
import { seededRng } from '@spinformer/numerics';
import { WasmRuntime } from '@spinformer/tensor/wasm';
import {
  hypercubicLattice,
  isingLattice,
  type PottsGraph,
  type SampleKernel,
  sampleChains,
} from '../src/index.ts';

const ising = (side: number) => isingLattice({ shape: [side, side], coupling: 0.44 });
const potts = (side: number, states: number) =>
  hypercubicLattice({ shape: [side, side], states, coupling: Math.log(1 + Math.sqrt(states)) });

const CASES: [string, PottsGraph, SampleKernel, number, number][] = [
  ['Ising 256²', ising(256), 'multi-spin', 128, 20],
  ['Ising 64²', ising(64), 'multi-spin', 1024, 40],
  ['Ising 256²', ising(256), 'heat-bath', 32, 8],
  ['Ising 256²', ising(256), 'checkerboard', 32, 8],
  ['Potts q=3 256²', potts(256, 3), 'heat-bath', 32, 8],
  ['Potts q=3 256²', potts(256, 3), 'metropolis', 32, 8],
  ['Potts q=10 256²', potts(256, 10), 'heat-bath', 32, 4],
  ['Ising 256²', ising(256), 'swendsen-wang', 4, 40],
  ['Potts q=3 256²', potts(256, 3), 'swendsen-wang', 4, 40],
  ['Ising 256²', ising(256), 'wolff', 4, 200],
  ['Potts q=3 256²', potts(256, 3), 'wolff', 4, 200],
];

/** Sweeps that are run first, so that clusters have the size of equilibrium and set-up is not counted. */
const WARM_UP = 10;

/**
 * How many sites does one thread update in a second of its time, at the critical temperature? For wolff: how many join
 * clusters. Run: node ../../tooling/bench.mjs bench/lattices.ts [threads]
 */
export async function main([threads = '1']: string[]): Promise<void> {
  const runtime = new WasmRuntime({ threads: Number(threads) });
  console.log(`${threads} threads, load ${loadavg()[0].toFixed(1)}`);
  for (const [name, graph, kernel, chains, sweeps] of CASES) {
    const ticks = sampleChains(graph, {
      chains,
      sweeps: WARM_UP + sweeps,
      thinning: sweeps >= WARM_UP ? WARM_UP : sweeps + WARM_UP,
      kernel,
      rng: seededRng(1),
      runtime,
      // Ordered, so that clusters span the lattice from the beginning.
      start: new Int32Array(chains * graph.sites),
    });
    let before = process.cpuUsage();
    let updates = 0;
    let last = 0;
    for await (const { step, metrics } of ticks) {
      const share = kernel === 'wolff' ? metrics.changed : 1;
      if (last > 0 || sweeps < WARM_UP) updates += (step - last) * chains * graph.sites * share;
      else before = process.cpuUsage();
      last = step;
    }
    const { user, system } = process.cpuUsage(before);
    console.log(
      `${name} ${kernel}, ${chains} chains: ${(updates / (user + system)).toFixed(1)} M updates/CPU s`,
    );
  }
  runtime.stop();
}
