import type { BinaryOp, UnaryOp } from '../../backend.ts';
import { broadcastOf } from '../../shape.ts';
import { ALL, FLOATS, type KernelCase, ODD_SHAPES } from './kernel-case.ts';

/** Every function of one operand. */
export const UNARY_OPS: readonly UnaryOp[] = [
  'neg',
  'abs',
  'sign',
  'square',
  'sqrt',
  'reciprocal',
  'exp',
  'log',
  'tanh',
  'sigmoid',
  'relu',
  'gelu',
  'softplus',
  'sin',
  'cos',
  'logCosh',
];
const FLOAT_BINARY: readonly BinaryOp[] = ['div', 'maximum', 'minimum', 'pow'];
const ANY_BINARY: readonly BinaryOp[] = ['add', 'sub', 'mul', 'equal', 'greater'];
/** Every function of two operands. */
const BINARY_OPS: readonly BinaryOp[] = [...ANY_BINARY, ...FLOAT_BINARY];

/** Pairs that NumPy broadcasts in every way there is. */
const PAIRS: readonly (readonly [readonly number[], readonly number[]])[] = [
  [[0], [1]],
  [[5], []],
  [[], [2, 3]],
  [[4, 7], [7]],
  [[7], [4, 7]],
  [
    [4, 1],
    [1, 6],
  ],
  [
    [3, 1, 5],
    [2, 1],
  ],
  [
    [2, 3, 4, 5],
    [3, 1, 5],
  ],
  [[129, 65], [65]],
  [
    [129, 65],
    [129, 1],
  ],
];

const SPECIAL = [0, -0, 1, -1, 0.5, -0.5, 3, -3, 8, -8, 20, -20, 88, -88, 1e-20, -1e-20, Number.NaN];

const POSITIVE: ReadonlySet<UnaryOp> = new Set<UnaryOp>(['sqrt', 'log', 'reciprocal']);

function unaryCases(op: UnaryOp): KernelCase[] {
  const options = { scale: 4, positive: POSITIVE.has(op) };
  const plain = ODD_SHAPES.map(
    (shape): KernelCase => ({
      kernel: 'unary',
      title: `${op} of [${shape}]`,
      dtypes: FLOATS,
      run: (kernels, make) => [kernels.unary(op, make.random(shape, options))],
    }),
  );
  const special: KernelCase = {
    kernel: 'unary',
    title: `${op} of special values`,
    dtypes: FLOATS,
    run: (kernels, make) => [kernels.unary(op, make.values(SPECIAL, [SPECIAL.length]))],
  };
  const slopes = [[0], [1], [17], [1003]].map(
    (shape): KernelCase => ({
      kernel: 'unaryGrad',
      title: `${op} of [${shape}]`,
      dtypes: FLOATS,
      run(kernels, make, dtype) {
        const x = make.random(shape, options);
        const y = { buffer: kernels.unary(op, x), shape, dtype };
        return [y.buffer, kernels.unaryGrad(op, x, y, make.random(shape))];
      },
    }),
  );
  return [...plain, special, ...slopes];
}

function binaryCases(op: BinaryOp): KernelCase[] {
  const dtypes = FLOAT_BINARY.includes(op) ? FLOATS : ALL;
  const equal = ODD_SHAPES.map((shape) => [shape, shape] as const);
  return [...equal, ...PAIRS].map(
    ([a, b]): KernelCase => ({
      kernel: 'binary',
      title: `${op} of [${a}] and [${b}]`,
      dtypes,
      run: (kernels, make) => [
        kernels.binary(op, make.random(a, { positive: op === 'pow' }), make.random(b), broadcastOf(a, b)!),
      ],
    }),
  );
}

function nanCase(op: BinaryOp): KernelCase {
  const [a, b] = [
    [Number.NaN, 1, Number.NaN, 2, 0, Infinity, -Infinity],
    [1, Number.NaN, Number.NaN, 2, 0, 1, 1],
  ];
  return {
    kernel: 'binary',
    title: `${op} of NaN and infinities`,
    dtypes: FLOATS,
    run: (kernels, make) => [kernels.binary(op, make.values(a, [7]), make.values(b, [7]), [7])],
  };
}

const whereCases = [...ODD_SHAPES.map((shape) => [shape, shape] as const), ...PAIRS].map(
  ([a, b]): KernelCase => ({
    kernel: 'where',
    title: `a choice of [${a}] and [${b}]`,
    dtypes: ALL,
    run: (kernels, make) => [
      kernels.where(make.indices(b, 2), make.random(a), make.random(b), broadcastOf(a, b)!),
      kernels.where(make.indices([], 2), make.random(a), make.random(b), broadcastOf(a, b)!),
    ],
  }),
);

const castCases = ODD_SHAPES.flatMap((shape) =>
  ALL.map(
    (to): KernelCase => ({
      kernel: 'cast',
      title: `[${shape}] to ${to}`,
      dtypes: ALL,
      run: (kernels, make) => [kernels.cast(make.random(shape, { scale: 1000 }), to)],
    }),
  ),
);

const fillCases = [0, 1, 5, 100_003].map(
  (length): KernelCase => ({
    kernel: 'fill',
    title: `${length} numbers`,
    dtypes: ALL,
    run: (kernels, _, dtype) => [kernels.fill(length, -2.5, dtype)],
  }),
);

const broadcastCases = PAIRS.map(
  ([a, b]): KernelCase => ({
    kernel: 'broadcastTo',
    title: `[${a}] to [${broadcastOf(a, b)}]`,
    dtypes: ALL,
    run: (kernels, make) => [kernels.broadcastTo(make.random(a), broadcastOf(a, b)!)],
  }),
);

/** Kernels that treat each element by itself. */
export const elementwiseCases: readonly KernelCase[] = [
  ...fillCases,
  ...castCases,
  ...UNARY_OPS.flatMap(unaryCases),
  ...BINARY_OPS.flatMap(binaryCases),
  ...BINARY_OPS.map(nanCase),
  ...whereCases,
  ...broadcastCases,
];
