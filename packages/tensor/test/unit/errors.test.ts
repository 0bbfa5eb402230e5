import { describe, expect, it } from 'vitest';
import {
  adam,
  add,
  attention,
  type Backend,
  broadcastTo,
  cast,
  cholesky,
  clipByGlobalNorm,
  concat,
  cpu,
  crossEntropy,
  dense,
  dispose,
  div,
  equal,
  full,
  gather,
  gelu,
  layerNorm,
  matmul,
  max,
  mean,
  moveTo,
  mul,
  oneHot,
  ones,
  permute,
  perSampleGrad,
  place,
  positionalMix,
  probeBackends,
  read,
  readSync,
  reshape,
  scope,
  sgd,
  slice,
  softmax,
  sqrt,
  stack,
  sum,
  type Tensor,
  tensor,
  transpose,
  treeFromPlain,
  triangularSolve,
  UnsupportedKernelError,
  unflattenTree,
  useBackend,
  valueAndGrad,
  where,
  withBackend,
} from '../../src/index.ts';

useBackend(cpu());
const x = ones([2, 3]);
const y = ones([3, 4]);
const i = tensor(Int32Array.from([0, 1]));
const d = ones([2, 3], 'float64');

/** What a user reads, word by word. */
const MESSAGES: readonly (readonly [string, () => unknown, string])[] = [
  [
    'values that do not fill a shape',
    () => tensor([1, 2, 3], [2, 2]),
    'tensor: shape [2, 2] holds 4 numbers, got 3. Pass as many values as the shape holds.',
  ],
  ['a shape that is none', () => full([2, -3], 1), 'full: shape [2, -3] must hold whole numbers ≥ 0.'],
  [
    'an unknown dtype',
    () => full([2], 1, 'float16' as never),
    "full: dtype must be 'float32', 'float64' or 'int32', got float16.",
  ],
  [
    'shapes that do not broadcast',
    () => add(x, y),
    'add: shapes [2, 3] and [3, 4] do not broadcast. Counted from the last axis, sizes must be equal or one of them 1; reshape one operand.',
  ],
  [
    'two dtypes',
    () => mul(x, d),
    "mul: operands have dtypes float32 and float64. Convert one with cast(x, 'float64').",
  ],
  [
    'two dtypes in a product',
    () => matmul(x, ones([3, 2], 'float64')),
    "matmul: operands have dtypes float32 and float64. Convert one with cast(x, 'float64').",
  ],
  [
    'a function of integers',
    () => gelu(i),
    "gelu: needs a floating-point tensor, got int32 [2]. Use cast(x, 'float32').",
  ],
  [
    'a quotient of integers',
    () => div(i, i),
    "div: not defined for int32, got int32 [2]. Use cast(x, 'float32').",
  ],
  [
    'a mean of integers',
    () => mean(i),
    "mean: needs a floating-point tensor, got int32 [2]. Use cast(x, 'float32').",
  ],
  [
    'inner sizes of a product',
    () => matmul(x, x),
    'matmul: shapes [2, 3] and [2, 3] do not fit: [..., m, k] × [..., k, n] need the same k. Use transposeA or transposeB.',
  ],
  [
    'leading sizes of a product',
    () => matmul(ones([2, 3, 4]), ones([3, 4, 5])),
    'matmul: leading axes of [2, 3, 4] and [3, 4, 5] do not broadcast. Reshape one.',
  ],
  [
    'a dense layer',
    () => dense(x, x),
    'dense: x [2, 3] must end with 2, as the weights [2, 3] have it. Use transposeW for weights [n, k].',
  ],
  ['a bias', () => dense(x, y, ones([3])), 'dense: bias must be [4], got [3]. Reshape or transpose it.'],
  ['an axis', () => sum(x, 2), 'sum: axis 2 does not exist in a tensor of rank 2. Use -2…1.'],
  ['an axis named twice', () => max(x, [0, -2]), 'max: axes [0, -2] name axis 0 twice. Name each axis once.'],
  [
    'a reshape',
    () => reshape(x, [4]),
    'reshape: [2, 3] holds 6 numbers, [4] does not. Both shapes must have the same product.',
  ],
  [
    'an open reshape',
    () => reshape(x, [-1, -1]),
    'reshape: [-1, -1] leaves more than one answer. Write all sizes but one.',
  ],
  [
    'a permutation',
    () => permute(x, [0, 0]),
    'transpose: [0, 0] is no permutation of the 2 axes of [2, 3]. Name every axis once.',
  ],
  [
    'a transpose of a vector',
    () => transpose(ones([3])),
    'transpose: needs two axes to swap, got [3]. Reshape x to a matrix.',
  ],
  [
    'a slice',
    () => slice(x, [1, 0], [2, 3]),
    'slice: a part of [2, 3] at [1, 0] does not lie inside [2, 3]. Along each axis begin + size must be at most the size of the whole.',
  ],
  [
    'a place',
    () => place(x, [2, 3], [1, 0]),
    'place: a part of [2, 3] at [1, 0] does not lie inside [2, 3]. Along each axis begin + size must be at most the size of the whole.',
  ],
  ['nothing to join', () => concat([]), 'concat: needs at least one tensor. Pass a list that is not empty.'],
  [
    'a join',
    () => concat([x, y]),
    'concat: shapes [2, 3] and [3, 4] differ outside of axis 0. Reshape or slice them to agree.',
  ],
  [
    'a stack',
    () => stack([x, y]),
    'stack: shapes [2, 3] and [3, 4] differ. Use concat() for different sizes.',
  ],
  [
    'a broadcast',
    () => broadcastTo(x, [3]),
    'broadcastTo: [2, 3] does not broadcast to [3]. Counted from the last axis, sizes must be equal or 1.',
  ],
  [
    'indices',
    () => gather(x, ones([2])),
    "gather: indices must be int32, got float32 [2]. Use cast(x, 'int32').",
  ],
  [
    'a depth',
    () => oneHot(i, -1),
    'oneHot: depth must be a whole number ≥ 0, got -1. Pass the number of classes.',
  ],
  [
    'targets',
    () => crossEntropy(y, i),
    'crossEntropy: logits [3, 4] need targets [3], got [2]. Give one target for each row of logits.',
  ],
  [
    'a softmax of a scalar',
    () => softmax(sum(x)),
    'softmax: x must have a last axis, got []. Reshape it to [1, n].',
  ],
  [
    'a gain',
    () => layerNorm(x, ones([2]), ones([3])),
    'layerNorm: gain must be [3], got [2]. Reshape or transpose it.',
  ],
  [
    'mixing weights',
    () => positionalMix(ones([1, 2, 2]), ones([2, 3, 1, 4])),
    'positionalMix: weights must be [1, 3, 3], got [1, 2, 2]. Reshape or transpose it.',
  ],
  [
    'queries',
    () => attention(x, x, x),
    'attention: q must be [batch, sites, heads, width], got [2, 3]. Reshape it.',
  ],
  [
    'a choice of numbers',
    () => where(x, 1, 2),
    'where: one of the two choices must be a tensor. Use full([], value) for one of them.',
  ],
  [
    'a factorisation of float32',
    () => cholesky(ones([2, 2])),
    "cholesky: a must be float64, got float32 [2, 2]. Use cast(x, 'float64').",
  ],
  [
    'a factorisation of a rectangle',
    () => cholesky(d),
    'cholesky: a must be square, got [2, 3]. Pass an [n, n] matrix.',
  ],
  [
    'a system',
    () => triangularSolve(ones([3, 3], 'float64'), d),
    'triangularSolve: l [3, 3] and b [2, 3] must have as many rows. Transpose b?',
  ],
  [
    'no tensor at all',
    () => sqrt(3 as never),
    'sqrt: expected a tensor, got number. Make one with tensor(values, shape).',
  ],
  [
    'a loss that is no number',
    () => valueAndGrad((p: Tensor) => mul(p, 2))(x, null),
    'valueAndGrad: the loss must be one number, got float32 [2, 3]. Reduce it with mean() or sum().',
  ],
  [
    'a parameter of integers',
    () => valueAndGrad((p: { at: Tensor }) => sum(p.at))({ at: i }, null),
    'valueAndGrad: parameter at is int32, which has no gradient. Pass it in args.',
  ],
  [
    'a gradient of a gradient',
    () => valueAndGrad((p: Tensor) => valueAndGrad((q: Tensor) => sum(q))(p, null).value)(x, null),
    'valueAndGrad: the parameter is watched by another gradient. Gradients of gradients are not available.',
  ],
  [
    'two gradients at once',
    () =>
      valueAndGrad((p: Tensor) => valueAndGrad((q: Tensor) => sum(mul(p, q)))(y, null).value)(
        ones([3, 4]),
        null,
      ),
    'mul: operands are watched by two gradients at once. Gradients of gradients are not available; compute the inner one from tensors that the outer one does not watch.',
  ],
  [
    'samples that differ',
    () => perSampleGrad((p: Tensor, a: Tensor[]) => mul(a[0], p))(x, [ones([2]), ones([3])]),
    'perSampleGrad: tensors in args must have the samples along axis 0, got [2] and [3]. Constants that all samples share go into the closure of f.',
  ],
  [
    'a promise in a scope',
    () => scope(() => Promise.resolve(1)),
    'scope: the body returned a promise, but a scope ends when its body returns. Make the body synchronous and await outside of the scope.',
  ],
  [
    'a vector of another length',
    () => unflattenTree(new Float64Array(5), { x }),
    'unflattenTree: the tree holds 6 numbers, the vector 5. Use a tree of the same structure.',
  ],
  [
    'a damaged tensor',
    () => treeFromPlain({ w: { tensor: 'float32', shape: [3], values: new Float32Array(2) } }),
    'treeFromPlain: w is marked as a tensor, but its dtype, shape and values do not fit together. The checkpoint is damaged or was written by something else.',
  ],
  [
    'gradients of other parameters',
    () => sgd().update([x, y], [x] as never, { step: 0 }),
    'sgd: trees must have the same leaves, got 2 and 1 tensors. Pass trees of one structure, for instance the gradients of these parameters.',
  ],
  [
    'a gradient of another shape',
    () => sgd().update({ w: x }, { w: y }, { step: 0 }),
    'sgd: w is [2, 3] in one tree and [3, 4] in another. Pass trees of one structure.',
  ],
  [
    'a clip',
    () => clipByGlobalNorm(x, 0),
    'clipByGlobalNorm: maximumNorm must be positive, got 0. Leave clipNorm out instead.',
  ],
  ['a decay', () => adam({ beta1: 1 }), 'adam: beta1 must lie in [0, 1), got 1.'],
];

