import type { KernelName, KernelTable, Operand } from '../../backend.ts';
import { sizeOf } from '../../shape.ts';
import { FLOATS, type KernelCase } from './kernel-case.ts';

const ROWS: readonly (readonly number[])[] = [
  [0, 4],
  [1],
  [1, 1],
  [5],
  [3, 2],
  [2, 3, 21],
  [7, 25],
  [64, 72],
  [515, 5],
];

type RowKernel = Extract<KernelName, 'softmax' | 'logSoftmax'>;

function softmaxCases(kernel: RowKernel): KernelCase[] {
  const plain = ROWS.map(
    (shape): KernelCase => ({
      kernel,
      title: `[${shape}]`,
      dtypes: FLOATS,
      run: (kernels, make) => [kernels[kernel](make.random(shape, { scale: 10 }))],
    }),
  );
  const extreme: KernelCase = {
    kernel,
    title: 'far apart and masked entries',
    dtypes: FLOATS,
    run: (kernels, make) => [
      kernels[kernel](make.values([1e4, 0, -1e4, -1e9, 5, 5, -Infinity, 1, 1], [3, 3])),
    ],
  };
  const nan: KernelCase = {
    kernel,
    title: 'a row with NaN',
    dtypes: FLOATS,
    run: (kernels, make) => [kernels[kernel](make.values([1, Number.NaN, 2, 1, 2, 3], [2, 3]))],
  };
  const grads = ROWS.map(
    (shape): KernelCase => ({
      kernel: `${kernel}Grad`,
      title: `[${shape}]`,
      dtypes: FLOATS,
      terms: 80,
      run(kernels, make, dtype) {
        const y = { buffer: kernels[kernel](make.random(shape)), shape, dtype };
        return [y.buffer, kernels[`${kernel}Grad`](y, make.random(shape))];
      },
    }),
  );
  return [...plain, extreme, nan, ...grads];
}

const crossEntropyCases = [
  [0, 3],
  [1, 1],
  [5, 2],
  [17, 21],
  [200, 10],
].flatMap(([rows, classes]): KernelCase[] => [
  {
    kernel: 'crossEntropy',
    title: `[${[rows, classes]}]`,
    dtypes: FLOATS,
    run: (kernels, make) => [
      kernels.crossEntropy(make.random([rows, classes], { scale: 5 }), make.indices([rows], classes, true)),
    ],
  },
  {
    kernel: 'crossEntropyGrad',
    title: `[${[rows, classes]}]`,
    dtypes: FLOATS,
    run: (kernels, make) => [
      kernels.crossEntropyGrad(
        make.random([rows, classes], { scale: 5 }),
        make.indices([rows], classes, true),
        make.random([rows]),
      ),
    ],
  },
]);

/** Layer norm divides by a standard deviation, which may be a tenth of the entries: errors grow by as much. */
const LAYER_NORM_TERMS = 400;

const layerNormCases = [[0, 4], [3, 1], [5], [3, 2], [2, 3, 21], [7, 25], [64, 72], [515, 5]].flatMap(
  (shape) => {
    const width = shape[shape.length - 1];
    const operands = (make: { random(shape: readonly number[]): Operand }) =>
      [make.random(shape), make.random([width]), make.random([width])] as const;
    const forward = (kernels: KernelTable, [x, gain, bias]: readonly Operand[]) =>
      kernels.layerNorm(x, gain, bias, 1e-2);
    return [
      {
        kernel: 'layerNorm',
        title: `[${shape}]`,
        dtypes: FLOATS,
        terms: LAYER_NORM_TERMS,
        run(kernels, make) {
          const { y, mean, inverse } = forward(kernels, operands(make));
          return [y, mean, inverse];
        },
      },
      {
        kernel: 'layerNormGrad',
        title: `[${shape}]`,
        dtypes: FLOATS,
        terms: 4 * LAYER_NORM_TERMS,
        run(kernels, make, dtype) {
          const [x, gain, bias] = operands(make);
          const { y, mean, inverse } = forward(kernels, [x, gain, bias]);
          const rows = [width === 0 ? 0 : sizeOf(shape) / width];
          const stats = [mean, inverse].map((buffer) => ({ buffer, shape: rows, dtype }));
          const { dx, dgain, dbias } = kernels.layerNormGrad(x, gain, stats[0], stats[1], make.random(shape));
          return [y, mean, inverse, dx, dgain, dbias];
        },
      },
    ] satisfies KernelCase[];
  },
);

/** Kernels over the last axis. */
export const rowCases: readonly KernelCase[] = [
  ...softmaxCases('softmax'),
  ...softmaxCases('logSoftmax'),
  ...crossEntropyCases,
  ...layerNormCases,
];
