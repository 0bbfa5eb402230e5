import { describe, expect, it } from 'vitest';
import {
  abs,
  add,
  attention,
  attentionProbabilities,
  broadcastTo,
  cast,
  cholesky,
  concat,
  cos,
  cpu,
  crossEntropy,
  dense,
  div,
  equal,
  exp,
  gather,
  gelu,
  greater,
  layerNorm,
  log,
  logCosh,
  logSoftmax,
  matmul,
  max,
  maximum,
  mean,
  minimum,
  mul,
  neg,
  oneHot,
  permute,
  place,
  positionalMix,
  pow,
  readSync,
  reciprocal,
  relu,
  reshape,
  scatterAdd,
  sigmoid,
  sign,
  sin,
  slice,
  softmax,
  softplus,
  sqrt,
  square,
  stack,
  stopGradient,
  sub,
  sum,
  type Tensor,
  tanh,
  tensor,
  transpose,
  triangularSolve,
  useBackend,
  valueAndGrad,
  where,
} from '../../src/index.ts';
import { noise } from '../../src/noise.ts';

useBackend(cpu());

/** Closed forms are computed in float64 with other roundings. */
const DIGITS = 14;
const f64 = (values: readonly number[], shape: readonly number[] = [values.length]) =>
  tensor(Float64Array.from(values), shape);
const i32 = (values: readonly number[], shape: readonly number[] = [values.length]) =>
  tensor(Int32Array.from(values), shape);
const random = (seed: number, ...shape: number[]) =>
  f64(
    [
      ...noise(
        shape.reduce((a, b) => a * b, 1),
        seed,
      ),
    ],
    shape,
  );
const is = (x: Tensor, values: readonly number[], shape: readonly number[] = [values.length]) => {
  expect(x.shape).toEqual(shape);
  [...readSync(x)].forEach((value, k) => {
    expect(value).toBeCloseTo(values[k], DIGITS);
  });
};
const agree = (x: Tensor, y: Tensor) => is(x, [...readSync(y)], y.shape);

describe('functions of one operand', () => {
  const at = [-2, -0.5, 0, 0.5, 3];
  const table: Record<string, [(x: Tensor) => Tensor, (x: number) => number]> = {
    neg: [neg, (x) => -x],
    abs: [abs, Math.abs],
    sign: [sign, Math.sign],
    square: [square, (x) => x ** 2],
    exp: [exp, Math.exp],
    tanh: [tanh, Math.tanh],
    sigmoid: [sigmoid, (x) => 1 / (1 + Math.exp(-x))],
    relu: [relu, (x) => Math.max(x, 0)],
    softplus: [softplus, (x) => Math.log(1 + Math.exp(x))],
    sin: [sin, Math.sin],
    cos: [cos, Math.cos],
    logCosh: [logCosh, (x) => Math.log(Math.cosh(x))],
  };
  it.each(Object.entries(table))('%s', (_, [f, expected]) => is(f(f64(at)), at.map(expected)));
  it('sqrt, log and reciprocal', () => {
    is(sqrt(f64([4, 2])), [2, Math.SQRT2]);
    is(log(f64([1, Math.E])), [0, 1]);
    is(reciprocal(f64([4, -0.5])), [0.25, -2]);
  });
  it('gelu in its tanh form', () => {
    // x/2*(1+tanh(sqrt(2/pi)*(x+0.044715*x**3))) in mpmath with 30 digits
    const known = [-0.1542859901748561, 0, 0.8411919906082767, 1.954597694087775];
    is(gelu(f64([-0.5, 0, 1, 2])), known);
  });
});

describe('functions of two operands', () => {
  const [a, b] = [f64([1, 2, 3, 4], [2, 2]), f64([2, 2], [2])];
  it('broadcast', () => {
    is(add(a, b), [3, 4, 5, 6], [2, 2]);
    is(sub(b, a), [1, 0, -1, -2], [2, 2]);
    is(mul(a, f64([10, 100], [2, 1])), [10, 20, 300, 400], [2, 2]);
    is(div(1, a), [1, 1 / 2, 1 / 3, 1 / 4], [2, 2]);
    is(pow(a, 2), [1, 4, 9, 16], [2, 2]);
    is(maximum(a, 2.5), [2.5, 2.5, 3, 4], [2, 2]);
    is(minimum(a, b), [1, 2, 2, 2], [2, 2]);
    is(equal(a, b), [0, 1, 0, 0], [2, 2]);
    is(greater(a, b), [0, 0, 1, 1], [2, 2]);
    is(where(greater(a, b), a, -1), [-1, -1, 3, 4], [2, 2]);
    is(add(i32([1, 2]), 3), [4, 5]);
  });
});

