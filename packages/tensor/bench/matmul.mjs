// How much of the processor do matrix products use, alone and on two threads?
//
//   node bench/matmul.mjs [repeats]     (after a build)
//
// Prints, per shape and dtype: 10⁹ floating-point operations a second of one core (by CPU time, the least of the
// repeats), the same by the wall clock on two threads, and how many times faster two threads are.
import { loadavg } from 'node:os';
import { wasm } from '@spinformer/tensor';
import { WasmRuntime } from '@spinformer/tensor/wasm';

const SHAPES = [
  { title: '512³', m: 512, k: 512, n: 512 },
  { title: '512³, Aᵀ', m: 512, k: 512, n: 512, transposeA: true },
  { title: '512³, Bᵀ', m: 512, k: 512, n: 512, transposeB: true },
  { title: '128³', m: 128, k: 128, n: 128 },
  { title: '1024³', m: 1024, k: 1024, n: 1024 },
  { title: 'tokens × up', m: 12800, k: 72, n: 288 },
  { title: 'tokens × down', m: 12800, k: 288, n: 72 },
  { title: 'weight gradient', m: 72, k: 12800, n: 288, transposeA: true },
  { title: '256 products of 64³', batch: 256, m: 64, k: 64, n: 64 },
];

function operand(backend, shape, dtype) {
  const length = shape.reduce((product, size) => product * size, 1);
  const values = Float64Array.from({ length }, (_, k) => Math.sin(k));
  return { buffer: backend.upload(values, dtype), shape, dtype };
}

function preparedProduct(backend, { batch = 1, m, k, n, transposeA = false, transposeB = false }, dtype) {
  const a = operand(backend, [batch, ...(transposeA ? [k, m] : [m, k])], dtype);
  const b = operand(backend, [batch, ...(transposeB ? [n, k] : [k, n])], dtype);
  const run = () => backend.free(backend.kernels.matmul(a, b, { transposeA, transposeB }, [batch, m, n]));
  const end = () => {
    backend.free(a.buffer);
    backend.free(b.buffer);
  };
  return { run, end, operations: 2 * batch * m * k * n };
}

/** The least CPU and wall-clock seconds of several runs. */
function measure(run, repeats) {
  let [cpu, wall] = [Infinity, Infinity];
  for (let k = 0; k < repeats + 2; k++) {
    const [cpuBefore, wallBefore] = [process.cpuUsage(), performance.now()];
    run();
    const used = process.cpuUsage(cpuBefore);
    if (k < 2) continue;
    wall = Math.min(wall, (performance.now() - wallBefore) / 1e3);
    cpu = Math.min(cpu, (used.user + used.system) / 1e6);
  }
  return { cpu, wall };
}

const repeats = Number(process.argv[2] ?? 30);
const [one, two] = [
  await wasm({ runtime: new WasmRuntime({ threads: 1 }) }),
  await wasm({ runtime: new WasmRuntime({ threads: 2 }) }),
];
const rate = (operations, seconds) => (operations / seconds / 1e9).toFixed(1).padStart(7);
console.log(`${process.version}, ${one.describe().mode}, load ${loadavg()[0].toFixed(1)}`);
console.log('                       dtype    GFLOP/s/core   two threads   ratio');
for (const dtype of ['float32', 'float64'])
  for (const shape of SHAPES) {
    const [single, double] = [one, two].map((backend) => {
      const { run, end, operations } = preparedProduct(backend, shape, dtype);
      const times = measure(run, repeats);
      end();
      return { ...times, operations };
    });
    const ratio = (single.wall / double.wall).toFixed(2);
    const columns = [rate(single.operations, single.cpu), rate(double.operations, double.wall), ratio];
    console.log(shape.title.padEnd(22), dtype, columns.map((text) => text.padStart(12)).join(' '));
  }
console.log(`load ${loadavg()[0].toFixed(1)}`);
for (const backend of [one, two]) backend.dispose();
