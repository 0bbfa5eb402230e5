// What float32 (four lanes) and float64 (two lanes) vectors need beyond AssemblyScript's own generic operations.

/** Numbers of type T in one vector. */
// @ts-ignore: decorator
@inline export function lanes<T>(): i32 {
  return 16 >> alignof<T>();
}

/** Bytes of n numbers of type T. */
// @ts-ignore: decorator
@inline export function bytes<T>(n: i32): usize {
  return <usize>n << alignof<T>();
}

// @ts-ignore: decorator
@inline export function splat<T>(x: f64): v128 {
  return v128.splat<T>(<T>x);
}

/** a·b + c, in one rounding where the engine has it. */
// @ts-ignore: decorator
@inline export function fma<T>(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return v128.relaxed_madd<T>(a, b, c);
  return v128.add<T>(v128.mul<T>(a, b), c);
}

/** c − a·b. */
// @ts-ignore: decorator
@inline export function fnma<T>(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return v128.relaxed_nmadd<T>(a, b, c);
  return v128.sub<T>(c, v128.mul<T>(a, b));
}

/** Lane by lane: mask ? a : b. */
// @ts-ignore: decorator
@inline export function select(mask: v128, a: v128, b: v128): v128 {
  return v128.bitselect(a, b, mask);
}

/** A vector with all lanes equal to the number at p. */
// @ts-ignore: decorator
@inline export function loadSplat<T>(p: usize): v128 {
  if (sizeof<T>() == 4) return v128.load32_splat(p);
  return v128.load64_splat(p);
}

/** All bits set in the first `rest` lanes. */
// @ts-ignore: decorator
@inline export function firstLanes<T>(rest: i32): v128 {
  if (sizeof<T>() == 4) return i32x4.lt_s(i32x4(0, 1, 2, 3), i32x4.splat(rest));
  return i32x4.lt_s(i32x4(0, 0, 1, 1), i32x4.splat(rest));
}

/** Writes the first `rest` lanes only: what follows belongs to somebody else. */
// @ts-ignore: decorator
@inline export function storeFirst<T>(p: usize, x: v128, rest: i32): void {
  if (sizeof<T>() == 8) {
    if (rest > 0) v128.store64_lane(p, x, 0);
    return;
  }
  if (rest >= 2) {
    v128.store64_lane(p, x, 0);
    if (rest == 3) v128.store32_lane(p, x, 2, 8);
  } else if (rest == 1) v128.store32_lane(p, x, 0);
}

/** Sum of the lanes. */
// @ts-ignore: decorator
@inline export function sumLanes<T>(x: v128): T {
  if (sizeof<T>() == 8) return <T>(f64x2.extract_lane(x, 0) + f64x2.extract_lane(x, 1));
  return <T>((f32x4.extract_lane(x, 0) + f32x4.extract_lane(x, 2)) + (f32x4.extract_lane(x, 1) + f32x4.extract_lane(x, 3)));
}

/** Greatest lane; NaN where a lane is NaN. */
// @ts-ignore: decorator
@inline export function maxLanes<T>(x: v128): T {
  if (sizeof<T>() == 8) return <T>max<f64>(f64x2.extract_lane(x, 0), f64x2.extract_lane(x, 1));
  return <T>max<f32>(
    max<f32>(f32x4.extract_lane(x, 0), f32x4.extract_lane(x, 1)),
    max<f32>(f32x4.extract_lane(x, 2), f32x4.extract_lane(x, 3)),
  );
}

/** Two numbers at p as float64. */
// @ts-ignore: decorator
@inline export function loadPair<T>(p: usize): v128 {
  if (isInteger<T>()) return f64x2.convert_low_i32x4_s(v128.load64_zero(p));
  if (sizeof<T>() == 4) return f64x2.promote_low_f32x4(v128.load64_zero(p));
  return v128.load(p);
}

/** Four numbers of four rows (stride `sx`) into four rows (stride `sy`), transposed; for numbers of four bytes. */
// @ts-ignore: decorator
@inline export function transposeTile4(x: usize, sx: usize, y: usize, sy: usize): void {
  const a = v128.load(x);
  const b = v128.load(x + sx);
  const c = v128.load(x + 2 * sx);
  const d = v128.load(x + 3 * sx);
  const ab = i8x16.shuffle(a, b, 0, 1, 2, 3, 16, 17, 18, 19, 4, 5, 6, 7, 20, 21, 22, 23);
  const cd = i8x16.shuffle(c, d, 0, 1, 2, 3, 16, 17, 18, 19, 4, 5, 6, 7, 20, 21, 22, 23);
  const AB = i8x16.shuffle(a, b, 8, 9, 10, 11, 24, 25, 26, 27, 12, 13, 14, 15, 28, 29, 30, 31);
  const CD = i8x16.shuffle(c, d, 8, 9, 10, 11, 24, 25, 26, 27, 12, 13, 14, 15, 28, 29, 30, 31);
  v128.store(y, i8x16.shuffle(ab, cd, 0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23));
  v128.store(y + sy, i8x16.shuffle(ab, cd, 8, 9, 10, 11, 12, 13, 14, 15, 24, 25, 26, 27, 28, 29, 30, 31));
  v128.store(y + 2 * sy, i8x16.shuffle(AB, CD, 0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23));
  v128.store(y + 3 * sy, i8x16.shuffle(AB, CD, 8, 9, 10, 11, 12, 13, 14, 15, 24, 25, 26, 27, 28, 29, 30, 31));
}
