import type { SpinBasis } from './basis.ts';

/** A copy of the amplitudes, times −1 for every up spin on a marked site: into the frame of a sign rule, or out of it. */
export function rotateAmplitudes(
  basis: SpinBasis,
  marks: Int8Array | undefined,
  amplitudes: Float64Array,
): Float64Array {
  if (!marks) return amplitudes.slice();
  const mask = marks.reduce((bits, mark, r) => (mark ? bits + 2 ** r : bits), 0);
  return amplitudes.map((amplitude, k) => (isOdd(basis.states[k] & mask) ? -amplitude : amplitude));
}

/** Whether a word has an odd number of ones. */
export function isOdd(word: number): boolean {
  let bits = word ^ (word >>> 16);
  bits ^= bits >>> 8;
  bits ^= bits >>> 4;
  return ((0x6996 >>> (bits & 15)) & 1) === 1;
}
