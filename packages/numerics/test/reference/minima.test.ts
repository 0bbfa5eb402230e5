import { minimize, type ValueAndGradient } from '@spinformer/numerics';
import { describe, expect, it } from 'vitest';
import { beale, powellSingular, rosenbrock, wood } from '../helpers/objectives.ts';
import { reference } from '../helpers/references.ts';

const { cases } = reference<{
  cases: Record<string, { start: number[]; minimum: number; evaluations: number }>;
}>('minima.json');
const objectives: Record<string, ValueAndGradient> = {
  'rosenbrock 2': rosenbrock,
  'rosenbrock 100': rosenbrock,
  'powell singular': powellSingular,
  beale,
  wood,
};
/** At |gradient| ≤ 1e-6·|point|; Powell's function is flat to fourth order, where 1e-6 means values of 1e-8. */
const VALUE_ERROR = 1e-8;
/** Two good line searches differ by some evaluations; half as many again would be a worse method. */
const EFFORT = 1.5;

describe('minimize on the functions of Moré, Garbow and Hillstrom', () => {
  it.each(Object.keys(cases))('%s: the known minimum, at no more effort than SciPy', (name) => {
    const { start, minimum, evaluations } = cases[name];
    const result = minimize(objectives[name], start);
    expect(result.status).toBe('converged');
    expect(Math.abs(result.value - minimum)).toBeLessThan(VALUE_ERROR);
    expect(result.evaluations).toBeLessThan(EFFORT * evaluations);
  });
});
