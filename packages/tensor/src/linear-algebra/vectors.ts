/** y = A·x: reads x, writes all of `out`. Keeps neither. */
export type LinearMap = (x: Float64Array, out: Float64Array) => void;

/** Σ x_k y_k, in four interleaved sums. */
export function dot(x: Float64Array, y: Float64Array): number {
  let [a, b, c, d] = [0, 0, 0, 0];
  const whole = x.length & ~3;
  for (let k = 0; k < whole; k += 4) {
    a += x[k] * y[k];
    b += x[k + 1] * y[k + 1];
    c += x[k + 2] * y[k + 2];
    d += x[k + 3] * y[k + 3];
  }
  for (let k = whole; k < x.length; k++) a += x[k] * y[k];
  return a + b + (c + d);
}

export function norm(x: Float64Array): number {
  return Math.sqrt(dot(x, x));
}

/** y += factor · x. */
export function addScaled(y: Float64Array, factor: number, x: Float64Array): void {
  for (let k = 0; k < y.length; k++) y[k] += factor * x[k];
}

export function scaleBy(x: Float64Array, factor: number): void {
  for (let k = 0; k < x.length; k++) x[k] *= factor;
}
