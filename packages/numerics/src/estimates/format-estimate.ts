/** Beyond these powers of ten numbers are written with an exponent. */
const LARGEST_PLAIN = 6;
const SMALLEST_PLAIN = -5;

/** The decimal exponent of a positive number after rounding to `digits` significant digits. */
function exponentOf(value: number, digits: number): number {
  return Number(value.toExponential(digits - 1).split('e')[1]);
}

/** Significant digits of an error: two when it begins with a 1, else one. */
function errorDigits(error: number): number {
  const digits = error.toExponential(1);
  return digits.startsWith('1') ? 2 : 1;
}

function withExponent(value: number, error: number, exponent: number): string {
  const scaled = plain(value / 10 ** exponent, error / 10 ** exponent);
  return `${scaled}e${exponent}`;
}

function plain(value: number, error: number): string {
  const digits = errorDigits(error);
  const last = exponentOf(error, digits) - digits + 1;
  if (last >= 0) {
    const unit = 10 ** last;
    return `${(Math.round(value / unit) * unit || 0).toFixed(0)}(${(Math.round(error / unit) * unit).toFixed(0)})`;
  }
  const places = Math.min(-last, 100);
  return `${withoutMinusZero(value.toFixed(places))}(${Math.round(error * 10 ** places)})`;
}

function withoutMinusZero(text: string): string {
  return /^-0(\.0*)?$/.test(text) ? text.slice(1) : text;
}

/**
 * A number with its error in the last digits, to the digits that the error allows: `-0.4312(7)` is −0.4312 ± 0.0007.
 * The error has one significant digit, two if it begins with a 1: `2.306(14)`. From a million on and below 10⁻⁵, with an
 * exponent: `1.234(5)e-9` is (1.234 ± 0.005)·10⁻⁹. An error of zero is written `(0)` after all digits, an unknown one `(?)`.
 *
 * @param estimate - anything with a mean and a standard error.
 * @example
 * ```ts
 * formatEstimate({ mean: -0.43124, standardError: 0.0007 }); // '-0.4312(7)'
 * ```
 */
export function formatEstimate(estimate: { readonly mean: number; readonly standardError: number }): string {
  const { mean, standardError: error } = estimate;
  if (error === 0) return `${mean}(0)`;
  if (!Number.isFinite(mean) || !(error > 0 && error < Number.POSITIVE_INFINITY)) return `${mean}(?)`;
  const exponent = exponentOf(Math.max(Math.abs(mean), error), 3);
  if (exponent >= LARGEST_PLAIN || exponent < SMALLEST_PLAIN) return withExponent(mean, error, exponent);
  return plain(mean, error);
}
