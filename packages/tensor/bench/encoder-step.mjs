// What does one training step of a small encoder cost? 4 pre-LN layers, width 72, 12 heads, GELU, feed-forward 4·72,
// cross-entropy over 512 × 25 tokens, Adam: about 19·10⁹ floating-point operations.
//
//   node bench/encoder-step.mjs [wasm|cpu] [steps] [threads]     (after a build)
//
// Prints CPU seconds per step of all threads together, the wall clock beside them, and the cost of the host side: the
// same graph on 1 × 2 tokens of width 12, where kernels have nothing to do.
import { loadavg } from 'node:os';
import {
  adam,
  add,
  attention,
  cpu,
  crossEntropy,
  dense,
  dispose,
  gather,
  layerNorm,
  mean,
  readScalar,
  reshape,
  tensor,
  useBackend,
  valueAndGrad,
  wasm,
} from '@spinformer/tensor';

const FULL = { batch: 512, sites: 25, width: 72, heads: 12, layers: 4, states: 21 };
const TINY = { ...FULL, batch: 1, sites: 2, width: 12 };

let state = 1;
function random(shape, scale) {
  const values = Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return scale * (state / 2 ** 31 - 1);
  });
  return tensor(values, shape);
}

const linear = (k, n) => ({ w: random([k, n], 1 / Math.sqrt(k)), b: random([n], 0.01) });
const norm = (n) => ({ gain: random([n], 1), bias: random([n], 0.1) });

function initial({ width, layers, states, sites }) {
  const block = () => ({
    n1: norm(width),
    q: linear(width, width),
    k: linear(width, width),
    v: linear(width, width),
    o: linear(width, width),
    n2: norm(width),
    up: linear(width, 4 * width),
    down: linear(4 * width, width),
  });
  return {
    tokens: random([states, width], 1),
    positions: random([sites, width], 1),
    blocks: Array.from({ length: layers }, block),
    last: norm(width),
    head: linear(width, states),
  };
}

function lossOf({ batch, sites, width, heads }) {
  return (p, { tokens, targets }) => {
    let x = add(gather(p.tokens, tokens), p.positions); // [batch, sites, width]
    for (const block of p.blocks) {
      const seen = layerNorm(x, block.n1.gain, block.n1.bias);
      const project = ({ w, b }) => reshape(dense(seen, w, b), [batch, sites, heads, width / heads]);
      const mixed = reshape(attention(project(block.q), project(block.k), project(block.v)), [
        batch,
        sites,
        width,
      ]);
      x = add(x, dense(mixed, block.o.w, block.o.b));
      const inner = dense(layerNorm(x, block.n2.gain, block.n2.bias), block.up.w, block.up.b, {
        activation: 'gelu',
      });
      x = add(x, dense(inner, block.down.w, block.down.b));
    }
    return mean(crossEntropy(dense(layerNorm(x, p.last.gain, p.last.bias), p.head.w, p.head.b), targets));
  };
}

function run(name, sizes, steps) {
  const indices = Int32Array.from({ length: sizes.batch * sizes.sites }, (_, k) => (k * 7919) % sizes.states);
  const tokens = tensor(indices, [sizes.batch, sizes.sites]);
  let parameters = initial(sizes);
  const optimizer = adam({ learningRate: 1e-3 });
  let optimizerState = optimizer.init(parameters);
  const lossAndGrad = valueAndGrad(lossOf(sizes));
  const step = () => {
    const { value, grads } = lossAndGrad(parameters, { tokens, targets: tokens });
    const next = optimizer.update(parameters, grads, optimizerState);
    const number = readScalar(value);
    dispose(value, grads, parameters, optimizerState);
    ({ parameters, state: optimizerState } = next);
    return number;
  };
  const first = step();
  step();
  const [cpuBefore, wallBefore] = [process.cpuUsage(), performance.now()];
  let last = first;
  for (let k = 0; k < steps; k++) last = step();
  const used = process.cpuUsage(cpuBefore);
  const seconds = (used.user + used.system) / 1e6 / steps;
  const wall = (performance.now() - wallBefore) / 1e3 / steps;
  console.log(
    `${name}: ${seconds.toPrecision(3)} CPU s/step, ${wall.toPrecision(3)} s/step; loss ${first} → ${last}`,
  );
  dispose(tokens, parameters, optimizerState);
}

const [which = 'wasm', steps = '10', threads] = process.argv.slice(2);
const backend = which === 'cpu' ? cpu() : await wasm(threads ? { threads: Number(threads) } : {});
useBackend(backend);
console.log(JSON.stringify(backend.describe()), `load ${loadavg()[0].toFixed(1)}`);
run('512 × 25 tokens, width 72', FULL, which === 'cpu' ? 1 : Number(steps));
run('1 × 2 tokens, width 12', TINY, 1000);
console.log(`bytes left: ${backend.bytesInUse()}`);
backend.dispose();
