// How fast are log ψ and its Jacobian, against the matrix products that they consist of, counted by the specification's
// model of operations, and against the tensor operations?
//   node ../../tooling/bench.mjs bench/evaluator.ts [float32|float64] [threads]
import { loadavg } from 'node:os';
import { seededRng } from '@spinformer/numerics';
import { dispose, useBackend, wasm } from '@spinformer/tensor';
import { amplitudeJacobian, type TransformerOptions, transformerState } from '../src/index.ts';
import { tensorEvaluator } from '../src/wave-functions/amplitude-evaluator.ts';
import { tensorJacobian } from '../src/wave-functions/amplitude-jacobian.ts';

const CASES: readonly (TransformerOptions & { name: string; samples: number })[] = [
  { name: '4x4 d=24 2 layers', lattice: { shape: [4, 4] }, width: 24, heads: 4, layers: 2, samples: 128 },
  { name: '6x6 d=32 2 layers', lattice: { shape: [6, 6] }, width: 32, heads: 4, layers: 2, samples: 128 },
  { name: '10x10 d=60 4 layers', lattice: { shape: [10, 10] }, width: 60, heads: 10, layers: 4, samples: 32 },
];

/** Floating-point operations of one forward pass, section by section: embed, layers (expansion 4), head. */
function operations({ lattice, width: d = 24, layers = 2 }: TransformerOptions): number {
  const n = lattice.shape.reduce((a, b) => a * b, 1) / 4;
  return n * (8 * d + layers * (20 * d * d + 2 * n * d)) + 4 * d * d;
}

/** Seconds of a call: the shortest of many, so that others on the same cores count little. */
function shortest(body: () => void): number {
  body();
  let best = Number.POSITIVE_INFINITY;
  const end = performance.now() + 3000;
  do {
    const start = performance.now();
    body();
    best = Math.min(best, performance.now() - start);
  } while (performance.now() < end);
  return best / 1e3;
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
      const seconds = shortest(body);
      console.log(
        `${name}  ${what.padEnd(18)} ${(samples / seconds).toFixed(0).padStart(8)} samples/s ` +
          `${((1e6 * seconds) / samples).toFixed(1).padStart(8)} µs/sample ` +
          `${((work * samples) / 1e9 / seconds).toFixed(1).padStart(6)} GFLOP/s`,
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
