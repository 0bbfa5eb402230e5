import type { ValueAndGradient } from '@spinformer/numerics';

/** Rosenbrock's valley, extended to any even number of parameters; minimum 0 at (1, …, 1). */
export const rosenbrock: ValueAndGradient = (x, gradient) => {
  let value = 0;
  for (let i = 0; i < x.length; i += 2) {
    const across = x[i + 1] - x[i] ** 2;
    const along = 1 - x[i];
    gradient[i] = -400 * x[i] * across - 2 * along;
    gradient[i + 1] = 200 * across;
    value += 100 * across ** 2 + along ** 2;
  }
  return value;
};

/** Half a quadratic form with eigenvalues from 1 to `condition` along the axes, around (1, …, 1). */
export function quadratic(condition: number): ValueAndGradient {
  return (x, gradient) => {
    let value = 0;
    for (let i = 0; i < x.length; i++) {
      const curvature = condition ** (i / Math.max(1, x.length - 1));
      gradient[i] = curvature * (x[i] - 1);
      value += (curvature * (x[i] - 1) ** 2) / 2;
    }
    return value;
  };
}
