// One optimisation step of a transformer wave function, ours and NetKet's, on the same cores in one run:
//   node benchmarks/transformer-vqs/run.mjs [steps]
// NetKet is installed by pip on first use, pinned, into .cache/peers (or the folder that SPINFORMER_PEERS names).
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { seededRng } from '@spinformer/numerics';
import { useBackend, wasm } from '@spinformer/tensor';
import { j1j2, optimizeState, square, transformerState } from '@spinformer/transformer-vqs';
import { pipPeer } from '../shared/pip-peer.mjs';
import { row, seconds, table } from '../shared/report.mjs';

const SAMPLES = 1024;
const PROBLEMS = [
  { side: 4, width: 24, layers: 2, heads: 6 },
  { side: 6, width: 32, layers: 2, heads: 8 },
];
const PACKAGES = ['netket==3.23.0', 'jax==0.10.2', 'jaxlib==0.10.2', 'flax==0.12.8'];
const SCRIPT = fileURLToPath(new URL('netket_step.py', import.meta.url));
/** Steps before the clock starts, as NetKet's script does while it compiles. */
const WARM = 2;

const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];

/** Wall and CPU seconds of each of our steps. */
async function ours({ side, width, layers, heads }, dtype, steps) {
  const lattice = square(side);
  const wave = transformerState({ lattice, patch: 2, layers, heads, width, attention: 'factored' });
  const options = { samples: SAMPLES, chains: SAMPLES, sweeps: 1, burnIn: 1, optimizer: 'sr', dtype };
  const ticks = optimizeState(j1j2(lattice, { j2: 0.5 }), wave, {
    ...options,
    steps: steps + WARM,
    learningRate: 0.015,
    diagonalShift: 1e-3,
    rng: seededRng(1),
  });
  const walls = [];
  const cpus = [];
  let begin = performance.now();
  let cpu = process.cpuUsage();
  for await (const _ of ticks) {
    const { user, system } = process.cpuUsage(cpu);
    walls.push((performance.now() - begin) / 1000);
    cpus.push((user + system) / 1e6);
    begin = performance.now();
    cpu = process.cpuUsage();
  }
  return { seconds: walls.slice(-steps), cpuSeconds: cpus.slice(-steps), parameters: wave.parameterCount };
}

/** The same of NetKet; undefined where it cannot be installed. */
function netket(programs, { side, width, layers, heads }, dtype, steps) {
  if (!programs) return undefined;
  const numbers = [side, width, layers, heads, SAMPLES, dtype, steps].map(String);
  const { stdout, status } = spawnSync(`${programs}/python`, [SCRIPT, ...numbers], { encoding: 'utf8' });
  return status === 0 ? JSON.parse(stdout.trim().split('\n').at(-1)) : undefined;
}

const steps = Number(process.argv[2] ?? 7);
const programs = pipPeer('netket', PACKAGES);
useBackend(await wasm());
const rows = [];
for (const problem of PROBLEMS)
  for (const dtype of ['float32', 'float64']) {
    const mine = await ours(problem, dtype, steps);
    const peer = netket(programs, problem, dtype, steps);
    const { side, width, layers } = problem;
    const what = `step at ${side}×${side}, width ${width}, ${layers} layers, ${mine.parameters} parameters, ${SAMPLES} samples, ${dtype}`;
    for (const [name, key] of [
      ['wall', 'seconds'],
      ['CPU', 'cpuSeconds'],
    ]) {
      const own = median(mine[key]);
      const other = peer && median(peer[key]);
      const beside = peer && `NetKet ${peer.netket} on jax ${peer.jax}: ${seconds(other)}`;
      rows.push(row(`${what}, ${name}`, seconds(own), beside, peer && other / own));
      console.error(Object.values(rows.at(-1)).join(' · '));
    }
  }
console.log(table(rows));
process.exit();
