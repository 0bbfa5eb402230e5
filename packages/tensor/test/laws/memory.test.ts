import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  adamW,
  add,
  attention,
  type Backend,
  cpu,
  crossEntropy,
  dense,
  dispose,
  gather,
  keep,
  layerNorm,
  matmul,
  mean,
  perSampleGrad,
  readScalar,
  reshape,
  scope,
  sgd,
  square,
  sum,
  type Tensor,
  tensor,
  useBackend,
  valueAndGrad,
  wasm,
} from '../../src/index.ts';
import { noise } from '../../src/noise.ts';
import { leakCheck } from '../../src/testing/index.ts';

const random = (seed: number, ...shape: number[]) =>
  tensor(
    noise(
      shape.reduce((a, b) => a * b, 1),
      seed,
    ),
    shape,
    'float32',
  );

type Layer = {
  embed: Tensor;
  gain: Tensor;
  bias: Tensor;
  w: Tensor;
  b: Tensor;
};
const layer = (): Layer => ({
  embed: random(1, 3, 8),
  gain: random(2, 8),
  bias: random(3, 8),
  w: random(4, 8, 3),
  b: random(5, 3),
});

function loss(p: Layer, tokens: Tensor): Tensor {
  const x = layerNorm(gather(p.embed, tokens), p.gain, p.bias);
  const heads = reshape(x, [4, 5, 2, 4]);
  const mixed = reshape(attention(heads, heads, heads), [4, 5, 8]);
  return mean(crossEntropy(dense(add(x, mixed), p.w, p.b, { activation: 'gelu' }), tokens));
}

const backends: Record<string, () => Promise<Backend>> = { cpu: async () => cpu(), wasm: () => wasm() };

describe.each(Object.keys(backends))('memory on %s', (name) => {
  let backend: Backend;
  let before: number;
  beforeEach(async () => {
    backend = await backends[name]();
    useBackend(backend);
    before = backend.bytesInUse();
  });
  afterEach(() => expect(backend.bytesInUse()).toBe(before));

  it('a scope frees all but what it returns', () => {
    const x = random(1, 4, 4);
    const used = backend.bytesInUse();
    const { kept, y } = scope(() => {
      const product = matmul(x, x);
      return { kept: [sum(product)], y: add(product, 1) };
    });
    expect(readScalar(kept[0])).toBeTypeOf('number');
    dispose(kept, y);
    expect(backend.bytesInUse()).toBe(used);
    dispose(x);
  });

  it('nested scopes hand over to the outer one', () => {
    scope(() => {
      const inner = scope(() => scope(() => sum(random(1, 3))));
      expect(inner.disposed).toBe(false);
    });
  });

  it('keep outlives every scope', () => {
    const kept: Tensor[] = [];
    scope(() => {
      scope(() => {
        kept.push(keep(random(1, 3)));
        random(2, 3);
      });
    });
    expect(kept[0].disposed).toBe(false);
    dispose(kept);
  });

  it('a scope frees everything when its body throws', () => {
    expect(() =>
      scope(() => {
        random(1, 100);
        throw new Error('stop');
      }),
    ).toThrow('stop');
  });

  it('reshape shares memory, which goes with the last handle', () => {
    const x = random(1, 6);
    const used = backend.bytesInUse();
    const y = reshape(x, [2, 3]);
    expect(backend.bytesInUse()).toBe(used);
    dispose(x);
    expect(backend.bytesInUse()).toBe(used);
    dispose(y);
  });

  it('a gradient leaves nothing but itself, also when the loss throws', () => {
    const p = layer();
    const tokens = tensor(
      Int32Array.from({ length: 20 }, (_, k) => k % 3),
      [4, 5],
    );
    const used = backend.bytesInUse();
    const { value, grads } = valueAndGrad(loss)(p, tokens);
    dispose(value, grads);
    expect(backend.bytesInUse()).toBe(used);
    const broken = (q: Layer, x: Tensor) => add(loss(q, x), matmul(q.w, q.w));
    expect(() => valueAndGrad(broken)(p, tokens)).toThrow('matmul');
    expect(backend.bytesInUse()).toBe(used);
    dispose(p, tokens);
  });

  it('a per-sample gradient leaves nothing but itself', () => {
    const [w, x] = [random(1, 3, 2), random(2, 4, 3)];
    const jacobian = perSampleGrad((p: Tensor, a: Tensor) => sum(square(matmul(a, p)), 1))(w, x);
    expect(jacobian.shape).toEqual([4, 6]);
    dispose(w, x, jacobian);
  });

  it.each([adamW({ clipNorm: 1 }), sgd({ momentum: 0.9 })])(
    '1,000 training steps use no more than the first, $name',
    (optimizer) => {
      const tokens = tensor(
        Int32Array.from({ length: 20 }, (_, k) => k % 3),
        [4, 5],
      );
      let parameters = layer();
      let state = optimizer.init(parameters);
      const lossAndGrad = valueAndGrad(loss);
      const inUse = backend.bytesInUse();
      for (let k = 0; k < 1000; k++) {
        const { value, grads } = lossAndGrad(parameters, tokens);
        const next = optimizer.update(parameters, grads, state);
        dispose(value, grads, parameters, state);
        ({ parameters, state } = next);
        if (backend.bytesInUse() !== inUse)
          throw new Error(`step ${k}: ${backend.bytesInUse() - inUse} bytes more`);
      }
      dispose(tokens, parameters, state);
    },
  );

  it('one long scope forgets what was disposed of in it', () => {
    scope(() => {
      for (let k = 0; k < 20_000; k++) dispose(random(1, 2));
    });
  });

  it('leakCheck finds a forgotten tensor', async () => {
    let forgotten: Tensor | undefined;
    await expect(
      leakCheck(backend, () => {
        forgotten = random(1, 3);
      }),
    ).rejects.toThrow(/leak: \d+ bytes more are in use on/);
    dispose(forgotten);
  });
});
