const GOLDEN = (Math.sqrt(5) - 1) / 2;

/** Where a function of one variable is least, and how little. */
export interface ScalarMinimum {
  readonly at: number;
  readonly value: number;
}

/**
 * Golden-section search of a function with one minimum between two points.
 *
 * @param tolerance - width of the last bracket, default 1e-9 of the first.
 */
export function minimizeScalar(
  f: (x: number) => number,
  from: number,
  to: number,
  tolerance = 1e-9 * (to - from),
): ScalarMinimum {
  let [low, high] = [from, to];
  let [left, right] = [high - GOLDEN * (high - low), low + GOLDEN * (high - low)];
  let [atLeft, atRight] = [f(left), f(right)];
  while (high - low > tolerance) {
    if (atLeft <= atRight) {
      [high, right, atRight] = [right, left, atLeft];
      left = high - GOLDEN * (high - low);
      atLeft = f(left);
    } else {
      [low, left, atLeft] = [left, right, atRight];
      right = low + GOLDEN * (high - low);
      atRight = f(right);
    }
  }
  return atLeft <= atRight ? { at: left, value: atLeft } : { at: right, value: atRight };
}
