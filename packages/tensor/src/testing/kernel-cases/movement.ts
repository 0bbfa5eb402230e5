import { ALL, FLOATS, type KernelCase } from './kernel-case.ts';

const REDUCTIONS: readonly (readonly [readonly number[], readonly number[]])[] = [
  [[0], [0]],
  [[], []],
  [[1], [0]],
  [[5], []],
  [[17], [0]],
  [[2, 0, 3], [1]],
  [[0, 3], [1]],
  [[33, 7], [0]],
  [[33, 7], [1]],
  [
    [4, 5, 6],
    [0, 2],
  ],
  [[4, 5, 6], [1]],
  [
    [3, 4, 5, 6],
    [0, 1, 3],
  ],
  [[100_003], [0]],
  [[515, 257], [0]],
  [[515, 257], [1]],
];

const reduceCases = REDUCTIONS.flatMap(([shape, axes]) =>
  (['sum', 'max'] as const).map(
    (op): KernelCase => ({
      kernel: 'reduce',
      title: `${op} of [${shape}] over [${axes}]`,
      dtypes: ALL,
      // Sums accumulate in float64 or pairwise: 17 roundings for 100,003 terms.
      terms: 32,
      run: (kernels, make) => [kernels.reduce(op, make.random(shape), axes)],
    }),
  ),
);

const maxOfNaN: KernelCase = {
  kernel: 'reduce',
  title: 'max of NaN and infinities',
  dtypes: FLOATS,
  run: (kernels, make) => [
    kernels.reduce(
      'max',
      make.values([1, Number.NaN, 2, -Infinity, -Infinity, -Infinity, 1, 2, Infinity], [3, 3]),
      [1],
    ),
  ],
};

const PERMUTATIONS: readonly (readonly [readonly number[], readonly number[]])[] = [
  [[], []],
  [[5], [0]],
  [
    [0, 3],
    [1, 0],
  ],
  [
    [3, 5],
    [1, 0],
  ],
  [
    [67, 130],
    [1, 0],
  ],
  [
    [2, 3, 4],
    [0, 2, 1],
  ],
  [
    [2, 3, 4],
    [2, 0, 1],
  ],
  [
    [2, 5, 3, 4],
    [0, 2, 1, 3],
  ],
  [
    [2, 5, 3, 4],
    [3, 1, 0, 2],
  ],
  [
    [2, 3, 2, 3, 2],
    [4, 2, 0, 1, 3],
  ],
];

const permuteCases = PERMUTATIONS.map(
  ([shape, permutation]): KernelCase => ({
    kernel: 'permute',
    title: `[${shape}] by [${permutation}]`,
    dtypes: ALL,
    run: (kernels, make) => [kernels.permute(make.random(shape), permutation)],
  }),
);

const PARTS: readonly (readonly [
  whole: readonly number[],
  begin: readonly number[],
  size: readonly number[],
])[] = [
  [[5], [1], [3]],
  [[5], [5], [0]],
  [[], [], []],
  [
    [4, 7],
    [1, 2],
    [2, 5],
  ],
  [
    [4, 7],
    [0, 0],
    [4, 7],
  ],
  [
    [3, 4, 5],
    [1, 0, 2],
    [2, 4, 1],
  ],
  [
    [129, 33],
    [100, 1],
    [29, 31],
  ],
];

const partCases = PARTS.flatMap(([whole, begin, size]): KernelCase[] => [
  {
    kernel: 'slice',
    title: `[${size}] at [${begin}] of [${whole}]`,
    dtypes: ALL,
    run: (kernels, make) => [kernels.slice(make.random(whole), begin, size)],
  },
  {
    kernel: 'embed',
    title: `[${size}] at [${begin}] into [${whole}]`,
    dtypes: ALL,
    run: (kernels, make) => [kernels.embed(make.random(size), whole, begin)],
  },
]);

const JOINS: readonly (readonly [shapes: readonly (readonly number[])[], axis: number])[] = [
  [[[3], [0], [4]], 0],
  [[[2, 3]], 1],
  [
    [
      [2, 3],
      [2, 5],
      [2, 1],
    ],
    1,
  ],
  [
    [
      [2, 3],
      [4, 3],
    ],
    0,
  ],
  [
    [
      [2, 1, 3],
      [2, 4, 3],
    ],
    1,
  ],
  [
    [
      [65, 17],
      [65, 33],
    ],
    1,
  ],
];

const concatCases = JOINS.map(
  ([shapes, axis]): KernelCase => ({
    kernel: 'concat',
    title: `${shapes.map((shape) => `[${shape}]`).join(' ')} along ${axis}`,
    dtypes: ALL,
    run: (kernels, make) => [
      kernels.concat(
        shapes.map((shape) => make.random(shape)),
        axis,
      ),
    ],
  }),
);

const TABLES: readonly (readonly [rows: number, width: readonly number[], indices: readonly number[]])[] = [
  [4, [3], [5]],
  [4, [], [5]],
  [1, [1], [2, 3]],
  [7, [2, 3], [0]],
  [21, [72], [64, 9]],
  [5, [8], []],
];

const indexCases = TABLES.flatMap(([rows, width, indices]): KernelCase[] => [
  {
    kernel: 'gather',
    title: `[${indices}] rows of [${[rows, ...width]}]`,
    dtypes: ALL,
    run: (kernels, make) => [
      kernels.gather(make.random([rows, ...width]), make.indices(indices, rows, true)),
    ],
  },
  {
    kernel: 'scatterAdd',
    title: `[${[...indices, ...width]}] onto ${rows} rows`,
    dtypes: FLOATS,
    terms: 600,
    run: (kernels, make) => [
      kernels.scatterAdd(make.random([...indices, ...width]), make.indices(indices, rows, true), rows),
    ],
  },
  {
    kernel: 'oneHot',
    title: `[${indices}] of depth ${rows}`,
    dtypes: ALL,
    run: (kernels, make, dtype) => [kernels.oneHot(make.indices(indices, rows, true), rows, dtype)],
  },
]);

/** Kernels that reduce, move and index. */
export const movementCases: readonly KernelCase[] = [
  ...reduceCases,
  maxOfNaN,
  ...permuteCases,
  ...partCases,
  ...concatCases,
  ...indexCases,
];
