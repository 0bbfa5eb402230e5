import { describe, expect, it } from 'vitest';
import {
  adam,
  adamW,
  clipByGlobalNorm,
  constantSchedule,
  cosineSchedule,
  cpu,
  dispose,
  flattenTree,
  globalNorm,
  inverseSqrtSchedule,
  linearSchedule,
  mul,
  type Optimizer,
  type ParameterTree,
  readScalar,
  sgd,
  square,
  sub,
  sum,
  type Tensor,
  tensor,
  treeFromPlain,
  treeToPlain,
  useBackend,
  valueAndGrad,
  withWarmup,
} from '../../src/index.ts';

useBackend(cpu());
const start = () => ({ a: tensor(Float64Array.from([1, -2])), deep: [tensor(Float64Array.from([0.5]))] });
const gradient = (k: number) => ({
  a: tensor(Float64Array.from([k, -0.5])),
  deep: [tensor(Float64Array.from([2 - k]))],
});

function trajectory(optimizer: Optimizer, steps: number): number[] {
  let parameters: ParameterTree = start();
  let state = optimizer.init(parameters);
  for (let k = 0; k < steps; k++) ({ parameters, state } = optimizer.update(parameters, gradient(k), state));
  expect(state.step).toBe(steps);
  return [...flattenTree(parameters)];
}

/** The definition, number by number. */
function byHand(
  steps: number,
  update: (p: number, g: number, memory: number[], step: number) => number,
): number[] {
  const p = [1, -2, 0.5];
  const memory = p.map(() => [0, 0]);
  for (let k = 0; k < steps; k++)
    [k, -0.5, 2 - k].forEach((g, i) => {
      p[i] = update(p[i], g, memory[i], k);
    });
  return p;
}

const close = (got: number[], expected: number[]) =>
  got.forEach((value, k) => {
    expect(value).toBeCloseTo(expected[k], 13);
  });

const adamByHand = (decay: number) =>
  byHand(5, (p, g, memory, step) => {
    memory[0] = 0.8 * memory[0] + 0.2 * g;
    memory[1] = 0.9 * memory[1] + 0.1 * g * g;
    const [m, v] = [memory[0] / (1 - 0.8 ** (step + 1)), memory[1] / (1 - 0.9 ** (step + 1))];
    return p - 0.1 * (m / (Math.sqrt(v) + 1e-6) + decay * p);
  });
const settings = { learningRate: 0.1, beta1: 0.8, beta2: 0.9, epsilon: 1e-6 };

describe('optimisers follow their definitions', () => {
  it('sgd', () =>
    close(
      trajectory(sgd({ learningRate: 0.1 }), 3),
      byHand(3, (p, g) => p - 0.1 * g),
    ));
  it('sgd with momentum', () =>
    close(
      trajectory(sgd({ learningRate: 0.1, momentum: 0.5 }), 4),
      byHand(4, (p, g, memory) => {
        memory[0] = 0.5 * memory[0] + g;
        return p - 0.1 * memory[0];
      }),
    ));
  it('adam', () => close(trajectory(adam(settings), 5), adamByHand(0)));
  it('adamW', () => close(trajectory(adamW({ ...settings, weightDecay: 0.3 }), 5), adamByHand(0.3)));
  it('adamW spares what must not decay', () => {
    const some = adamW({ ...settings, weightDecay: 0.3, decays: (path) => path === 'a' });
    close(trajectory(some, 5), [...adamByHand(0.3).slice(0, 2), adamByHand(0)[2]]);
  });
  it('a schedule sets the rate of each step', () =>
    close(
      trajectory(sgd({ learningRate: (step) => 1 / (step + 1) }), 3),
      byHand(3, (p, g, _, step) => p - g / (step + 1)),
    ));
  it('adam finds the minimum of a quadratic', () => {
    const target = tensor(Float64Array.from([3, -1]));
    const loss = valueAndGrad((p: Tensor) => sum(square(sub(p, target))));
    let parameters = tensor(new Float64Array(2));
    const optimizer = adam({ learningRate: cosineSchedule({ from: 0.1, to: 0, steps: 400 }) });
    let state = optimizer.init(parameters);
    for (let k = 0; k < 400; k++)
      ({ parameters, state } = optimizer.update(parameters, loss(parameters, null).grads, state));
    close(
      [...flattenTree(parameters)].map((x) => Math.round(x * 1e4) / 1e4),
      [3, -1],
    );
  });
});

