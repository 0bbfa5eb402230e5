import { beforeAll, describe, expect, it } from 'vitest';
import {
  type Backend,
  cholesky,
  choleskySolve,
  cpu,
  eigenvalues,
  eigh,
  matmul,
  readSync,
  symmetricEigen,
  symmetricRankK,
  tensor,
  useBackend,
  valueAndGrad,
  wasm,
} from '../../src/index.ts';
import { noise } from '../../src/noise.ts';

/** LAPACK's own tests allow n roundings of the norm for residual and orthogonality, times about ten. */
const ROUNDINGS = 10;

/** B + Bᵀ, B·diag·Bᵀ, …: matrices [n, n] on which eigen-solvers have failed before. */
const MATRICES: [string, (n: number) => Float64Array][] = [
  ['random', (n) => symmetric(n, (i, j, r) => r[i * n + j] + r[j * n + i])],
  ['the identity: all eigenvalues coincide', (n) => symmetric(n, (i, j) => (i === j ? 1 : 0))],
  ['zero', (n) => new Float64Array(n * n)],
  ['of rank one', (n) => symmetric(n, (i, j, r) => r[i] * r[j])],
  ['diagonal, descending', (n) => symmetric(n, (i, j) => (i === j ? n - i : 0))],
  ['with zero diagonal, ±1 pairs', (n) => symmetric(n, (i, j) => (i + j === n - 1 ? 1 : 0))],
  [
    'graded over 24 decades',
    (n) => symmetric(n, (i, j, r) => (r[i * n + j] + r[j * n + i]) * 10 ** ((-12 * (i + j)) / n)),
  ],
  [
    'a chain of close pairs (Wilkinson)',
    (n) => symmetric(n, (i, j) => (i === j ? Math.abs(i - (n - 1) / 2) : Math.abs(i - j) === 1 ? 1 : 0)),
  ],
  ['tiny', (n) => symmetric(n, (i, j, r) => 1e-290 * (r[i * n + j] + r[j * n + i]))],
  ['huge', (n) => symmetric(n, (i, j, r) => 1e290 * (r[i * n + j] + r[j * n + i]))],
];

function symmetric(n: number, entry: (i: number, j: number, random: Float64Array) => number): Float64Array {
  const random = noise(n * n, 7);
  return Float64Array.from({ length: n * n }, (_, k) => entry(Math.floor(k / n), k % n, random));
}

/** max |A V − V Λ| over max |λ|, and max |VᵀV − 1|, in roundings. */
function defects(a: Float64Array, values: Float64Array, vectors: Float64Array, n: number) {
  const norm = values.reduce((most, x) => Math.max(most, Math.abs(x)), 0) || 1;
  let residual = 0;
  let overlap = 0;
  for (let k = 0; k < n; k++)
    for (let i = 0; i < n; i++) {
      let sum = 0;
      let dot = 0;
      for (let j = 0; j < n; j++) {
        sum += (a[i * n + j] / norm) * vectors[j * n + k];
        dot += vectors[j * n + i] * vectors[j * n + k];
      }
      residual = Math.max(residual, Math.abs(sum - (values[k] / norm) * vectors[i * n + k]));
      overlap = Math.max(overlap, Math.abs(dot - (i === k ? 1 : 0)));
    }
  return { residual: residual / Number.EPSILON, overlap: overlap / Number.EPSILON };
}

const BACKENDS: [string, () => Promise<Backend>][] = [
  ['cpu', async () => cpu()],
  ['wasm', () => wasm()],
];

describe.each(BACKENDS)('on %s', (_name, make) => {
  beforeAll(async () => {
    useBackend(await make());
  });

  describe.each([1, 2, 5, 48])('eigh of [n, n], n = %i', (n) => {
    it.each(MATRICES)('of a matrix %s: A V = V Λ and VᵀV = 1', (_title, matrix) => {
      const a = matrix(n);
      const { values, vectors } = eigh(tensor(a, [n, n], 'float64'));
      const spectrum = readSync(values) as Float64Array;
      const { residual, overlap } = defects(a, spectrum, readSync(vectors) as Float64Array, n);
      expect(residual).toBeLessThan(ROUNDINGS * Math.sqrt(n));
      expect(overlap).toBeLessThan(ROUNDINGS * n);
      for (let k = 1; k < n; k++) expect(spectrum[k]).toBeGreaterThanOrEqual(spectrum[k - 1]);
      const alone = readSync(eigenvalues(tensor(a, [n, n], 'float64')));
      expect(Array.from(alone)).toEqual(Array.from(spectrum));
    });
  });

  it('eigh gives the eigenvalues of a chain in closed form, 2 cos(π k / (n + 1))', () => {
    const n = 30;
    const a = symmetric(n, (i, j) => (Math.abs(i - j) === 1 ? 1 : 0));
    const values = readSync(eigenvalues(tensor(a, [n, n], 'float64')));
    values.forEach((value, k) => {
      expect(value).toBeCloseTo(2 * Math.cos((Math.PI * (n - k)) / (n + 1)), 14);
    });
  });

  it('eigh answers NaN for a matrix that is not finite', () => {
    const { values, vectors } = eigh(tensor([1, Number.NaN, Number.NaN, 1], [2, 2], 'float64'));
    expect([...readSync(values), ...readSync(vectors)].every(Number.isNaN)).toBe(true);
  });

  it('choleskySolve solves A x = b for one and for many right-hand sides', () => {
    const n = 37;
    const a = symmetricRankK(tensor(noise(n * 2 * n, 3), [n, 2 * n], 'float64'));
    const b = tensor(noise(3 * n, 4), [n, 3], 'float64');
    const x = choleskySolve(cholesky(a), b);
    const back = readSync(matmul(a, x));
    readSync(b).forEach((value, k) => {
      expect(back[k]).toBeCloseTo(value, 11);
    });
    const one = tensor(noise(n, 5), [n], 'float64');
    expect(choleskySolve(cholesky(a), one).shape).toEqual([n]);
  });

  it('symmetricRankK is exactly symmetric', () => {
    const g = readSync(symmetricRankK(tensor(noise(70 * 33, 3), [70, 33], 'float32'), { dtype: 'float64' }));
    for (let i = 0; i < 70; i++) for (let j = 0; j < i; j++) expect(g[i * 70 + j]).toBe(g[j * 70 + i]);
  });
});

describe('symmetricEigen', () => {
  it('is what eigh computes, without a backend', () => {
    const a = symmetric(20, (i, j, r) => r[i * 20 + j] + r[j * 20 + i]);
    const { values, vectors } = symmetricEigen(a, 20);
    const { residual, overlap } = defects(a, values, vectors, 20);
    expect(Math.max(residual, overlap)).toBeLessThan(ROUNDINGS * 20);
  });
});

describe('refuses', () => {
  it('a gradient through eigh, and products less precise than their operands', () => {
    useBackend(cpu());
    const a = tensor([1, 0, 0, 1], [2, 2], 'float64');
    expect(() => valueAndGrad((x: typeof a) => eigenvalues(x))(a, undefined)).toThrow(
      'gradients through it are not available',
    );
    expect(() => symmetricRankK(a, { dtype: 'float32' })).toThrow('a is float64, so must be the products');
    expect(() => symmetricRankK(tensor([1], [1, 1], 'float32'), { products: 'float64' })).toThrow(
      "need dtype 'float64'",
    );
    expect(() => choleskySolve(a, tensor([1, 2, 3], [3], 'float64'))).toThrow('must have as many rows');
  });
});
