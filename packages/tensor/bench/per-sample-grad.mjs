// What does the Jacobian [samples, parameters] cost in one pass, against one gradient for each sample, and against one
// gradient of the sum? A wave function of factored attention and a dense layer on 16 sites.
//
//   node bench/per-sample-grad.mjs [samples] [threads]     (after a build)
import { loadavg } from 'node:os';
import {
  dense,
  dispose,
  logCosh,
  perSampleGrad,
  positionalMix,
  reshape,
  scope,
  slice,
  softmax,
  sum,
  tensor,
  useBackend,
  valueAndGrad,
  wasm,
} from '@spinformer/tensor';

const [samples, threads] = [Number(process.argv[2] ?? 512), Number(process.argv[3] ?? 1)];
const [sites, heads, width] = [16, 4, 8];
const backend = await wasm({ threads });
useBackend(backend);

let state = 1;
function random(shape) {
  const next = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 31 - 1;
  return tensor(Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, next), shape);
}
const parameters = {
  weights: random([heads, sites, sites]),
  value: random([1, heads * width]),
  w: random([heads * width, 64]),
  b: random([64]),
};
const count = Object.values(parameters).reduce((total, { size }) => total + size, 0);

function amplitude(p, x) {
  const batch = x.shape[0];
  const values = reshape(dense(reshape(x, [batch * sites, 1]), p.value), [batch, sites, heads, width]);
  const mixed = reshape(positionalMix(softmax(p.weights), values), [batch * sites, heads * width]);
  return sum(reshape(logCosh(dense(mixed, p.w, p.b)), [batch, sites * 64]), 1);
}

const x = random([samples, sites]);
const jacobian = perSampleGrad(amplitude);
const ofSum = valueAndGrad((p, a) => sum(amplitude(p, a)));
const one = () => dispose(jacobian(parameters, x));
const loop = () => {
  for (let s = 0; s < samples; s++) scope(() => void ofSum(parameters, slice(x, [s, 0], [1, sites])));
};
const whole = () => scope(() => void ofSum(parameters, x));

function seconds(body, repeats) {
  body();
  const before = process.cpuUsage();
  for (let k = 0; k < repeats; k++) body();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6 / repeats;
}
const [pass, each, total] = [seconds(one, 10), seconds(loop, 2), seconds(whole, 10)];
console.log(`${samples} samples, ${count} parameters, load ${loadavg()[0].toFixed(1)}`);
console.log(`one pass ${pass.toFixed(4)} CPU s; sample by sample ${(each / pass).toFixed(1)} times that;`);
console.log(`the gradient of the sum alone ${(total / pass).toFixed(2)} times that`);
backend.dispose();
