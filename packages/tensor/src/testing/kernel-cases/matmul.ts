import type { Activation } from '../../backend.ts';
import { productShape } from '../../primitives/matmul.ts';
import { FLOATS, type KernelCase } from './kernel-case.ts';

const SIZES: readonly (readonly [m: number, k: number, n: number])[] = [
  [0, 3, 4],
  [3, 0, 4],
  [3, 4, 0],
  [1, 1, 1],
  [1, 7, 1],
  [2, 3, 5],
  [5, 1, 9],
  [4, 8, 8],
  [17, 33, 9],
  [70, 257, 67],
  [129, 72, 288],
];

const LEADS: readonly (readonly [a: readonly number[], b: readonly number[]])[] = [
  [[2], [2]],
  [[3], []],
  [[], [3]],
  [
    [2, 1],
    [1, 3],
  ],
  [[0], [0]],
];

function swapLast(shape: readonly number[]): number[] {
  return [...shape.slice(0, -2), shape[shape.length - 1], shape[shape.length - 2]];
}

function matmulCase(
  a: readonly number[],
  b: readonly number[],
  transposeA: boolean,
  transposeB: boolean,
): KernelCase {
  const [sa, sb] = [transposeA ? swapLast(a) : a, transposeB ? swapLast(b) : b];
  return {
    kernel: 'matmul',
    title: `[${sa}]${transposeA ? 'ᵀ' : ''} × [${sb}]${transposeB ? 'ᵀ' : ''}`,
    dtypes: FLOATS,
    terms: a[a.length - 1],
    run: (kernels, make) => [
      kernels.matmul(
        make.random(sa),
        make.random(sb),
        { transposeA, transposeB },
        productShape(sa, sb, transposeA, transposeB)!,
      ),
    ],
  };
}

const shapes = [
  ...SIZES.map(([m, k, n]) => [
    [m, k],
    [k, n],
  ]),
  ...LEADS.map(([a, b]) => [
    [...a, 5, 6],
    [...b, 6, 7],
  ]),
  ...LEADS.map(([a, b]) => [
    [...a, 25, 6],
    [...b, 6, 25],
  ]),
];

const matmulCases = shapes.flatMap(([a, b]) =>
  [false, true].flatMap((transposeA) =>
    [false, true].map((transposeB) => matmulCase(a, b, transposeA, transposeB)),
  ),
);

/** Every activation of `dense`. */
export const ACTIVATIONS: readonly Activation[] = ['none', 'relu', 'gelu', 'tanh', 'square'];

const denseCases = ACTIVATIONS.flatMap((activation) =>
  SIZES.flatMap(([m, k, n]) =>
    [false, true].map(
      (transposeW): KernelCase => ({
        kernel: 'dense',
        title: `${activation} of [${[m, k]}] × [${transposeW ? [n, k] : [k, n]}]${transposeW ? 'ᵀ' : ' + bias'}`,
        dtypes: FLOATS,
        // The activation's slope may pass an error of the sum on, doubled by square.
        terms: 4 * k,
        run(kernels, make) {
          const bias = transposeW ? null : make.random([n]);
          const [x, w] = [make.random([m, k]), make.random(transposeW ? [n, k] : [k, n])];
          const { y, before } = kernels.dense(x, w, bias, activation, transposeW);
          return [y, before];
        },
      }),
    ),
  ),
);

/** Products of every orientation, with and without leading axes. */
export const matmulAndDenseCases: readonly KernelCase[] = [...matmulCases, ...denseCases];
