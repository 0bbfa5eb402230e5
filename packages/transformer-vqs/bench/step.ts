// Where does the time of a step go? Sampling, local energies, Jacobian, Gram matrix and solve of the transformer state, at
// the sizes of the comparison with NetKet's VMC_SR. Wall and CPU seconds of the median step, and the load beside them.
//
//   node ../../tooling/bench.mjs bench/step.ts [4x4|6x6] [float32|float64] [samples] [steps] [precision of the Gram matrix's products]
import { loadavg } from 'node:os';
import { seededRng } from '@spinformer/numerics';
import { dispose, flattenTree, unflattenTree, useBackend, wasm } from '@spinformer/tensor';
import {
  AmplitudeCache,
  amplitudeEvaluator,
  drawSpins,
  j1j2,
  localEnergies,
  movePairs,
  SpinChains,
  square,
  transformerState,
} from '../src/index.ts';
import { CentredJacobian } from '../src/optimize/centred-jacobian.ts';
import { mergeSamples } from '../src/optimize/merge-samples.ts';
import { TangentSystem } from '../src/optimize/tangent-system.ts';

const SIZES: Readonly<Record<string, { side: number; width: number; heads: number }>> = {
  '4x4': { side: 4, width: 24, heads: 4 },
  '6x6': { side: 6, width: 32, heads: 4 },
};
const PHASES = ['sampling', 'local energies', 'Jacobian', 'Gram', 'solve'] as const;
const ENERGY_SHIFT = 0.01;
const RATE = 0.01;

type Seconds = { wall: number; cpu: number };

function now(): Seconds {
  const { user, system } = process.cpuUsage();
  return { wall: performance.now() / 1000, cpu: (user + system) / 1e6 };
}

export async function main([
  size = '4x4',
  dtype = 'float32',
  samples = '1024',
  steps = '6',
  precision = 'float64',
]: readonly string[]) {
  const { side, width, heads } = SIZES[size];
  useBackend(await wasm());
  const lattice = square(side);
  const hamiltonian = j1j2(lattice, { j2: 0.5 });
  const wave = transformerState({ lattice, width, heads, layers: 2 });
  const invariance = wave.invariance ?? [];
  let parameters = wave.init(seededRng(1), dtype as 'float32' | 'float64');
  const count = Number(samples);
  const pairs = movePairs(lattice.sites, lattice.bonds);
  const chains = SpinChains.start(pairs, count, lattice.sites / 2, seededRng(2));
  const times = PHASES.map(() => [] as Seconds[]);
  console.log(
    `${size}, ${dtype}, ${count} samples, ${wave.parameterCount} parameters, load ${loadavg()[0].toFixed(1)}`,
  );
  for (let step = 0; step < Number(steps); step++) {
    const timed = <T>(phase: number, body: () => T): T => {
      const start = now();
      const result = body();
      const end = now();
      times[phase].push({ wall: end.wall - start.wall, cpu: end.cpu - start.cpu });
      return result;
    };
    const evaluator = amplitudeEvaluator(wave, parameters);
    const cache = new AmplitudeCache(evaluator, lattice.sites, { invariance });
    const drawn = timed(0, () => drawSpins(chains, cache));
    const sampled = cache.evaluations;
    const merged = mergeSamples(drawn.spins, lattice.sites, invariance);
    const local = timed(1, () => localEnergies(hamiltonian, cache, merged.spins));
    const weights = merged.weights.map((n) => n / count);
    const energy = local.real.reduce((sum, e, s) => sum + weights[s] * e, 0);
    const jacobian = timed(2, () => CentredJacobian.of(wave, parameters, merged.spins, weights));
    const system = timed(
      3,
      () => new TangentSystem(jacobian, { precision: precision as 'float32' | 'float64' }),
    );
    const real = local.real.map((e) => e - energy);
    const force = jacobian.rowsOf(real, local.imaginary, weights).map((f) => 2 * f);
    const direction = timed(4, () => system.solve(ENERGY_SHIFT, force));
    system.dispose();
    jacobian.dispose();
    evaluator.free();
    const vector = flattenTree(parameters).map((x, k) => x - RATE * direction[k]);
    const next = unflattenTree(vector, parameters);
    dispose(parameters);
    parameters = next;
    console.log(
      `step ${step}: E/N ${(energy / lattice.sites).toFixed(4)}, ${weights.length} different samples, ` +
        `${sampled} + ${cache.evaluations - sampled} amplitudes`,
    );
  }
  report(times);
}

function report(times: readonly Seconds[][]): void {
  const median = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)];
  let [wall, cpu] = [0, 0];
  PHASES.forEach((phase, k) => {
    const w = median(times[k].map((t) => t.wall));
    const c = median(times[k].map((t) => t.cpu));
    wall += w;
    cpu += c;
    console.log(`${phase.padEnd(16)} wall ${w.toFixed(3)} s   cpu ${c.toFixed(3)} s`);
  });
  console.log(
    `${'step'.padEnd(16)} wall ${wall.toFixed(3)} s   cpu ${cpu.toFixed(3)} s   load ${loadavg()[0].toFixed(1)}`,
  );
}
