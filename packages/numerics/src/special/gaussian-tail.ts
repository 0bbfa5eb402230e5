import { erfcx } from './erf.ts';

/** exp(−x²/2) to rounding: x is split at a sixteenth, so that the square of the coarse part is exact. */
function gaussian(x: number): number {
  const coarse = Math.trunc(x * 16) / 16;
  const rest = ((x - coarse) * (x + coarse)) / 2;
  return Math.exp((-coarse * coarse) / 2) * Math.exp(-rest);
}

/**
 * The Gaussian tail H(x) = ∫ₓ^∞ exp(−t²/2) dt / √(2π) = erfc(x/√2)/2: the probability that a standard normal variable
 * exceeds x.
 *
 * @returns in [0, 1], to about 10⁻¹⁵ of its value as long as that is above 10⁻³⁰⁷ (x < 37.5).
 * @source cody1969erf
 */
export function gaussianTail(x: number): number {
  if (x < 0) return 1 - gaussianTail(-x);
  if (x > 39) return 0;
  return (gaussian(x) * erfcx(x * Math.SQRT1_2)) / 2;
}

/**
 * log H(x), the logarithm of {@link gaussianTail}, which does not underflow: log H(x) ≈ −x²/2 − log(x√(2π)) for large x.
 *
 * @returns at most 0, to about 10⁻¹⁵ of its value.
 * @source cody1969erf
 */
export function logGaussianTail(x: number): number {
  if (x < 0) return Math.log1p(-gaussianTail(-x));
  if (x === Number.POSITIVE_INFINITY) return Number.NEGATIVE_INFINITY;
  return Math.log(erfcx(x * Math.SQRT1_2) / 2) - (x / 2) * x;
}
