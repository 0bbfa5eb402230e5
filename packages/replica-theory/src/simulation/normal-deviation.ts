/** A mean with its error and its distance from what it should be. */
export interface Deviation {
  readonly mean: number;
  /** Standard error of the mean. */
  readonly error: number;
  /** (mean − expected)/error as a standard normal deviate. */
  readonly deviation: number;
}

/**
 * A mean's distance from its expectation in units of its standard error, as the standard normal deviate of the same tail
 * probability. With few values the error itself is uncertain, and a plain ratio follows Student's t. Where values are
 * skewed, as reconstruction errors are, low means come with low errors: Johnson's terms in the third moment take that
 * out.
 *
 * @param values - independent measurements, at least 2.
 * @param expected - what their mean should be.
 * @returns an error of zero gives an infinite deviate unless mean and expectation agree.
 * @source johnson1978
 */
export function normalDeviation(values: ArrayLike<number>, expected: number): Deviation {
  const count = values.length;
  let mean = 0;
  for (let k = 0; k < count; k++) mean += values[k] / count;
  let [squares, cubes] = [0, 0];
  for (let k = 0; k < count; k++) {
    squares += (values[k] - mean) ** 2;
    cubes += (values[k] - mean) ** 3;
  }
  const error = Math.sqrt(squares / (count - 1) / count);
  if (mean === expected) return { mean, error, deviation: 0 };
  const ratio = (mean - expected) / error;
  const skewness = squares > 0 ? (cubes / count) * (count / squares) ** 1.5 : 0;
  const corrected = ratio + (skewness * (1 + 2 * ratio * ratio)) / (6 * Math.sqrt(count));
  // The terms are the beginning of a series: far out they would turn the sign round.
  const isSmall = Math.abs(corrected - ratio) < Math.abs(ratio) / 2;
  return { mean, error, deviation: studentToNormal(isSmall ? corrected : ratio, count - 1) };
}

/**
 * The standard normal deviate with the tail probability that Student's t has at a value: Wallace's approximation, good
 * to a hundredth from two degrees of freedom on.
 *
 * @param t - any number.
 * @param freedom - degrees of freedom, at least 1.
 */
export function studentToNormal(t: number, freedom: number): number {
  const shrink = (8 * freedom + 1) / (8 * freedom + 3);
  return Math.sign(t) * shrink * Math.sqrt(freedom * Math.log1p((t * t) / freedom));
}
