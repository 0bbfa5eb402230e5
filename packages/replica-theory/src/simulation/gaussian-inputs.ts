import type { RowInputs } from './row-inputs.ts';

/** Σ_j x_j y_j with x beginning at `at`, in four sums that do not wait for each other. */
function dot(x: Float64Array, at: number, y: Float64Array): number {
  const n = y.length;
  let [a, b, c, d] = [0, 0, 0, 0];
  let j = 0;
  for (; j + 3 < n; j += 4) {
    a += x[at + j] * y[j];
    b += x[at + j + 1] * y[j + 1];
    c += x[at + j + 2] * y[j + 2];
    d += x[at + j + 3] * y[j + 3];
  }
  for (; j < n; j++) a += x[at + j] * y[j];
  return a + b + (c + d);
}

/**
 * Inputs that are vectors of real numbers.
 *
 * @param values - [count, channels, sites], not yet divided by √sites.
 */
export function gaussianInputs(values: Float64Array, sites: number, channels: number): RowInputs {
  const rows = values.length / sites;
  const scale = 1 / Math.sqrt(sites);
  return {
    ...{ count: rows / channels, sites, channels },
    project(weights, out) {
      for (let row = 0; row < rows; row++) out[row] = scale * dot(values, row * sites, weights);
    },
    accumulate(forces, gradient) {
      for (let row = 0; row < rows; row++) {
        const force = scale * forces[row];
        const at = row * sites;
        for (let j = 0; j < sites; j++) gradient[j] += force * values[at + j];
      }
    },
  };
}
