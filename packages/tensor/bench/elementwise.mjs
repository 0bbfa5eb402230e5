// What do the kernels that are no matrix products cost, per number, and how do they compare with a plain addition?
//
//   node bench/elementwise.mjs [repeats]     (after a build)
//
// Prints nanoseconds of CPU time per number (the least of the repeats) on one thread, and the ratio to adding two
// arrays, which does nothing but move memory.
import { loadavg } from 'node:os';
import { wasm } from '@spinformer/tensor';
import { WasmRuntime } from '@spinformer/tensor/wasm';

const ROWS = 12800;
const WIDTH = 72;

const backend = await wasm({ runtime: new WasmRuntime({ threads: 1 }) });
const { kernels } = backend;

function operands(dtype) {
  const make = (...shape) => {
    const length = shape.reduce((product, size) => product * size, 1);
    const values = Float64Array.from({ length }, (_, k) => 2 * Math.sin(k + shape.length));
    return { buffer: backend.upload(values, dtype), shape, dtype };
  };
  const x = make(ROWS, WIDTH);
  const indices = Int32Array.from({ length: ROWS }, (_, k) => (k * 7919) % WIDTH);
  return {
    x,
    positive: { ...x, buffer: kernels.unary('abs', x) },
    row: make(WIDTH),
    column: make(ROWS, 1),
    rows: make(ROWS),
    heads: make(512, 25, 12, 6),
    indices: { buffer: backend.upload(indices, 'int32'), shape: [ROWS], dtype: 'int32' },
  };
}

const UNARY = ['neg', 'exp', 'log', 'tanh', 'sigmoid', 'gelu', 'softplus', 'sin', 'logCosh'];

function cases({ x, positive, row, column, rows, heads, indices }) {
  const unary = UNARY.map((op) => [op, () => [kernels.unary(op, x)]]);
  return [
    ['add', () => [kernels.binary('add', x, x, x.shape)]],
    ['add a row', () => [kernels.binary('add', x, row, x.shape)]],
    ['add a column', () => [kernels.binary('add', x, column, x.shape)]],
    ['pow', () => [kernels.binary('pow', positive, x, x.shape)]],
    ...unary,
    ['gelu gradient', () => [kernels.unaryGrad('gelu', x, x, x)]],
    ['softmax', () => [kernels.softmax(x)]],
    ['cross-entropy', () => [kernels.crossEntropy(x, indices), kernels.crossEntropyGrad(x, indices, rows)]],
    ['layer norm', () => Object.values(kernels.layerNorm(x, row, row, 1e-5))],
    ['its gradient', () => Object.values(kernels.layerNormGrad(x, row, rows, rows, x))],
    ['sum of rows', () => [kernels.reduce('sum', x, [1])]],
    ['sum of columns', () => [kernels.reduce('sum', x, [0])]],
    ['transpose', () => [kernels.permute(x, [1, 0])]],
    ['heads first', () => [kernels.permute(heads, [0, 2, 1, 3])]],
    ['gather', () => [kernels.gather(x, indices)]],
    ['scatterAdd', () => [kernels.scatterAdd(x, indices, WIDTH)]],
    ['attention', () => Object.values(kernels.attention(heads, heads, heads, null, 0.4))],
  ];
}

function nanoseconds(run, repeats) {
  let least = Infinity;
  for (let k = 0; k < repeats + 2; k++) {
    const before = process.cpuUsage();
    const buffers = run();
    const used = process.cpuUsage(before);
    for (const buffer of buffers) backend.free(buffer);
    if (k >= 2) least = Math.min(least, (1e3 * (used.user + used.system)) / (ROWS * WIDTH));
  }
  return least;
}

const repeats = Number(process.argv[2] ?? 20);
console.log(`${process.version}, ${backend.describe().mode}, load ${loadavg()[0].toFixed(1)}`);
for (const dtype of ['float32', 'float64']) {
  let unit = 0;
  for (const [title, run] of cases(operands(dtype))) {
    const time = nanoseconds(run, repeats);
    unit ||= time;
    console.log(
      `${dtype} ${title.padEnd(16)} ${time.toFixed(2).padStart(7)} ns ${(time / unit).toFixed(1).padStart(6)} ×`,
    );
  }
}
console.log(`load ${loadavg()[0].toFixed(1)}`);
backend.dispose();
