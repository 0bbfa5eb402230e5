// How long do exact ground states take?
//
//   node bench/exact.mjs     (after a build)
//
// Prints seconds of the wall clock and of CPU, products with H, and configurations times bonds a second of CPU.
import { loadavg } from 'node:os';
import { chain, diagonalize, j1j2, square } from '@spinformer/transformer-vqs';

const CASES = [
  ['4x4, J2 = 0.5, S^z = 0', square(4), {}],
  ['4x4, J2 = 0.5, k = 0, A1, even', square(4), { momentum: [0, 0], pointGroup: 'symmetric', spinFlip: 1 }],
  ['chain of 16, S^z = 0', chain(16), {}],
  ['chain of 20, S^z = 0', chain(20), {}],
  ['chain of 20, k = 0, even', chain(20), { momentum: 0, pointGroup: 'symmetric', spinFlip: 1 }],
  ['chain of 24, k = 0, even', chain(24), { momentum: 0, pointGroup: 'symmetric', spinFlip: 1 }],
  [
    '4x6, J2 = 0.5, k = 0, A1, even',
    square([4, 6]),
    { momentum: [0, 0], pointGroup: 'symmetric', spinFlip: 1 },
  ],
  ['chain of 24, S^z = 0', chain(24), {}],
];

console.log(`${process.version}, load ${loadavg()[0].toFixed(1)}`);
console.log(''.padEnd(32), ' dimension products     wall      cpu  10⁶/s   energy per site');
for (const [title, lattice, options] of CASES) {
  const h = j1j2(lattice, { j2: 0.5 });
  const [before, from] = [process.cpuUsage(), performance.now()];
  const { energiesPerSite, dimension, products } = diagonalize(h, options);
  const wall = (performance.now() - from) / 1e3;
  const used = process.cpuUsage(before);
  const cpu = (used.user + used.system) / 1e6;
  const rate = (dimension * h.bonds.length * products) / cpu / 1e6;
  const columns = [wall.toFixed(2), cpu.toFixed(2)].map((text) => text.padStart(8));
  const counts = `${String(dimension).padStart(10)} ${String(products).padStart(8)}`;
  console.log(
    title.padEnd(32),
    counts,
    ...columns,
    rate.toFixed(0).padStart(6),
    energiesPerSite[0].toFixed(12).padStart(17),
  );
}
