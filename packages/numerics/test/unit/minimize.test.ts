import {
  type LbfgsTick,
  type MinimizeOptions,
  minimize,
  minimizeTicks,
  type ValueAndGradient,
} from '@spinformer/numerics';
import { describe, expect, it } from 'vitest';
import { rosenbrock } from '../helpers/objectives.ts';

const square: ValueAndGradient = (x, gradient) => {
  gradient[0] = 2 * x[0];
  return x[0] ** 2;
};

async function allTicks(...args: Parameters<typeof minimizeTicks>) {
  const ticks: LbfgsTick[] = [];
  for await (const tick of minimizeTicks(...args)) ticks.push(tick);
  return ticks;
}

describe('minimize', () => {
  it('finds the minimum of the Rosenbrock function', () => {
    const result = minimize(rosenbrock, [-1.2, 1], { gradientTolerance: 1e-10 });
    expect(result.status).toBe('converged');
    expect(result.point[0]).toBeCloseTo(1, 9);
    expect(result.point[1]).toBeCloseTo(1, 9);
    expect(result.evaluations).toBeLessThan(60);
  });

  it('is done at once at the minimum', () => {
    expect(minimize(square, [0])).toMatchObject({ status: 'converged', iterations: 0, evaluations: 1 });
  });

  it('stops at the limits and says what to raise', () => {
    const byIterations = minimize(rosenbrock, [-1.2, 1], { maxIterations: 3 });
    expect(byIterations).toMatchObject({ status: 'step-limit', iterations: 3 });
    expect(byIterations.remedy).toBe('Stopped after maxIterations = 3. Raise it and resume.');
    const byEvaluations = minimize(rosenbrock, [-1.2, 1], { maxEvaluations: 5 });
    expect(byEvaluations.remedy).toBe('Stopped after maxEvaluations = 5. Raise it and resume.');
  });

  it('stops when a value tolerance is met', () => {
    const result = minimize(rosenbrock, [-1.2, 1], { valueTolerance: 1e-3 });
    expect(result.status).toBe('converged');
    expect(result.state.decrease).toBeLessThanOrEqual(1e-3);
  });

  it('calls an objective diverged that is not a number at the start', () => {
    const result = minimize(() => Number.NaN, [1]);
    expect(result.status).toBe('diverged');
    expect(result.remedy).toBe(
      'The objective is NaN at the start. Start where both are finite; check the data.',
    );
    const steep = minimize((_, gradient) => gradient.fill(Number.POSITIVE_INFINITY)[0] * 0 + 1, [1]);
    expect(steep.status).toBe('diverged');
  });

  it('calls an objective diverged that falls to minus infinity', () => {
    const exponential: ValueAndGradient = (x, gradient) => {
      gradient[0] = -Math.exp(x[0]);
      return -Math.exp(x[0]);
    };
    const result = minimize(exponential, [0]);
    expect(result.status).toBe('diverged');
    expect(result.remedy).toContain('falls to −∞');
  });

  it('calls an objective diverged whose gradient is wrong', () => {
    const result = minimize((x, gradient) => -square(x, gradient), [1]);
    expect(result.status).toBe('diverged');
    expect(result.remedy).toContain('Compare the gradient with finite differences');
  });

  it('retreats from where the objective is not a number', () => {
    const barrier: ValueAndGradient = (x, gradient) => {
      gradient[0] = 1 - 1e-3 / x[0];
      return x[0] - 1e-3 * Math.log(x[0]);
    };
    const result = minimize(barrier, [0.5], { gradientTolerance: 1e-9 });
    expect(result.status).toBe('converged');
    expect(result.point[0]).toBeCloseTo(1e-3, 9);
  });

  it('says when rounding ends the run', () => {
    const coarse: ValueAndGradient = (x, gradient) => {
      gradient[0] = 2 * (x[0] - 1) + (x[0] < 1 ? -1e-5 : 1e-5);
      return Math.fround(1000 + (x[0] - 1) ** 2);
    };
    const result = minimize(coarse, [0], { valuePrecision: 1e-7, gradientTolerance: 1e-12 });
    expect(result.status).toBe('converged');
    expect(result.remedy).toContain('its rounding was reached');
  });

  it.each([
    [[], {}, 'minimize: start must have at least one parameter, got none.'],
    [[1, Number.NaN], {}, 'minimize: start[1] is NaN. Start from finite parameters.'],
    [[1], { history: 0 }, 'minimize: history must be an integer in 1…100, got 0.'],
    [[1], { gradientTolerance: -1 }, 'minimize: gradientTolerance must be a number ≥ 0, got -1.'],
    [[1], { maxIterations: 1.5 }, 'minimize: maxIterations must be an integer ≥ 0 or Infinity, got 1.5.'],
    [[1], { maxEvaluations: 0 }, 'minimize: maxEvaluations must be an integer ≥ 1 or Infinity, got 0.'],
    [[1], { curvature: 1e-5 }, 'minimize: curvature must be in (sufficientDecrease, 1), got 0.00001.'],
    [[1], { sufficientDecrease: 0.5 }, 'minimize: sufficientDecrease must be in (0, 0.5), got 0.5.'],
    [[1], { firstStepLength: 0 }, 'minimize: firstStepLength must be a number > 0, got 0.'],
    [[1], { valuePrecision: 1 }, 'minimize: valuePrecision must be in [0, 1), got 1.'],
    [[1], { maxLineEvaluations: 1 }, 'minimize: maxLineEvaluations must be an integer in 2…1000, got 1.'],
    [
      [1],
      { historyPrecision: 'float16' as 'float32' },
      "minimize: historyPrecision must be 'float64' or 'float32', got float16.",
    ],
    [
      [1],
      { resume: {} as MinimizeOptions['resume'] },
      'minimize: resume must be the state of a tick of lbfgs/1, got object. Pass tick.state.',
    ],
  ])('refuses %j %j', (start, options, message) => {
    expect(() => minimize(square, start, options)).toThrow(message);
  });

  it('refuses the state of another problem and a damaged history', () => {
    const { state } = minimize(square, [1], { maxIterations: 1, gradientTolerance: 0 });
    expect(() => minimize(square, [1, 2], { resume: state })).toThrow(
      'resume has 1 parameters, start has 2.',
    );
    const damaged = { ...state, steps: [new Float64Array(2)] };
    expect(() => minimize(square, [1], { resume: damaged })).toThrow('the history in resume is damaged.');
  });

  it('refuses an objective that takes time', () => {
    const slow = (async () => 0) as unknown as ValueAndGradient;
    expect(() => minimize(slow, [1])).toThrow('Use minimizeTicks for objectives that take time.');
  });
});

describe('minimizeTicks', () => {
  it('stops on request with a state to go on from', async () => {
    const controller = new AbortController();
    const ticks = [];
    for await (const tick of minimizeTicks(rosenbrock, [-1.2, 1], { signal: controller.signal })) {
      ticks.push(tick);
      if (tick.step === 4) controller.abort();
    }
    expect(ticks.at(-1)).toMatchObject({ status: 'aborted', step: 4 });
    expect(ticks.at(-1)!.remedy).toContain('Pass this state as resume');
    const rest = await allTicks(rosenbrock, [-1.2, 1], { resume: ticks.at(-1)!.state });
    expect(rest.at(-1)!.status).toBe('converged');
  });

  it('yields the final tick at once for a state that is final', async () => {
    const { state } = minimize(square, [0]);
    const ticks = await allTicks(square, [0], { resume: state });
    expect(ticks.map((tick) => tick.status)).toEqual(['converged']);
  });
});
