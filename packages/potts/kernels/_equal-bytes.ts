// Comparing rows of bytes, sixteen at a time.

/** Vectors whose byte counters cannot overflow. */
const SECTION = 255;

/** Equal bytes of two rows from vector `from` to `to`. */
// @ts-ignore: decorator
@inline
export function equalBytes(a: usize, b: usize, from: usize, to: usize): i32 {
  let total = 0;
  while (from < to) {
    const end = min(to, from + (SECTION << 4));
    let counts = i8x16.splat(0);
    for (; from < end; from += 16) counts = i8x16.sub(counts, i8x16.eq(v128.load(a + from), v128.load(b + from)));
    const sums = i32x4.extadd_pairwise_i16x8_u(i16x8.extadd_pairwise_i8x16_u(counts));
    total += i32x4.extract_lane(sums, 0) + i32x4.extract_lane(sums, 1) + i32x4.extract_lane(sums, 2) + i32x4.extract_lane(sums, 3);
  }
  return total;
}

/** Equal bytes of two rows from vector `from` to `to` that are not `gap`. */
// @ts-ignore: decorator
@inline
export function equalResidues(a: usize, b: usize, from: usize, to: usize, gap: v128): i32 {
  let total = 0;
  while (from < to) {
    const end = min(to, from + (SECTION << 4));
    let counts = i8x16.splat(0);
    for (; from < end; from += 16) {
      const x = v128.load(a + from);
      counts = i8x16.sub(counts, v128.andnot(i8x16.eq(x, v128.load(b + from)), i8x16.eq(x, gap)));
    }
    const sums = i32x4.extadd_pairwise_i16x8_u(i16x8.extadd_pairwise_i8x16_u(counts));
    total += i32x4.extract_lane(sums, 0) + i32x4.extract_lane(sums, 1) + i32x4.extract_lane(sums, 2) + i32x4.extract_lane(sums, 3);
  }
  return total;
}
