import { describe, expect, it } from 'vitest';
import { WolfeSearch } from '../../../src/inference/wolfe-search.ts';

/** Runs a search; returns the accepted step and the number of trials, or undefined when it gave up. */
function search(f: (t: number) => number, slope: (t: number) => number, noise = 1e-12) {
  const line = new WolfeSearch(f(0), slope(0), noise);
  let step = 1;
  for (let trials = 1; ; trials++) {
    const move = line.next({ step, value: f(step), slope: slope(step) });
    if (move.kind === 'accept') return { step, trials };
    if (move.kind === 'fail') return undefined;
    step = move.step;
  }
}

const quadratic = (minimum: number) =>
  [(t: number) => (t - minimum) ** 2, (t: number) => 2 * (t - minimum)] as const;

describe('WolfeSearch', () => {
  it('accepts a good step at once', () => {
    expect(search(...quadratic(1.1))).toEqual({ step: 1, trials: 1 });
  });

  it('finds minima far ahead and far behind', () => {
    for (const minimum of [1e-3, 0.1, 7, 300]) {
      const found = search(...quadratic(minimum));
      expect(Math.abs(found!.step / minimum - 1)).toBeLessThanOrEqual(0.9);
      expect(found!.trials).toBeLessThan(8);
    }
  });

  it('comes back from where the function is not finite', () => {
    const f = (t: number) => (t < 0.2 ? -t + 4 * t * t : Number.NaN);
    const found = search(f, (t) => (t < 0.2 ? -1 + 8 * t : Number.NaN));
    expect(found!.step).toBeLessThan(0.2);
  });

  it('is not fooled by noise larger than the decrease that is left', () => {
    // Curvature 1 and a minimum 0.5 lower, on top of a value of 1e8 with a noise of ±1.
    let flip = 1;
    const f = (t: number) => 1e8 + 0.5 * (t - 1) ** 2 + (flip = -flip);
    expect(search(f, (t) => t - 1, 1e-7)?.step).toBe(1);
    // The twin: judged by values alone, the same step looks like an increase.
    flip = 1;
    expect(search(f, (t) => t - 1, 0)?.step).not.toBe(1);
  });

  it('gives up on a slope that does not belong to the value', () => {
    expect(
      search(
        (t) => 1 + t,
        () => -1,
      ),
    ).toBeUndefined();
  });
});
