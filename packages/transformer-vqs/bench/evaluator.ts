// How fast are log ψ and its Jacobian, against the matrix products that they consist of, counted by the specification's
// model of operations, and against the tensor operations?
//   node ../../tooling/bench.mjs bench/evaluator.ts [float32|float64] [threads]
import { loadavg } from 'node:os';
import { seededRng } from '@spinformer/numerics';
import { dispose, useBackend, wasm } from '@spinformer/tensor';
import { amplitudeJacobian, transformerState, type TransformerOptions } from '../src/index.ts';
import { tensorEvaluator } from '../src/wave-functions/amplitude-evaluator.ts';
import { tensorJacobian } from '../src/wave-functions/amplitude-jacobian.ts';

const CASES: readonly (TransformerOptions & { name: string; samples: number })[] = [
  { name: '4x4 d=24 2 layers', lattice: { shape: [4, 4] }, width: 24, heads: 4, layers: 2, samples: 1024 },
  { name: '6x6 d=32 2 layers', lattice: { shape: [6, 6] }, width: 32, heads: 4, layers: 2, samples: 1024 },
  { name: '10x10 d=60 4 layers', lattice: { shape: [10, 10] }, width: 60, heads: 10, layers: 4, samples: 256 },
];

/** Floating-point operations of one forward pass, section by section: embed, layers (expansion 4), head. */
function operations({ lattice, width: d = 24, layers = 2 }: TransformerOptions): number {
  const n = lattice.shape.reduce((a, b) => a * b, 1) / 4;
  return n * (8 * d + layers * (20 * d * d + 2 * n * d)) + 4 * d * d;
}

/** CPU and wall seconds of a call: the best of several, each over several calls. */
function timed(body: () => void): { cpu: number; wall: number } {
  body();
  let best = { cpu: Infinity, wall: Infinity };
  for (let round = 0; round < 5; round++) {
    const [before, start] = [process.cpuUsage(), performance.now()];
    let calls = 0;
    do {
      body();
      calls++;
    } while (performance.now() - start < 200);
    const { user, system } = process.cpuUsage(before);
    const wall = (performance.now() - start) / 1e3 / calls;
    const cpu = (user + system) / 1e6 / calls;
    best = { cpu: Math.min(best.cpu, cpu), wall: Math.min(best.wall, wall) };
  }
  return best;
}

function randomSpins(samples: number, sites: number): Int8Array {
  const rng = seededRng(5);
  return Int8Array.from({ length: samples * sites }, () => (rng.uniform() < 0.5 ? 1 : -1));
}

/** Entry point for tooling/bench.mjs. */
export async function main([dtype = 'float32', threads]: string[]): Promise<void> {
  const backend = await wasm(threads ? { threads: Number(threads) } : {});
  useBackend(backend);
  console.log(JSON.stringify(backend.describe()), dtype, `load ${loadavg()[0].toFixed(1)}`);
  for (const { name, samples, ...options } of CASES) {
    const wave = transformerState(options);
    const parameters = wave.init(seededRng(1), dtype as 'float32');
    const spins = randomSpins(samples, wave.sites);
    const flops = operations(options);
    const report = (what: string, work: number, body: () => void) => {
      const { cpu, wall } = timed(body);
      const rate = (work * samples) / 1e9;
      console.log(
        `${name}  ${what.padEnd(18)} ${(samples / wall).toFixed(0).padStart(8)} samples/s  ` +
          `${(1e6 * cpu / samples).toFixed(1).padStart(8)} CPU µs/sample  ${(rate / cpu).toFixed(1).padStart(6)} GFLOP/s per core`,
      );
    };
    const evaluator = wave.evaluator!(parameters);
    report('log ψ', flops, () => evaluator.logAmplitudes(spins));
    evaluator.free();
    const general = tensorEvaluator(wave, parameters, 256);
    report('log ψ, tensors', flops, () => general.logAmplitudes(spins));
    report('Jacobian', 5 * flops, () => dispose(amplitudeJacobian(wave, parameters, spins)));
    report('Jacobian, tensors', 5 * flops, () => dispose(tensorJacobian(wave, parameters, spins)));
    dispose(parameters);
  }
  backend.dispose();
}