describe('messages', () => {
  it.each(MESSAGES)('%s', (_, act, message) => expect(act).toThrow(message));

  it('a tensor that was disposed of', () => {
    const gone = ones([2, 3]);
    dispose(gone);
    dispose(gone);
    const message =
      'this float32 [2, 3] tensor was disposed of. Return it from its scope, or keep() it, to use it later.';
    expect(() => add(gone, x)).toThrow(`add: ${message}`);
    expect(() => readSync(gone)).toThrow(`readSync: ${message}`);
    expect(() => gone.buffer).toThrow(`tensor: ${message}`);
    const escaped: Tensor[] = [];
    scope(() => escaped.push(mul(x, 2)));
    expect(() => sum(escaped[0])).toThrow('sum: this float32 [2, 3]');
  });

  it('operands on two backends', async () => {
    const elsewhere = withBackend(cpu(), () => ones([2, 3]));
    const message =
      'add: operands live on two backends, cpu and cpu. ' +
      'Move one with moveTo(x, backend), or call useBackend before making tensors.';
    expect(() => add(x, elsewhere)).toThrow(message);
    expect(readSync(add(x, await moveTo(elsewhere, x.backend)))).toEqual(new Float32Array(6).fill(2));
  });

  it('a kernel that a backend lacks', () => {
    const whole = cpu();
    const partial: Backend = { ...whole, name: 'partial', supports: (kernel) => kernel !== 'softmax' };
    const operand = withBackend(partial, () => ones([2, 3]));
    expect(() => softmax(operand)).toThrow(UnsupportedKernelError);
    expect(() => softmax(operand)).toThrow(
      'softmax: the partial backend has no such kernel for float32. ' +
        'Cast the operands to a dtype that it has, or move them to cpu() or wasm().',
    );
  });

  it('a backend that can only answer later', async () => {
    const { readSync: _, ...later } = cpu();
    const operand = withBackend({ ...later, name: 'later' }, () => ones([2]));
    expect(() => readSync(operand)).toThrow(
      'readSync: the later backend answers only asynchronously. Use await read(x).',
    );
    expect(await read(operand)).toEqual(Float32Array.from([1, 1]));
  });

  it('backends that fail are reported, not thrown', async () => {
    const wrong = cpu();
    const reports = await probeBackends({
      measure: false,
      others: {
        absent: () => Promise.reject(new Error('no device')),
        wrong: async () => ({ ...wrong, read: async () => new Float32Array(48 * 48) }),
      },
    });
    expect(reports.map((report) => report.name)).toEqual(['wasm', 'cpu', 'absent', 'wrong']);
    expect(reports[1]).toMatchObject({ available: true, threads: 1 });
    expect(reports[2]).toMatchObject({ available: false, reason: 'no device' });
    expect(reports[3].reason).toMatch(/It loads, but a 48³ matrix product is off by/);
  });

  it('probing measures with the clock that it is given', async () => {
    let now = 0;
    const reports = await probeBackends({ clock: () => (now += 500) });
    // 2·512³ operations in one tick of 500 ms.
    expect(reports[0].gflops).toBeCloseTo((2 * 512 ** 3) / 500e6, 10);
  });
});

describe('NaN', () => {
  const nan = tensor([Number.NaN, 1, 2], [1, 3]);
  it('goes through sums, maxima, products and functions, and is seen', () => {
    for (const out of [sum(nan), max(nan), matmul(nan, ones([3, 1])), sum(softmax(nan)), mean(gelu(nan))])
      expect(readSync(out)[0]).toBeNaN();
  });
  it('equals nothing, and becomes 0 as an integer', () => {
    expect([...readSync(equal(nan, nan))]).toEqual([0, 1, 1]);
    expect([...readSync(cast(nan, 'int32'))]).toEqual([0, 1, 2]);
  });
  it('is not chosen by where on the other side, in value or gradient', () => {
    const { value, grads } = valueAndGrad((p: Tensor) => sum(where(equal(nan, nan), mul(p, 2), 0)))(
      tensor([Number.NaN, 3, 4], [1, 3]),
      null,
    );
    expect(readSync(value)[0]).toBe(14);
    expect([...readSync(grads)]).toEqual([0, 2, 2]);
  });
  it('gets through gradient clipping to be noticed', () => {
    expect([...readSync(clipByGlobalNorm(tensor([Number.NaN, 1]), 1))]).toEqual([Number.NaN, Number.NaN]);
  });
});
