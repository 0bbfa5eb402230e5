// How fast is float64 linear algebra, and what fraction of our own matrix product does it reach? With ml-matrix
// at hand (installed, or the path of its module in ML_MATRIX), its eigen-decomposition is timed beside ours.
//
//   node bench/linear-algebra.mjs [n]     (after a build)
//
// Prints seconds of CPU and of the wall clock, 10⁹ operations that the method needs a second of CPU time, and how far
// the result is from the identity that defines it, in units of the rounding of the largest number.
import { loadavg } from 'node:os';
import {
  add,
  cholesky,
  choleskySolve,
  eigenvalues,
  eigh,
  matmul,
  readSync,
  scope,
  symmetricRankK,
  tensor,
  useBackend,
  wasm,
} from '@spinformer/tensor';

const n = Number(process.argv[2] ?? 1000);
useBackend(await wasm());
console.log(`${process.version}, n = ${n}, load ${loadavg()[0].toFixed(1)}`);

function noise(length, seed) {
  let state = seed;
  return Float64Array.from({ length }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 31 - 1;
  });
}

function time(title, operations, run, repeats = 3) {
  let [cpu, wall] = [Infinity, Infinity];
  let result;
  for (let k = 0; k < repeats; k++) {
    const [before, from] = [process.cpuUsage(), performance.now()];
    result = run();
    const used = process.cpuUsage(before);
    cpu = Math.min(cpu, (used.user + used.system) / 1e6);
    wall = Math.min(wall, (performance.now() - from) / 1e3);
  }
  const columns = [cpu, wall, operations / cpu / 1e9].map((x) => x.toFixed(3).padStart(9));
  console.log(title.padEnd(44), ...columns);
  return result;
}

function largestDifference(a, b) {
  let most = 0;
  for (let k = 0; k < a.length; k++) most = Math.max(most, Math.abs(a[k] - b[k]));
  return most;
}

console.log(''.padEnd(44), '      cpu      wall  GFLOP/s of cpu');
const k = 8 * n;
const wide = noise(n * k, 1);
const a64 = tensor(wide, [n, k], 'float64');
const a32 = tensor(wide, [n, k], 'float32');
const each = (run) => () => scope(() => readSync(run()).length);
const full = { transposeB: true };
time(
  `matmul a·aᵀ [${n}, ${k}] float64`,
  2 * n * n * k,
  each(() => matmul(a64, a64, full)),
);
time(
  'symmetricRankK float64',
  n * (n + 1) * k,
  each(() => symmetricRankK(a64)),
);
time(
  `matmul a·aᵀ [${n}, ${k}] float32`,
  2 * n * n * k,
  each(() => matmul(a32, a32, full)),
);
time(
  'symmetricRankK float32',
  n * (n + 1) * k,
  each(() => symmetricRankK(a32)),
);
time(
  'symmetricRankK float32 to float64',
  n * (n + 1) * k,
  each(() => symmetricRankK(a32, { dtype: 'float64' })),
);
const mixed = { dtype: 'float64', products: 'float32' };
time(
  'symmetricRankK float32 products, float64 sums',
  n * (n + 1) * k,
  each(() => symmetricRankK(a32, mixed)),
);

const gram = symmetricRankK(a64);
const right = tensor(noise(n * 8, 3), [n, 8], 'float64');
time(
  'cholesky',
  n ** 3 / 3,
  each(() => cholesky(gram)),
);
const factor = cholesky(gram);
time(
  'choleskySolve, 8 right-hand sides',
  2 * n * n * 8,
  each(() => choleskySolve(factor, right)),
);

const random = tensor(noise(n * n, 5), [n, n], 'float64');
const symmetric = scope(() =>
  add(random, matmul(random, tensor(identity(n), [n, n], 'float64'), { transposeA: true })),
);
time(
  'eigenvalues',
  (4 / 3) * n ** 3,
  each(() => eigenvalues(symmetric)),
  2,
);
const { values, vectors } = time('eigh', 9 * n ** 3, () => eigh(symmetric), 2);
const spectrum = readSync(values);
const unit = Number.EPSILON * Math.max(...spectrum.map(Math.abs));
const left = readSync(matmul(symmetric, vectors));
const scaled = readSync(vectors).map((x, at) => x * spectrum[at % n]);
console.log(
  `  max |A V − V Λ| = ${(largestDifference(left, scaled) / unit).toFixed(1)} roundings of the norm`,
);
const product = readSync(matmul(vectors, vectors, { transposeA: true }));
console.log(
  `  max |VᵀV − 1|   = ${(largestDifference(product, identity(n)) / Number.EPSILON).toFixed(1)} roundings`,
);

const peer = await import(process.env.ML_MATRIX ?? 'ml-matrix').catch(() => undefined);
if (peer) {
  const plain = readSync(symmetric);
  const rows = Array.from({ length: n }, (_, i) => Array.from(plain.subarray(i * n, (i + 1) * n)));
  const theirs = new peer.Matrix(rows);
  const found = time(
    'ml-matrix, EigenvalueDecomposition',
    9 * n ** 3,
    () => new peer.EVD(theirs, { assumeSymmetric: true }),
    1,
  );
  const sorted = Float64Array.from(found.realEigenvalues).sort();
  console.log(
    `  eigenvalues agree to ${(largestDifference(sorted, spectrum) / unit).toFixed(1)} roundings of the norm`,
  );
} else console.log('ml-matrix is not at hand: not compared');

function identity(size) {
  const one = new Float64Array(size * size);
  for (let i = 0; i < size; i++) one[i * (size + 1)] = 1;
  return one;
}