describe('reductions and rearrangements', () => {
  const x = f64([1, 2, 3, 4, 5, 6], [2, 3]);
  it('sum, mean, max', () => {
    is(sum(x), [21], []);
    is(sum(x, 0), [5, 7, 9]);
    is(mean(x, -1, { keepAxes: true }), [2, 5], [2, 1]);
    is(max(x, 1), [3, 6]);
    is(sum(f64([], [0, 3]), 0), [0, 0, 0]);
    expect([...readSync(max(f64([], [2, 0]), 1))]).toEqual([-Infinity, -Infinity]);
  });
  it('transpose, slice, place, concat, stack, broadcastTo', () => {
    is(transpose(x), [1, 4, 2, 5, 3, 6], [3, 2]);
    is(permute(reshape(x, [1, 2, 3]), [2, 0, 1]), [1, 4, 2, 5, 3, 6], [3, 1, 2]);
    is(slice(x, [0, 1]), [2, 3, 5, 6], [2, 2]);
    is(place(f64([7], [1, 1]), [2, 2], [1, 0]), [0, 0, 7, 0], [2, 2]);
    is(concat([x, f64([7, 8], [2, 1])], 1), [1, 2, 3, 7, 4, 5, 6, 8], [2, 4]);
    is(stack([f64([1, 2]), f64([3, 4])], 1), [1, 3, 2, 4], [2, 2]);
    is(broadcastTo(f64([1, 2], [2, 1]), [2, 2]), [1, 1, 2, 2], [2, 2]);
  });
  it('gather, scatterAdd, oneHot, cast', () => {
    is(gather(x, i32([1, -1])), [4, 5, 6, 0, 0, 0], [2, 3]);
    is(scatterAdd(f64([1, 2, 4, 8]), i32([1, 1, -1, 0]), 3), [8, 3, 0]);
    is(oneHot(i32([1, -1]), 3), [0, 1, 0, 0, 0, 0], [2, 3]);
    is(cast(f64([1.9, -1.9]), 'int32'), [1, -1]);
  });
});

describe('fused operations equal what they are made of', () => {
  it('dense', () => {
    const [x, w, b] = [random(1, 2, 3, 4), random(2, 4, 5), random(3, 5)];
    agree(dense(x, w, b, { activation: 'tanh' }), tanh(add(matmul(x, w), b)));
    agree(dense(x, transpose(w), null, { transposeW: true }), matmul(x, w));
  });
  it('softmax, logSoftmax, crossEntropy', () => {
    const x = random(1, 3, 4);
    const e = exp(x);
    agree(softmax(x), div(e, sum(e, 1, { keepAxes: true })));
    agree(logSoftmax(x), log(softmax(x)));
    const losses = neg(sum(mul(logSoftmax(x), oneHot(i32([2, -1, 0]), 4, 'float64')), 1));
    agree(crossEntropy(x, i32([2, -1, 0])), losses);
  });
  it('layerNorm', () => {
    const [x, gain, bias] = [random(1, 3, 6), random(2, 6), random(3, 6)];
    const centred = sub(x, mean(x, 1, { keepAxes: true }));
    const deviation = sqrt(add(mean(square(centred), 1, { keepAxes: true }), 1e-3));
    agree(layerNorm(x, gain, bias, { epsilon: 1e-3 }), add(mul(div(centred, deviation), gain), bias));
  });
  it('positionalMix', () => {
    const [weights, values] = [random(1, 2, 3, 3), random(2, 4, 3, 2, 5)];
    const byHead = permute(values, [0, 2, 1, 3]);
    agree(positionalMix(weights, values), permute(matmul(weights, byHead), [0, 2, 1, 3]));
  });
  it('attention', () => {
    const [q, k, v] = [1, 2, 3].map((seed) => random(seed, 2, 3, 2, 4));
    const mask = f64([-1e9, 0, 0, 0, -1e9, 0, 0, 0, -1e9], [3, 3]);
    const p = attentionProbabilities(q, k, { mask });
    is(sum(p, -1), new Array(12).fill(1), [2, 2, 3]);
    agree(attention(q, k, v, { mask }), permute(matmul(p, permute(v, [0, 2, 1, 3])), [0, 2, 1, 3]));
  });
  it('cholesky and triangularSolve', () => {
    const a = f64([4, 2, 2, 5], [2, 2]);
    const l = cholesky(a);
    is(l, [2, 0, 1, 2], [2, 2]);
    const b = f64([2, 3], [2, 1]);
    const x = triangularSolve(l, triangularSolve(l, b), { transpose: true });
    agree(matmul(a, x), b);
    expect([...readSync(cholesky(f64([1, 0, 2, 1], [2, 2])))].map(Number.isNaN)).toEqual([
      false,
      false,
      false,
      true,
    ]);
  });
});

it('stopGradient lets values through, but no gradient', () => {
  const { value, grads } = valueAndGrad((p: Tensor) => sum(mul(p, stopGradient(p))))(f64([2, 3]), null);
  is(value, [13], []);
  is(grads, [2, 3]);
});
