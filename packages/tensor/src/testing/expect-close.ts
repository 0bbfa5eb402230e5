import type { DType, TypedArray } from '../backend.ts';

/** Half the spacing of numbers just above 1. */
const ROUNDING: Record<DType, number> = { float32: 2 ** -24, float64: 2 ** -53, int32: 0 };
/** Roundings that one function evaluation may cost: an exponential, a division and a few products. */
const ROUNDINGS_PER_ELEMENT = 24;

/**
 * Throws unless both arrays agree within what rounding explains: each number may be off by a few roundings of itself
 * (or of 1, if it is smaller) and one for each of the `terms` that were summed to make it.
 * NaN and infinities must stand at the same places.
 */
export function expectClose(actual: TypedArray, expected: TypedArray, dtype: DType, terms = 0): void {
  if (actual.length !== expected.length)
    throw new Error(`expected ${expected.length} numbers, got ${actual.length}`);
  const unit = ROUNDING[dtype] * (ROUNDINGS_PER_ELEMENT + terms);
  for (let k = 0; k < expected.length; k++) {
    const [a, e] = [actual[k], expected[k]];
    if (Object.is(a, e) || a === e) continue;
    if (!(Math.abs(a - e) <= unit * Math.max(1, Math.abs(e))))
      throw new Error(
        `at ${k}: expected ${e}, got ${a}; allowed difference ${unit * Math.max(1, Math.abs(e))}`,
      );
  }
}
