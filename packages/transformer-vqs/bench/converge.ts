// How close to the exact energy does an optimisation come, and how fast? Prints energy and time as it goes.
//
//   node ../../tooling/bench.mjs bench/converge.ts '{"size":4,"j2":0.5,"wave":{"width":16},"vmc":{"samples":"all"}}'
import { loadavg } from 'node:os';
import { seededRng } from '@spinformer/numerics';
import { cosineSchedule, type RampOptions, useBackend, wasm } from '@spinformer/tensor';
import { chain, j1j2, optimizeState, square, symmetrize, transformerState } from '../src/index.ts';

const EXACT: Readonly<Record<string, number>> = {
  'square 4 0.5': -0.52862020946218,
  'square 6 0.5': -0.503809653891,
  'chain 16 0.5': -0.375,
};

export async function main([argument = '{}']: readonly string[]): Promise<void> {
  const config = JSON.parse(argument);
  const { kind = 'square', size = 4, j2 = 0.5, seed = 1, seconds = 300, every = 10 } = config;
  useBackend(await wasm({ threads: config.threads ?? 2 }));
  const lattice = kind === 'chain' ? chain(size) : square(size);
  const hamiltonian = j1j2(lattice, { j2 });
  const plain = transformerState({ lattice, ...config.wave });
  const wave = config.symmetry ? symmetrize(plain, { lattice, ...config.symmetry }) : plain;
  const exact = EXACT[`${kind} ${size} ${j2}`] ?? Number.NaN;
  const { learningRate, diagonalShift } = config.vmc ?? {};
  const options = {
    rng: seededRng(seed),
    ...config.vmc,
    learningRate: scheduleOf(learningRate),
    diagonalShift: scheduleOf(diagonalShift),
  };
  const start = performance.now();
  let cpu = process.cpuUsage();
  console.log(`${wave.name}, ${wave.parameterCount} parameters; load ${loadavg()[0].toFixed(2)}`);
  for await (const tick of optimizeState(hamiltonian, wave, options)) {
    const { metrics: m } = tick;
    const elapsed = (performance.now() - start) / 1000;
    const over = elapsed > seconds;
    if (tick.step % every === 0 || tick.status !== 'running' || over || tick.remedy) {
      const used = process.cpuUsage(cpu);
      cpu = process.cpuUsage();
      const error = Math.abs(m.energyPerSite / exact - 1);
      console.log(
        `${tick.step} ${elapsed.toFixed(1)}s cpu ${((used.user + used.system) / 1e6).toFixed(1)} E ${m.energyPerSite.toFixed(7)} ± ${m.standardError.toExponential(1)} ` +
          `rel ${error.toExponential(2)} V ${m.vScore.toExponential(2)} λ ${m.diagonalShift.toExponential(1)} η ${m.learningRate.toPrecision(3)} |δ| ${m.stepNorm.toFixed(3)} ` +
          `acc ${m.acceptance.toFixed(2)} uniq ${m.uniqueSamples} evals ${m.evaluations} ${tick.status} ${tick.remedy ?? ''}`,
      );
    }
    if (over) break;
  }
}

/** A number, or { from, to, steps } for half a cosine. */
function scheduleOf(value: number | RampOptions | undefined) {
  return typeof value === 'object' ? cosineSchedule(value) : value;
}