describe('clipping', () => {
  const tree = () => ({ a: tensor([3, 0]), b: [tensor([4])] });
  it('measures over all tensors', () => expect(readScalar(globalNorm(tree()))).toBeCloseTo(5, 6));
  it('shortens to the maximum', () => {
    expect([...flattenTree(clipByGlobalNorm(tree(), 1))].map((x) => +x.toFixed(6))).toEqual([0.6, 0, 0.8]);
  });
  it('leaves short gradients as they are', () =>
    expect([...flattenTree(clipByGlobalNorm(tree(), 5.1))]).toEqual([3, 0, 4]));
  it('is an option of optimisers', () => {
    const parameters = { a: tensor([0, 0]), b: [tensor([0])] };
    const { parameters: next } = sgd({ learningRate: 1, clipNorm: 1 }).update(parameters, tree(), {
      step: 0,
    });
    expect([...flattenTree(next)].map((x) => +x.toFixed(6))).toEqual([-0.6, 0, -0.8]);
  });
});

describe('schedules', () => {
  const at = (schedule: (step: number) => number, ...steps: number[]) =>
    steps.map((step) => +schedule(step).toFixed(12));
  it('constant', () => expect(at(constantSchedule(0.1), 0, 9)).toEqual([0.1, 0.1]));
  it('linear', () =>
    expect(at(linearSchedule({ from: 1, to: 0, steps: 4 }), 0, 1, 4, 9)).toEqual([1, 0.75, 0, 0]));
  it('cosine', () =>
    expect(at(cosineSchedule({ from: 1, to: 0.2, steps: 4 }), 0, 2, 4, 9)).toEqual([1, 0.6, 0.2, 0.2]));
  it('inverse square root', () =>
    expect(at(inverseSqrtSchedule({ peak: 1, warmupSteps: 4 }), 0, 3, 15)).toEqual([0.25, 1, 0.5]));
  it('warm-up', () =>
    expect(at(withWarmup(linearSchedule({ from: 1, to: 0, steps: 2 }), 2), 0, 1, 2, 3, 4)).toEqual([
      0.5, 1, 1, 0.5, 0,
    ]));
  it('refuse no steps', () =>
    expect(() => linearSchedule({ from: 1, to: 0, steps: 0 })).toThrow(
      'linearSchedule: steps must be at least 1, got 0.',
    ));
});

describe('a checkpoint continues bit for bit', () => {
  it.each([adam({ learningRate: 0.1 }), adamW({ clipNorm: 1 }), sgd({ momentum: 0.7 }), sgd()])(
    '$name',
    (optimizer) => {
      const f32 = () => ({ w: tensor([0.1, 0.2, 0.3]), b: [tensor([1e-20])] });
      const loss = valueAndGrad((p: ReturnType<typeof f32>) => sum(square(mul(p.w, p.b[0].size + 0.3))));
      const advance = (
        from: { parameters: ReturnType<typeof f32>; state: ReturnType<Optimizer['init']> },
        steps: number,
      ) => {
        let now = from;
        for (let k = 0; k < steps; k++)
          now = optimizer.update(now.parameters, loss(now.parameters, null).grads, now.state);
        return now;
      };
      const begin = () => {
        const parameters = f32();
        return { parameters, state: optimizer.init(parameters) };
      };
      const straight = treeToPlain(advance(begin(), 7));
      const half = structuredClone(treeToPlain(advance(begin(), 3)));
      const resumed = advance(treeFromPlain<ReturnType<typeof begin>>(half), 4);
      expect(treeToPlain(resumed)).toEqual(straight);
      dispose(resumed);
    },
  );
});
