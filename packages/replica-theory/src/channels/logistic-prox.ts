const MOST_STEPS = 200;
const ROUNDING = 4e-16;

/** 1 − tanh z without cancellation. */
export function oneMinusTanh(z: number): number {
  if (z <= 0) return 2 / (1 + Math.exp(2 * z));
  const small = Math.exp(-2 * z);
  return (2 * small) / (1 + small);
}

/** log(1 + e^(−2z)) without overflow. */
export function logisticLoss(z: number): number {
  return z > 0 ? Math.log1p(Math.exp(-2 * z)) : -2 * z + Math.log1p(Math.exp(2 * z));
}

/**
 * The minimum z of (z − u)²/(2V) + log(1 + e^(−2z)), that is z = u + V (1 − tanh z): Newton's method kept inside the
 * bracket [u, u + 2V], which is halved whenever Newton leaves it or does not halve its step (without this it oscillates
 * for V ≳ 5).
 *
 * @param u - the field, signed so that the right answer is +1.
 * @param v - V ≥ 0.
 */
export function logisticProx(u: number, v: number): number {
  let low = u;
  let high = u + 2 * v;
  let z = u >= 0 ? u : Math.min(0, high);
  let last = high - low;
  for (let step = 0; step < MOST_STEPS; step++) {
    const rest = oneMinusTanh(z);
    const excess = z - u - v * rest;
    if (excess > 0) high = z;
    else low = z;
    let next = z - excess / (1 + v * rest * (2 - rest));
    if (!(next >= low && next <= high) || Math.abs(next - z) > 0.5 * last) next = 0.5 * (low + high);
    last = Math.abs(next - z);
    z = next;
    if (last <= ROUNDING * (1 + Math.abs(z))) break;
  }
  return z;
}
