// Philox 4×32-10, four streams at a time: each vector holds one word of four streams that differ in their keys.

/**
 * Writes the four output words of the counter (c0, c1, c2, c3) under four keys: word w of the streams goes to
 * `out + w·stride`. Equal to numerics' philox4x32 word for word.
 */
export function philoxLanes(out: usize, stride: usize, key0: v128, key1: v128, c0: v128, c1: v128, c2: v128, c3: v128): void {
  const m0 = i32x4.splat(0xd2511f53), m1 = i32x4.splat(0xcd9e8d57);
  const weyl0 = i32x4.splat(0x9e3779b9), weyl1 = i32x4.splat(0xbb67ae85);
  for (let round = 0; round < 10; round++) {
    const a = i64x2.extmul_low_i32x4_u(c0, m0), b = i64x2.extmul_high_i32x4_u(c0, m0);
    const c = i64x2.extmul_low_i32x4_u(c2, m1), d = i64x2.extmul_high_i32x4_u(c2, m1);
    const low0 = v128.shuffle<i32>(a, b, 0, 2, 4, 6), high0 = v128.shuffle<i32>(a, b, 1, 3, 5, 7);
    const low1 = v128.shuffle<i32>(c, d, 0, 2, 4, 6), high1 = v128.shuffle<i32>(c, d, 1, 3, 5, 7);
    c0 = v128.xor(v128.xor(high1, c1), key0);
    c1 = low1;
    c2 = v128.xor(v128.xor(high0, c3), key1);
    c3 = low0;
    key0 = i32x4.add(key0, weyl0);
    key1 = i32x4.add(key1, weyl1);
  }
  v128.store(out, c0);
  v128.store(out + stride, c1);
  v128.store(out + 2 * stride, c2);
  v128.store(out + 3 * stride, c3);
}
