import type { BinaryOp, UnaryOp } from '../backend.ts';
import * as ops from '../index.ts';
import type { Tensor } from '../tensor.ts';
import { UNARY_OPS } from './kernel-cases/elementwise.ts';
import { ACTIVATIONS } from './kernel-cases/matmul.ts';

/** One use of one differentiable operation. */
export interface GradientCase {
  /** The primitive whose rule is tried. */
  readonly primitive: string;
  readonly title: string;
  /** Shapes of the operands, which are float64 in (−1, 1), or in (0.1, 1.1) where `positive`. */
  readonly shapes: readonly (readonly number[])[];
  readonly positive?: boolean;
  apply(...operands: Tensor[]): Tensor;
}

/** Operations by the name of their kernel's function. */
const UNARY: Record<UnaryOp, (x: Tensor) => Tensor> = ops;

const unaryCases = UNARY_OPS.map(
  (op: UnaryOp): GradientCase => ({
    primitive: 'unary',
    title: op,
    shapes: [[3, 4]],
    positive: op === 'sqrt' || op === 'log' || op === 'reciprocal',
    apply: (x) => UNARY[op](x),
  }),
);

const DIFFERENTIABLE_BINARY = [
  'add',
  'sub',
  'mul',
  'div',
  'maximum',
  'minimum',
  'pow',
] as const satisfies BinaryOp[];
const BINARY: Record<BinaryOp, (a: Tensor, b: Tensor) => Tensor> = ops;
const PAIRS = [
  [
    [3, 4],
    [3, 4],
  ],
  [[3, 4], [4]],
  [
    [3, 1],
    [2, 1, 4],
  ],
  [[], [2, 3]],
];

const binaryCases = DIFFERENTIABLE_BINARY.flatMap((op) =>
  PAIRS.map(
    (shapes): GradientCase => ({
      primitive: 'binary',
      title: `${op} of [${shapes[0]}] and [${shapes[1]}]`,
      shapes,
      positive: op === 'pow' || op === 'div',
      apply: (a, b) => BINARY[op](a, b),
    }),
  ),
);

const index = (values: number[], shape: number[]) => ops.tensor(Int32Array.from(values), shape);

const movementCases: GradientCase[] = [
  {
    primitive: 'where',
    title: 'broadcasting',
    shapes: [[2, 3], [3]],
    apply: (a, b) => ops.where(index([1, 0, 1, 0, 0, 1], [2, 3]), a, b),
  },
  {
    primitive: 'cast',
    title: 'to float32 and back',
    shapes: [[0]],
    apply: (x) => ops.cast(ops.cast(x, 'float32'), 'float64'),
  },
  {
    primitive: 'broadcastTo',
    title: '[3, 1] to [2, 3, 4]',
    shapes: [[3, 1]],
    apply: (x) => ops.broadcastTo(x, [2, 3, 4]),
  },
  {
    primitive: 'reshape',
    title: '[2, 6] to [3, 4]',
    shapes: [[2, 6]],
    apply: (x) => ops.reshape(x, [3, -1]),
  },
  { primitive: 'reduce', title: 'sum of all', shapes: [[3, 4]], apply: (x) => ops.sum(x) },
  { primitive: 'reduce', title: 'sum over [0, 2]', shapes: [[2, 3, 4]], apply: (x) => ops.sum(x, [0, 2]) },
  {
    primitive: 'reduce',
    title: 'mean, keeping axes',
    shapes: [[2, 3, 4]],
    apply: (x) => ops.mean(x, -1, { keepAxes: true }),
  },
  { primitive: 'reduce', title: 'max over 1', shapes: [[3, 5]], apply: (x) => ops.max(x, 1) },
  { primitive: 'reduce', title: 'max of all', shapes: [[3, 5]], apply: (x) => ops.max(x) },
  {
    primitive: 'permute',
    title: '[2, 3, 4] by [2, 0, 1]',
    shapes: [[2, 3, 4]],
    apply: (x) => ops.permute(x, [2, 0, 1]),
  },
  { primitive: 'slice', title: 'a corner', shapes: [[4, 5]], apply: (x) => ops.slice(x, [1, 2], [2, 3]) },
  {
    primitive: 'embed',
    title: 'into a larger one',
    shapes: [[2, 3]],
    apply: (x) => ops.place(x, [4, 5], [1, 2]),
  },
  {
    primitive: 'concat',
    title: 'along 1',
    shapes: [
      [2, 3],
      [2, 1],
      [2, 4],
    ],
    apply: (...xs) => ops.concat(xs, 1),
  },
  {
    primitive: 'concat',
    title: 'stacked',
    shapes: [
      [2, 3],
      [2, 3],
    ],
    apply: (...xs) => ops.stack(xs, 2),
  },
  {
    primitive: 'gather',
    title: 'with repeated and missing rows',
    shapes: [[4, 3]],
    apply: (x) => ops.gather(x, index([1, -1, 3, 1], [2, 2])),
  },
  {
    primitive: 'scatterAdd',
    title: 'with repeated and missing rows',
    shapes: [[4, 3]],
    apply: (x) => ops.scatterAdd(x, index([1, -1, 2, 1], [4]), 3),
  },
];

