import { beforeAll, describe, expect, it } from 'vitest';
import {
  add,
  attention,
  type Backend,
  broadcastTo,
  concat,
  cos,
  cpu,
  crossEntropy,
  dense,
  dispose,
  div,
  exp,
  flattenTree,
  gather,
  greater,
  layerNorm,
  logCosh,
  logSoftmax,
  mapTree,
  matmul,
  max,
  maximum,
  mean,
  mul,
  neg,
  oneHot,
  type ParameterTree,
  permute,
  perSampleGrad,
  positionalMix,
  pow,
  readSync,
  reshape,
  sigmoid,
  slice,
  softmax,
  square,
  stack,
  sub,
  sum,
  type Tensor,
  tanh,
  tensor,
  treeLeaves,
  useBackend,
  valueAndGrad,
  wasm,
  where,
} from '../../src/index.ts';
import { noise } from '../../src/noise.ts';

/** Both sides sum the same float64 numbers in another order. */
const ROUNDING = 1e-12;
const SAMPLES = 3;

let backend: Backend = cpu();
const BACKENDS: Record<string, Backend> = { cpu: backend, wasm: await wasm() };
useBackend(backend);
let seed = 0;
const random = (...shape: number[]) =>
  tensor(
    noise(
      shape.reduce((a, b) => a * b, 1),
      ++seed,
    ),
    shape,
  );
const indices = (values: number[], ...shape: number[]) => tensor(Int32Array.from(values), shape);

type F = (p: never, x: never) => Tensor;

/** The Jacobian row by row: f of one sample at a time. */
function oneByOne(f: F, parameters: ParameterTree, args: ParameterTree): number[][] {
  const f1 = f as (p: ParameterTree, x: ParameterTree) => Tensor;
  const rows: number[][] = [];
  for (let s = 0; s < SAMPLES; s++) {
    const row = mapTree(args, (leaf) =>
      slice(
        leaf,
        leaf.shape.map((_, axis) => (axis === 0 ? s : 0)),
        [1, ...leaf.shape.slice(1)],
      ),
    );
    const { value, grads } = valueAndGrad(f1)(parameters, row);
    rows.push([...flattenTree(grads)]);
    dispose(value, grads, row);
  }
  return rows;
}

function expectSame(f: F, parameters: ParameterTree, args: ParameterTree): void {
  const before = backend.bytesInUse();
  const jacobian = perSampleGrad(f as (p: ParameterTree, x: ParameterTree) => Tensor)(parameters, args);
  const values = readSync(jacobian);
  const rows = oneByOne(f, parameters, args);
  const width = rows[0].length;
  expect(jacobian.shape).toEqual([SAMPLES, width]);
  for (const [s, row] of rows.entries())
    for (const [k, expected] of row.entries())
      expect(Math.abs(values[s * width + k] - expected), `sample ${s}, parameter ${k}`).toBeLessThan(
        ROUNDING * Math.max(1, Math.abs(expected)),
      );
  dispose(jacobian);
  expect(backend.bytesInUse()).toBe(before);
}

interface Mlp {
  w1: Tensor;
  b1: Tensor;
  gain: Tensor;
  shift: Tensor;
  w2: Tensor;
  scale: Tensor;
}
interface Factored {
  position: Tensor;
  u: Tensor;
  bias: Tensor;
}
interface Block {
  embed: Tensor;
  position: Tensor;
  g1: Tensor;
  b1: Tensor;
  q: Tensor;
  k: Tensor;
  v: Tensor;
  o: Tensor;
  w1: Tensor;
  c1: Tensor;
  w2: Tensor;
  head: Tensor;
}

