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

/** The sum of squares of residuals, from the residuals and their Jacobian, row by row. */
function sumOfSquares(residuals: (x: Float64Array) => [value: number, row: number[]][]): ValueAndGradient {
  return (x, gradient) => {
    gradient.fill(0);
    let value = 0;
    for (const [residual, row] of residuals(x)) {
      value += residual ** 2;
      for (let i = 0; i < row.length; i++) gradient[i] += 2 * residual * row[i];
    }
    return value;
  };
}

/** Powell's singular function: its second derivatives at the minimum are not of full rank. */
export const powellSingular = sumOfSquares(([a, b, c, d]) => [
  [a + 10 * b, [1, 10, 0, 0]],
  [Math.sqrt(5) * (c - d), [0, 0, Math.sqrt(5), -Math.sqrt(5)]],
  [(b - 2 * c) ** 2, [0, 2 * (b - 2 * c), -4 * (b - 2 * c), 0]],
  [Math.sqrt(10) * (a - d) ** 2, [2 * Math.sqrt(10) * (a - d), 0, 0, -2 * Math.sqrt(10) * (a - d)]],
]);

/** Beale's function, minimum at (3, ½). */
export const beale = sumOfSquares(([a, b]) =>
  [1.5, 2.25, 2.625].map((y, k) => [y - a * (1 - b ** (k + 1)), [b ** (k + 1) - 1, a * (k + 1) * b ** k]]),
);

/** Wood's function, minimum at (1, 1, 1, 1) behind a saddle. */
export const wood = sumOfSquares(([a, b, c, d]) => [
  [10 * (b - a * a), [-20 * a, 10, 0, 0]],
  [1 - a, [-1, 0, 0, 0]],
  [Math.sqrt(90) * (d - c * c), [0, 0, -2 * Math.sqrt(90) * c, Math.sqrt(90)]],
  [1 - c, [0, 0, -1, 0]],
  [Math.sqrt(10) * (b + d - 2), [0, Math.sqrt(10), 0, Math.sqrt(10)]],
  [(b - d) / Math.sqrt(10), [0, 1 / Math.sqrt(10), 0, -1 / Math.sqrt(10)]],
]);
