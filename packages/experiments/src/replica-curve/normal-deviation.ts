/**
 * A mean's distance from its expectation in units of its standard error, as the standard normal deviate of the same tail
 * probability: with few values the error itself is uncertain, and a plain ratio follows Student's t. Wallace's
 * approximation, good to a hundredth from three values on.
 *
 * @param values independent measurements, at least 2
 * @param expected what their mean should be
 * @returns mean, standard error and deviate; an error of zero gives an infinite deviate unless mean and expectation agree
 */
export function normalDeviation(
  values: ArrayLike<number>,
  expected: number,
): { readonly mean: number; readonly error: number; readonly deviation: number } {
  const count = values.length;
  let mean = 0;
  for (let k = 0; k < count; k++) mean += values[k] / count;
  let squares = 0;
  for (let k = 0; k < count; k++) squares += (values[k] - mean) ** 2;
  const error = Math.sqrt(squares / (count - 1) / count);
  const ratio = mean === expected ? 0 : (mean - expected) / error;
  return { mean, error, deviation: studentToNormal(ratio, count - 1) };
}

/**
 * The standard normal deviate with the tail probability that Student's t has at a value.
 *
 * @param t any number
 * @param freedom degrees of freedom, at least 1
 */
export function studentToNormal(t: number, freedom: number): number {
  const shrink = (8 * freedom + 1) / (8 * freedom + 3);
  return Math.sign(t) * shrink * Math.sqrt(freedom * Math.log1p((t * t) / freedom));
}