const productCases: GradientCase[] = [false, true].flatMap((transposeA) =>
  [false, true].flatMap((transposeB) =>
    [
      [[], []],
      [[2], [2]],
      [[2], []],
      [[], [2]],
      [
        [3, 1],
        [1, 2],
      ],
    ].map(([leadA, leadB]): GradientCase => {
      const a = [...leadA, ...(transposeA ? [3, 2] : [2, 3])];
      const b = [...leadB, ...(transposeB ? [4, 3] : [3, 4])];
      return {
        primitive: 'matmul',
        title: `[${a}]${transposeA ? 'ᵀ' : ''} × [${b}]${transposeB ? 'ᵀ' : ''}`,
        shapes: [a, b],
        apply: (x, y) => ops.matmul(x, y, { transposeA, transposeB }),
      };
    }),
  ),
);

const denseCases = ACTIVATIONS.flatMap((activation): GradientCase[] => [
  {
    primitive: 'dense',
    title: `${activation} with bias`,
    shapes: [[2, 3, 4], [4, 5], [5]],
    apply: (x, w, b) => ops.dense(x, w, b, { activation }),
  },
  {
    primitive: 'dense',
    title: `${activation} with transposed weights`,
    shapes: [
      [3, 4],
      [5, 4],
    ],
    apply: (x, w) => ops.dense(x, w, null, { activation, transposeW: true }),
  },
]);

const sites4 = [2, 3, 2, 2];
const rowCases: GradientCase[] = [
  { primitive: 'softmax', title: '[2, 3, 4]', shapes: [[2, 3, 4]], apply: (x) => ops.softmax(x) },
  { primitive: 'logSoftmax', title: '[2, 3, 4]', shapes: [[2, 3, 4]], apply: (x) => ops.logSoftmax(x) },
  {
    primitive: 'crossEntropy',
    title: 'with a missing target',
    shapes: [[2, 2, 3]],
    apply: (x) => ops.crossEntropy(x, index([2, -1, 0, 1], [2, 2])),
  },
  {
    primitive: 'layerNorm',
    title: '[2, 3, 5]',
    shapes: [[2, 3, 5], [5], [5]],
    apply: (x, g, b) => ops.layerNorm(x, g, b),
  },
  {
    primitive: 'positionalMix',
    title: 'two heads',
    shapes: [[2, 3, 3], sites4],
    apply: (w, v) => ops.positionalMix(w, v),
  },
  {
    primitive: 'attention',
    title: 'two heads',
    shapes: [sites4, sites4, sites4],
    apply: (q, k, v) => ops.attention(q, k, v),
  },
  {
    primitive: 'attention',
    title: 'with a mask and a scale',
    shapes: [sites4, sites4, sites4],
    apply: (q, k, v) => {
      const mask = ops.tensor(Float64Array.from([-1e9, 0, 1, 0, -1e9, 0, 0.5, 0, -1e9]), [3, 3]);
      return ops.attention(q, k, v, { mask, scale: 0.7 });
    },
  },
];

const linearAlgebraCases: GradientCase[] = [
  ...[false, true].map(
    (transpose): GradientCase => ({
      primitive: 'symmetricRankK',
      title: transpose ? 'transposed' : 'plain',
      shapes: [[3, 4]],
      apply: (a) => ops.symmetricRankK(a, { transpose }),
    }),
  ),

  {
    primitive: 'cholesky',
    title: 'of B·Bᵀ + 1',
    shapes: [[3, 3]],
    apply: (b) =>
      ops.cholesky(
        ops.add(
          ops.matmul(b, b, { transposeB: true }),
          ops.tensor(Float64Array.from([1, 0, 0, 0, 1, 0, 0, 0, 1]), [3, 3]),
        ),
      ),
  },
  ...[false, true].map(
    (transpose): GradientCase => ({
      primitive: 'triangularSolve',
      title: transpose ? 'transposed' : 'plain',
      shapes: [
        [3, 3],
        [3, 2],
      ],
      positive: true,
      apply: (l, b) => ops.triangularSolve(l, b, { transpose }),
    }),
  ),
];

/** At least one case for every rule, and one for every function under it. */
export const GRADIENT_CASES: readonly GradientCase[] = [
  ...unaryCases,
  ...binaryCases,
  ...movementCases,
  ...productCases,
  ...denseCases,
  ...rowCases,
  ...linearAlgebraCases,
];
