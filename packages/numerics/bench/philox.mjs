// Philox streams against Math.random: how many times longer does a draw take? Run after `tsc -b`: node bench/philox.mjs
import { loadavg } from 'node:os';
import { seededRng } from '@spinformer/numerics';

const DRAWS = 20_000_000;

function nanoseconds(draw) {
  let sum = 0;
  for (let i = 0; i < DRAWS / 10; i++) sum += draw();
  const start = process.cpuUsage();
  for (let i = 0; i < DRAWS; i++) sum += draw();
  const used = process.cpuUsage(start);
  if (Number.isNaN(sum)) throw new Error('a draw is NaN');
  return ((used.user + used.system) * 1000) / DRAWS;
}

const rng = seededRng(1);
const logits = Float64Array.from({ length: 10 }, (_, state) => Math.sin(state));
const rows = {
  'Math.random': nanoseconds(() => Math.random()),
  uint32: nanoseconds(() => rng.uint32()),
  uniform: nanoseconds(() => rng.uniform()),
  'integer(21)': nanoseconds(() => rng.integer(21)),
  normal: nanoseconds(() => rng.normal()),
  'categorical(10)': nanoseconds(() => rng.categorical(logits)),
};
const base = rows['Math.random'];
for (const [name, ns] of Object.entries(rows)) {
  console.log(
    `${name.padEnd(16)} ${ns.toFixed(1).padStart(7)} ns CPU   ${(ns / base).toFixed(1).padStart(5)} × Math.random`,
  );
}
console.log(`load average ${loadavg()[0].toFixed(2)}`);
