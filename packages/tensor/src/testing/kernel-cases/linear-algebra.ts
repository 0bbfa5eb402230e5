import type { DType, Operand, RankKOptions } from '../../backend.ts';
import { noise } from '../../noise.ts';
import type { KernelCase, OperandMaker } from './kernel-case.ts';

/** B·Bᵀ + n·1: far from singular. */
function positiveDefinite(make: OperandMaker, n: number): Operand {
  const values = new Float64Array(n * n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++)
      values[i * n + j] = Math.cos(i * j) + Math.cos(j * i) + (i === j ? 2 * n + 1 : 0);
  return make.values(values, [n, n]);
}

const SINGLE: readonly DType[] = ['float32'];
const DOUBLE: readonly DType[] = ['float64'];

const solveCases = [0, 1, 2, 7, 65, 130].flatMap((n): KernelCase[] => [
  {
    kernel: 'cholesky',
    title: `[${[n, n]}]`,
    dtypes: DOUBLE,
    terms: 64 * n,
    run: (kernels, make) => [kernels.cholesky(positiveDefinite(make, n))],
  },
  ...[false, true].map(
    (transpose): KernelCase => ({
      kernel: 'triangularSolve',
      title: `[${[n, n]}]${transpose ? 'ᵀ' : ''} and [${[n, 3]}]`,
      dtypes: DOUBLE,
      terms: 64 * n,
      run(kernels, make, dtype) {
        const l = { buffer: kernels.cholesky(positiveDefinite(make, n)), shape: [n, n], dtype };
        return [l.buffer, kernels.triangularSolve(l, make.random([n, 3]), transpose)];
      },
    }),
  ),
]);

const rankKCases = [
  [0, 3],
  [3, 0],
  [1, 1],
  [5, 9],
  [67, 300],
  [130, 1030],
].flatMap(([n, k]) =>
  [false, true].flatMap((transpose): KernelCase[] => {
    const shape = transpose ? [k, n] : [n, k];
    const title = `[${shape}]${transpose ? 'ᵀ' : ''}`;
    const test = (
      dtypes: KernelCase['dtypes'],
      options: Pick<RankKOptions, 'dtype' | 'products'>,
    ): KernelCase => ({
      kernel: 'symmetricRankK',
      title: `${title} to ${options.dtype}`,
      dtypes,
      terms: k,
      run: (kernels, make) => [kernels.symmetricRankK(make.random(shape), { transpose, ...options })],
    });
    return [
      test(DOUBLE, { dtype: 'float64', products: 'float64' }),
      test(SINGLE, { dtype: 'float32', products: 'float32' }),
      test(SINGLE, { dtype: 'float64', products: 'float64' }),
      test(SINGLE, { dtype: 'float64', products: 'float32' }),
    ];
  }),
);

const eigenCases = [0, 1, 2, 3, 7, 65, 130].flatMap((n): KernelCase[] => [
  {
    kernel: 'eigh',
    title: `[${[n, n]}]`,
    dtypes: DOUBLE,
    terms: 64 * n,
    run(kernels, make, dtype) {
      const { values, vectors } = kernels.eigh(spread(make, n), true);
      const operand = { buffer: vectors!, shape: [n, n], dtype };
      const gram = kernels.matmul(operand, operand, { transposeA: true, transposeB: false }, [n, n]);
      return [values, vectors, gram];
    },
  },
  {
    kernel: 'eigh',
    title: `[${[n, n]}], values alone`,
    dtypes: DOUBLE,
    terms: 64 * n,
    run: (kernels, make) => [kernels.eigh(spread(make, n), false).values],
  },
]);

/** Symmetric, with eigenvalues near 0, 1, 2, …: its vectors are well determined. */
function spread(make: OperandMaker, n: number): Operand {
  const random = noise(n * n, 1);
  const values = new Float64Array(n * n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++)
      values[i * n + j] = i === j ? i : (0.2 * (random[i * n + j] + random[j * n + i])) / Math.sqrt(n);
  return make.values(values, [n, n]);
}

const notPositive: KernelCase = {
  kernel: 'cholesky',
  title: 'a matrix that is not positive definite',
  dtypes: DOUBLE,
  run: (kernels, make) => [kernels.cholesky(make.values([4, 0, 0, 2, -1, 0, 0, 0, 1], [3, 3]))],
};

/** Factorisations, solves, symmetric products and eigenvectors. */
export const linearAlgebraCases: readonly KernelCase[] = [
  ...solveCases,
  notPositive,
  ...rankKCases,
  ...eigenCases,
];