describe.each(Object.keys(BACKENDS))('perSampleGrad equals a loop of valueAndGrad on %s', (name) => {
  beforeAll(() => {
    backend = BACKENDS[name];
    useBackend(backend);
  });

  it('for a multilayer perceptron', () => {
    const p = {
      w1: random(5, 4),
      b1: random(4),
      gain: random(4),
      shift: random(4),
      w2: random(4),
      scale: random(),
    };
    expectSame(
      ((q: Mlp, x: Tensor) => {
        const h = layerNorm(dense(x, q.w1, q.b1, { activation: 'gelu' }), q.gain, q.shift);
        return mul(sum(logCosh(mul(h, q.w2)), 1), exp(q.scale));
      }) as F,
      p,
      random(SAMPLES, 5),
    );
  });

  it('for factored attention', () => {
    const [sites, heads, states] = [4, 2, 3];
    const mask = tensor(
      Float64Array.from({ length: 16 }, (_, k) => (k % 5 === 0 ? -1e9 : 0)),
      [4, 4],
    );
    const p = {
      position: random(heads, sites, sites),
      u: random(heads, states, states),
      bias: random(sites, states),
    };
    const tokens = indices([0, 1, 2, 0, 2, 2, 1, 0, 1, 1, 0, 2], SAMPLES, sites);
    expectSame(
      ((q: Factored, x: Tensor) => {
        const weights = softmax(add(q.position, mask)); // shared by all samples
        const value = stack(
          [0, 1].map((h) => gather(reshape(slice(q.u, [h, 0, 0], [1, states, states]), [states, states]), x)),
          2,
        ); // [samples, sites, heads, states]
        const logits = add(sum(positionalMix(weights, value), 2), q.bias);
        return sum(crossEntropy(logits, x), 1);
      }) as F,
      p,
      tokens,
    );
  });

  it('for an encoder, with flattening', () => {
    const [sites, width, heads] = [4, 6, 2];
    const p = {
      embed: random(3, width),
      position: random(sites, width),
      g1: random(width),
      b1: random(width),
      q: random(width, width),
      k: random(width, width),
      v: random(width, width),
      o: random(width, width),
      w1: random(2 * width, width),
      c1: random(2 * width),
      w2: random(2 * width, width),
      head: random(width, 3),
    };
    const tokens = indices([0, -1, 2, 0, 2, 2, 1, 0, 1, 1, 0, 2], SAMPLES, sites);
    expectSame(
      ((r: Block, x: Tensor) => {
        const h = add(gather(r.embed, x), r.position);
        const n = layerNorm(h, r.g1, r.b1);
        const project = (w: Tensor) => reshape(matmul(n, w), [SAMPLES_OF(x), sites, heads, width / heads]);
        const mixed = reshape(attention(project(r.q), project(r.k), project(r.v)), [
          SAMPLES_OF(x) * sites,
          width,
        ]);
        const flat = add(reshape(h, [SAMPLES_OF(x) * sites, width]), dense(mixed, r.o));
        const inner = dense(flat, r.w1, r.c1, { activation: 'gelu', transposeW: true });
        const out = add(flat, dense(inner, r.w2));
        return reshape(sum(reshape(logSoftmax(matmul(out, r.head)), [SAMPLES_OF(x), sites * 3]), 1), [
          SAMPLES_OF(x),
        ]);
      }) as F,
      p,
      tokens,
    );
  });

  const SAMPLES_OF = (x: Tensor) => x.shape[0];
  const x = () => random(SAMPLES, 2, 3);
  const each = (t: Tensor) => sum(t, [1, 2]);
  const cases: Record<string, [F, () => ParameterTree, () => ParameterTree]> = {
    'add, sub and mul with broadcasting': [
      ((p: Tensor[], a: Tensor) => each(mul(sub(add(a, p[0]), p[1]), p[2]))) as F,
      () => [random(3), random(2, 1), random()],
      x,
    ],
    'a shared operand of rank one': [
      ((p: Tensor, a: Tensor) => each(div(p, add(square(a), 1)))) as F,
      () => random(1, 1, 3),
      x,
    ],
    'div by a parameter': [
      ((p: Tensor, a: Tensor) => each(div(a, add(square(p), 1)))) as F,
      () => random(2, 3),
      x,
    ],
    'pow of a parameter': [
      ((p: Tensor, a: Tensor) => each(pow(add(square(p), 0.5), a))) as F,
      () => random(2, 3),
      x,
    ],
    'maximum and where': [
      ((p: Tensor[], a: Tensor) => each(where(greater(a, 0), maximum(a, p[0]), p[1]))) as F,
      () => [random(2, 3), random(3)],
      x,
    ],
    'operations on parameters alone': [
      ((p: Tensor[], a: Tensor) =>
        each(mul(a, tanh(matmul(permute(p[0], [1, 0]), neg(div(p[1], add(square(p[2]), 1)))))))) as F,
      () => [random(4, 2), random(4, 3), random(3)],
      x,
    ],
    'sums and maxima of parameters': [
      ((p: Tensor, a: Tensor) => each(mul(a, add(max(p, 0), mean(cos(p)))))) as F,
      () => random(4, 3),
      x,
    ],
    'a parameter repeated for each sample and concatenated': [
      ((p: Tensor, a: Tensor) => each(square(concat([a, broadcastTo(p, [a.shape[0], 1, 3])], 1)))) as F,
      () => random(3),
      x,
    ],
    'batched products with shared matrices': [
      ((p: Tensor[], a: Tensor) =>
        each(square(add(matmul(p[0], a), matmul(a, p[1], { transposeB: true }))))) as F,
      () => [random(2, 2), random(3, 3)],
      x,
    ],
    'shared stacks of matrices': [
      ((p: Tensor, a: Tensor) => {
        const heads = reshape(a, [a.shape[0], 2, 1, 3]);
        return sum(sigmoid(matmul(heads, p)), [1, 2, 3]);
      }) as F,
      () => random(2, 3, 4),
      x,
    ],
    'transposed batched operands': [
      ((p: Tensor, a: Tensor) => each(square(matmul(a, p, { transposeA: true })))) as F,
      () => random(2, 4),
      x,
    ],
    'products, choices and normalised rows of parameters': [
      ((p: Tensor[], a: Tensor) => {
        const chosen = where(greater(p[0], 0), matmul(p[0], p[1]), p[2]); // [2, 3]
        const rows = layerNorm(add(logSoftmax(chosen), softmax(matmul(p[3], p[1]))), p[2], p[2]); // [5, 2, 3]
        return each(mul(a, sum(mul(rows, rows), 0)));
      }) as F,
      () => [random(2, 3), random(3, 3), random(3), random(5, 2, 3)],
      x,
    ],
    'slices and placed parts of parameters': [
      ((p: Tensor, a: Tensor) => each(mul(a, slice(p, [1, 1], [2, 3])))) as F,
      () => random(4, 5),
      x,
    ],
    'unused parameters': [
      ((p: Tensor[], a: Tensor) => each(mul(a, p[1]))) as F,
      () => [random(2), random(3)],
      x,
    ],
    'one-hot rows': [
      ((p: Tensor, a: Tensor) =>
        sum(square(matmul(reshape(oneHot(a, 3, 'float64'), [a.shape[0], 6]), p)), 1)) as F,
      () => random(6, 2),
      () => indices([0, 1, 2, 2, 1, 1], SAMPLES, 2),
    ],
    'an output that is all parameters': [
      ((p: Tensor, a: Tensor) => broadcastTo(sum(square(p)), [a.shape[0]])) as F,
      () => random(3),
      x,
    ],
    'several arguments': [
      ((p: Tensor, a: { u: Tensor; v: Tensor }) => sum(mul(mul(a.u, p), a.v), 1)) as F,
      () => random(3),
      () => ({ u: random(SAMPLES, 3), v: random(SAMPLES, 1) }),
    ],
  };
  for (const [name, [f, parameters, args]] of Object.entries(cases))
    it(`for ${name}`, () => expectSame(f, parameters(), args()));
});

describe('perSampleGrad refuses to mix samples', () => {
  const refuse = (name: string, f: (p: Tensor, a: Tensor) => Tensor, message: RegExp) =>
    it(name, () => {
      const before = treeLeaves([]).length + backend.bytesInUse();
      const [p, a] = [random(3), random(SAMPLES, 3)];
      expect(() => perSampleGrad(f)(p, a)).toThrow(message);
      dispose(p, a);
      expect(backend.bytesInUse()).toBe(before);
    });
  refuse('in a sum over axis 0', (p, a) => mul(sum(a, 0), p), /sum mixes samples: it reduces over axis 0/);
  refuse('in a transpose', (p, a) => sum(mul(permute(a, [1, 0]), 1), 0 * p.size), /transpose mixes samples/);
  refuse('in a slice', (p, a) => sum(mul(slice(a, [1, 0]), p), 1), /slice mixes samples/);
  refuse(
    'in a product of samples',
    (p, a) => sum(mul(matmul(a, a, { transposeB: true }), sum(p)), 1),
    /matmul mixes samples/,
  );
  refuse(
    'when the output has another shape',
    (p, a) => mul(a, p),
    /must return one number per sample, \[3\], got float64 \[3, 3\]/,
  );
});
