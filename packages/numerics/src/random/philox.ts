const MULTIPLIER_0 = 0xd2511f53 | 0;
const MULTIPLIER_1 = 0xcd9e8d57 | 0;
const WEYL_0 = 0x9e3779b9 | 0;
const WEYL_1 = 0xbb67ae85 | 0;
const ROUNDS = 10;

/** The upper 32 bits of the unsigned 64-bit product of two 32-bit words, as a signed 32-bit integer. */
export function multiplyHigh(a: number, b: number): number {
  const aLow = a & 0xffff;
  const aHigh = a >>> 16;
  const bLow = b & 0xffff;
  const bHigh = b >>> 16;
  const first = (Math.imul(aHigh, bLow) + (Math.imul(aLow, bLow) >>> 16)) | 0;
  const second = (Math.imul(aLow, bHigh) + (first & 0xffff)) | 0;
  return (Math.imul(aHigh, bHigh) + (first >>> 16) + (second >>> 16)) | 0;
}

/**
 * Writes one Philox block into `block` (four 32-bit words). Words may be given signed or unsigned; nothing is checked.
 * This is the inner loop of {@link seededRng}; {@link philox4x32} is the same function for people.
 */
export function writePhiloxBlock(
  block: Int32Array,
  c0: number,
  c1: number,
  c2: number,
  c3: number,
  key0: number,
  key1: number,
): void {
  let k0 = key0 | 0;
  let k1 = key1 | 0;
  for (let round = 0; round < ROUNDS; round++) {
    const high0 = multiplyHigh(MULTIPLIER_0, c0);
    const low0 = Math.imul(MULTIPLIER_0, c0);
    const high1 = multiplyHigh(MULTIPLIER_1, c2);
    const low1 = Math.imul(MULTIPLIER_1, c2);
    c0 = high1 ^ c1 ^ k0;
    c1 = low1;
    c2 = high0 ^ c3 ^ k1;
    c3 = low0;
    k0 = (k0 + WEYL_0) | 0;
    k1 = (k1 + WEYL_1) | 0;
  }
  block[0] = c0;
  block[1] = c1;
  block[2] = c2;
  block[3] = c3;
}

/**
 * Philox 4×32-10: a bijection of 128-bit counters for each 64-bit key, whose outputs pass the usual batteries of
 * tests. The same words as Random123's `philox4x32(10)`, cuRAND's `PHILOX4_32_10` and NumPy's key schedule.
 *
 * @param counter - four unsigned 32-bit words, least significant first.
 * @param key - two unsigned 32-bit words, least significant first.
 * @returns four unsigned 32-bit words, a new array that the caller owns.
 * @source salmon2011philox, section 3.3
 * @example
 * ```ts
 * philox4x32([0, 0, 0, 0], [0, 0]); // [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8]
 * ```
 */
export function philox4x32(counter: ArrayLike<number>, key: ArrayLike<number>): Uint32Array {
  const block = new Int32Array(4);
  writePhiloxBlock(block, counter[0], counter[1], counter[2], counter[3], key[0], key[1]);
  return new Uint32Array(block.buffer);
}
