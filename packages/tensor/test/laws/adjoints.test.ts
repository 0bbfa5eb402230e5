import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  add,
  broadcastTo,
  concat,
  cpu,
  gather,
  matmul,
  mul,
  permute,
  place,
  readScalar,
  readSync,
  reshape,
  scatterAdd,
  scope,
  slice,
  softmax,
  sub,
  sum,
  type Tensor,
  tensor,
  transpose,
  useBackend,
  valueAndGrad,
} from '../../src/index.ts';
import { noise } from '../../src/noise.ts';

useBackend(cpu());

const FIXED = { seed: 20240917, numRuns: 60 };
/** Sums of a few hundred float64 products of numbers below 1, taken in two orders. */
const ROUNDING = 1e-12;

const sizes = fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 4 });
const random = (shape: readonly number[], seed: number) =>
  tensor(
    noise(
      shape.reduce((a, b) => a * b, 1),
      seed,
    ),
    [...shape],
  );
const dot = (a: Tensor, b: Tensor) => readScalar(sum(mul(a, b)));
const same = (a: Tensor, b: Tensor) => {
  expect(a.shape).toEqual(b.shape);
  expect([...readSync(a)]).toEqual([...readSync(b)]);
};
const law = <T>(title: string, values: fc.Arbitrary<T>, holds: (value: T) => void) =>
  it(title, () =>
    fc.assert(
      fc.property(values, (value) => scope(() => holds(value))),
      FIXED,
    ),
  );

/** A shape and one that broadcasts to it. */
const broadcast = sizes.chain((whole) =>
  fc
    .tuple(fc.integer({ min: 0, max: whole.length }), fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }))
    .map(([drop, squeeze]) => ({ whole, part: whole.slice(drop).map((size, k) => (squeeze[k] ? 1 : size)) })),
);

describe('operations and their adjoints', () => {
  law('⟨broadcast x, y⟩ = ⟨x, sum y⟩, the gradient of broadcasting', broadcast, ({ whole, part }) => {
    const [x, y] = [random(part, 1), random(whole, 2)];
    const { value, grads } = valueAndGrad((p: Tensor) => sum(mul(broadcastTo(p, whole), y)))(x, null);
    expect(Math.abs(readScalar(value) - dot(x, grads))).toBeLessThan(ROUNDING);
    const added = valueAndGrad((p: Tensor) => sum(mul(add(p, sub(y, y)), y)))(x, null);
    expect(dot(sub(added.grads, grads), sub(added.grads, grads))).toBeLessThan(ROUNDING);
  });

  law('⟨scatter x, y⟩ = ⟨x, gather y⟩', fc.array(fc.integer({ min: -1, max: 4 }), { maxLength: 9 }), (at) => {
    const indices = tensor(Int32Array.from(at), [at.length]);
    const [x, y] = [random([at.length, 3], 1), random([5, 3], 2)];
    expect(Math.abs(dot(scatterAdd(x, indices, 5), y) - dot(x, gather(y, indices)))).toBeLessThan(ROUNDING);
  });

  const parts = fc.array(fc.tuple(fc.nat(3), fc.nat(3), fc.nat(3)), { minLength: 1, maxLength: 3 });
  law('slice takes out what place puts in', parts, (axes) => {
    const begin = axes.map(([before]) => before);
    const size = axes.map(([, own]) => own);
    const whole = axes.map(([before, own, after]) => before + own + after);
    const x = random(size, 1);
    const placed = place(x, whole, begin);
    same(slice(placed, begin, size), x);
    expect(Math.abs(readScalar(sub(sum(placed), sum(x))))).toBeLessThan(ROUNDING);
  });

  law('a permutation and its inverse give x back', sizes, (shape) => {
    const order = shape.map((_, axis) => (axis + 1) % shape.length);
    const inverse = shape.map((_, axis) => order.indexOf(axis));
    const x = random(shape, 1);
    same(permute(permute(x, order), inverse), x);
  });

  law(
    'the slices of a concatenation are its parts',
    fc.tuple(fc.nat(3), fc.nat(3), fc.nat(3)),
    ([a, b, other]) => {
      const [x, y] = [random([a, other], 1), random([b, other], 2)];
      const joined = concat([x, y], 0);
      same(slice(joined, [0, 0], [a, other]), x);
      same(slice(joined, [a, 0], [b, other]), y);
    },
  );

  law(
    'softmax rows sum to one, however shifted',
    fc.tuple(fc.nat(4), fc.integer({ min: 1, max: 6 })),
    ([rows, width]) => {
      const x = random([rows, width], 1);
      const p = softmax(x);
      for (const total of readSync(sum(p, 1))) expect(Math.abs(total - 1)).toBeLessThan(ROUNDING);
      for (const difference of readSync(sub(softmax(add(x, 100)), p)))
        expect(Math.abs(difference)).toBeLessThan(ROUNDING);
    },
  );

  law(
    '(A·B)ᵀ = Bᵀ·Aᵀ, by flag and by transposition',
    fc.tuple(fc.nat(4), fc.nat(4), fc.nat(4)),
    ([m, k, n]) => {
      const [a, b] = [random([2, m, k], 1), random([2, k, n], 2)];
      const product = transpose(matmul(a, b));
      same(matmul(transpose(b), transpose(a)), product);
      same(matmul(b, a, { transposeA: true, transposeB: true }), product);
    },
  );

  law('reshape keeps the order', sizes, (shape) => {
    const x = random(shape, 1);
    same(reshape(reshape(x, [x.size]), shape), x);
  });
});
