// What memory do the derivatives of a large step take? Jacobian, Gram matrix and solve of the tutorial's transformer on
// 10×10 (d = 60, 4 layers, 1024 samples, float32), which must stay within 4 GiB.
//
//   node ../../tooling/bench.mjs bench/memory.ts [side] [width] [layers] [samples]
import { loadavg } from 'node:os';
import { permutation, seededRng } from '@spinformer/numerics';
import { useBackend, wasm } from '@spinformer/tensor';
import { square, transformerState } from '../src/index.ts';
import { CentredJacobian } from '../src/optimize/centred-jacobian.ts';
import { TangentSystem } from '../src/optimize/tangent-system.ts';

const GIB = 2 ** 30;

export async function main([
  side = '10',
  width = '60',
  layers = '4',
  samples = '1024',
]: readonly string[]): Promise<void> {
  const backend = await wasm();
  useBackend(backend);
  const lattice = square(Number(side));
  const wave = transformerState({ lattice, width: Number(width), heads: 10, layers: Number(layers) });
  const parameters = wave.init(seededRng(1));
  const rng = seededRng(2);
  const count = Number(samples);
  const spins = new Int8Array(count * lattice.sites);
  for (let s = 0; s < count; s++)
    permutation(rng, lattice.sites).forEach((r, k) => {
      spins[s * lattice.sites + r] = k % 2 === 0 ? 1 : -1;
    });
  const say = (phase: string) =>
    console.log(
      `${phase.padEnd(9)} tensors ${(backend.bytesInUse() / GIB).toFixed(2)} GiB, ` +
        `process at most ${(process.resourceUsage().maxRSS / 2 ** 20).toFixed(2)} GiB`,
    );
  console.log(`${wave.parameterCount} parameters, load ${loadavg()[0].toFixed(1)}`);
  const weights = new Float64Array(count).fill(1 / count);
  const jacobian = CentredJacobian.of(wave, parameters, spins, weights);
  say('Jacobian');
  const system = new TangentSystem(jacobian);
  say('Gram');
  const force = jacobian.rowsOf(weights.map(Math.sqrt), weights, weights);
  const step = system.solve(0.01, force);
  say('solve');
  console.log(`all finite: ${step.every(Number.isFinite)}`);
}
