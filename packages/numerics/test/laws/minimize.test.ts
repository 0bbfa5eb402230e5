import {
  decodeCheckpoint,
  encodeCheckpoint,
  type LbfgsState,
  type LbfgsTick,
  minimize,
  minimizeTicks,
  seededRng,
} from '@spinformer/numerics';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dot, PairMemory } from '../../src/optimize/pair-memory.ts';
import { quadratic, rosenbrock } from '../helpers/objectives.ts';

const START = Float64Array.of(-1.2, 1, 0.3, -0.7, 2, 2);
const OPTIONS = { history: 7, gradientTolerance: 1e-9 } as const;

/** Plain data as text, bit for bit; comparing arrays entry by entry is slow. */
function bits(value: object): string {
  return Buffer.from(encodeCheckpoint(value)).toString('latin1');
}

async function ticksOf(...args: Parameters<typeof minimizeTicks>): Promise<LbfgsTick[]> {
  const ticks: LbfgsTick[] = [];
  for await (const tick of minimizeTicks(...args)) ticks.push(tick);
  return ticks;
}

describe('L-BFGS', () => {
  it('goes on from any tick bit for bit as if never stopped, through a checkpoint', async () => {
    const all = await ticksOf(rosenbrock, START, OPTIONS);
    expect(all.length).toBeGreaterThan(15);
    for (let stop = 0; stop < all.length - 1; stop += 5) {
      const resume = decodeCheckpoint(encodeCheckpoint(all[stop].state)) as unknown as LbfgsState;
      const rest = await ticksOf(rosenbrock, START, { ...OPTIONS, resume });
      expect(bits(rest)).toBe(bits(all.slice(stop + 1)));
    }
  });

  it('is the same program whether the objective takes time or not', async () => {
    const slow = async (x: Float64Array, gradient: Float64Array) => rosenbrock(x, gradient);
    const ticks = await ticksOf(slow, START, OPTIONS);
    expect(ticks.at(-1)!.state).toEqual(minimize(rosenbrock, START, OPTIONS).state);
  });

  it('never writes to a state that it has shown', async () => {
    const seen: { state: LbfgsState; before: string }[] = [];
    for await (const { state } of minimizeTicks(rosenbrock, START, OPTIONS)) {
      seen.push({ state, before: bits(state) });
    }
    for (const { state, before } of seen) expect(bits(state)).toBe(before);
  });

  it('takes only steps that satisfy the strong Wolfe conditions', async () => {
    const ticks = await ticksOf(rosenbrock, START, OPTIONS);
    for (let i = 1; i < ticks.length; i++) {
      const step = ticks[i].state.steps.at(-1) as Float64Array;
      const slope = dot(ticks[i - 1].state.gradient, step);
      const rounding = 1e-13 * Math.abs(ticks[i - 1].state.value);
      expect(ticks[i].state.value).toBeLessThanOrEqual(ticks[i - 1].state.value + 1e-4 * slope + rounding);
      expect(Math.abs(dot(ticks[i].state.gradient, step))).toBeLessThanOrEqual(-0.9 * slope * (1 + 1e-9));
    }
  });

  it.each(['float64', 'float32'] as const)(
    'solves quadratic problems with a history in %s',
    (historyPrecision) => {
      fc.assert(
        fc.property(
          fc.integer({ min: 1, max: 40 }),
          fc.double({ min: 1, max: 1e4, noNaN: true }),
          (size, condition) => {
            const start = new Float64Array(size).map((_, i) => Math.cos(7 * i) * 3);
            const result = minimize(quadratic(condition), start, {
              gradientTolerance: 1e-8,
              historyPrecision,
            });
            expect(result.status).toBe('converged');
            // The least curvature is 1, so the error is at most the gradient's norm: 1e-8 times |point| ≤ 20.
            for (const x of result.point) expect(Math.abs(x - 1)).toBeLessThan(2e-7);
          },
        ),
        { seed: 3, numRuns: 60 },
      );
    },
  );

  it('forms the direction of the two-loop recursion', () => {
    const rng = seededRng('pairs');
    const size = 5000; // more than one chunk
    const vector = () => Float64Array.from({ length: size }, () => rng.normal());
    const memory = new PairMemory(4, 'float64');
    let before = { point: vector(), gradient: vector() };
    for (let pair = 0; pair < 7; pair++) {
      const step = vector();
      const after = {
        point: before.point.map((value, i) => value + step[i]),
        gradient: before.gradient.map((value, i) => value + (1 + (i % 5)) * step[i]),
      };
      memory.advance(before, after);
      before = after;
    }
    const direction = new Float64Array(size);
    memory.direction(before.gradient, direction);
    const expected = twoLoop(
      memory.steps as Float64Array[],
      memory.differences as Float64Array[],
      before.gradient,
    );
    expect(memory.size).toBe(4);
    const scale = Math.sqrt(dot(expected, expected) / size);
    // Two orders of summation of 5000 terms: a few hundred roundings.
    for (let i = 0; i < size; i++) expect(Math.abs(direction[i] - expected[i])).toBeLessThan(1e-11 * scale);
  });
});

/** Algorithm 7.4 of Nocedal and Wright, word for word. */
function twoLoop(steps: Float64Array[], differences: Float64Array[], gradient: Float64Array): Float64Array {
  const q = gradient.slice();
  const alpha = steps.map(() => 0);
  for (let i = steps.length - 1; i >= 0; i--) {
    alpha[i] = dot(steps[i], q) / dot(steps[i], differences[i]);
    for (let k = 0; k < q.length; k++) q[k] -= alpha[i] * differences[i][k];
  }
  const newest = steps.length - 1;
  const gamma = dot(steps[newest], differences[newest]) / dot(differences[newest], differences[newest]);
  for (let k = 0; k < q.length; k++) q[k] *= gamma;
  for (let i = 0; i < steps.length; i++) {
    const beta = dot(differences[i], q) / dot(steps[i], differences[i]);
    for (let k = 0; k < q.length; k++) q[k] += (alpha[i] - beta) * steps[i][k];
  }
  return q.map((value) => -value);
}
