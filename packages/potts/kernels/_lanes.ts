// Four float32 lanes: small functions that the kernels of this package share.

/** a·b + c, fused where the engine has relaxed SIMD. */
// @ts-ignore: decorator
@inline
export function madd(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, c);
  return f32x4.add(f32x4.mul(a, b), c);
}

/** Sum of the four lanes. */
// @ts-ignore: decorator
@inline
export function sumLanes(a: v128): f32 {
  a = f32x4.add(a, v128.shuffle<i32>(a, a, 2, 3, 0, 1));
  a = f32x4.add(a, v128.shuffle<i32>(a, a, 1, 0, 3, 2));
  return f32x4.extract_lane(a, 0);
}

/** Greatest lane, in every lane. Lanes must be numbers. */
// @ts-ignore: decorator
@inline
export function greatestLane(a: v128): v128 {
  a = f32x4.pmax(a, v128.shuffle<i32>(a, a, 2, 3, 0, 1));
  return f32x4.pmax(a, v128.shuffle<i32>(a, a, 1, 0, 3, 2));
}

/** Lanes 0…valid−1 of `a`, the rest zero. */
// @ts-ignore: decorator
@inline
export function firstLanes(a: v128, valid: i32): v128 {
  return v128.and(a, i32x4.gt_s(i32x4.splat(valid), i32x4(0, 1, 2, 3)));
}

/** exp of four non-positive numbers; below −87 it stays at exp(−87). Relative error below 2e-7. */
// @ts-ignore: decorator
@inline
export function expLanes(x: v128): v128 {
  x = f32x4.pmax(x, f32x4.splat(-87.0));
  const magic = f32x4.splat(12582912.0);
  const shifted = f32x4.add(f32x4.mul(x, f32x4.splat(1.44269504088896341)), magic);
  const n = f32x4.sub(shifted, magic);
  let r = madd(n, f32x4.splat(-0.693359375), x);
  r = madd(n, f32x4.splat(2.12194440e-4), r);
  let p = f32x4.splat(1.9875691500e-4);
  p = madd(p, r, f32x4.splat(1.3981999507e-3));
  p = madd(p, r, f32x4.splat(8.3334519073e-3));
  p = madd(p, r, f32x4.splat(4.1665795894e-2));
  p = madd(p, r, f32x4.splat(1.6666665459e-1));
  p = madd(p, r, f32x4.splat(5.0000001201e-1));
  p = madd(f32x4.mul(p, r), r, f32x4.add(r, f32x4.splat(1.0)));
  return i32x4.add(p, i32x4.shl(shifted, 23));
}

/**
 * exp of four non-positive numbers in separate multiplications and additions; at least exp(−87): the same bits on
 * every engine, where sampled numbers depend on them.
 */
// @ts-ignore: decorator
@inline
export function expPlain(x: v128): v128 {
  x = f32x4.pmax(x, f32x4.splat(-87.0));
  const magic = f32x4.splat(12582912.0);
  const shifted = f32x4.add(f32x4.mul(x, f32x4.splat(1.44269504088896341)), magic);
  const n = f32x4.sub(shifted, magic);
  let r = f32x4.sub(x, f32x4.mul(n, f32x4.splat(0.693359375)));
  r = f32x4.sub(r, f32x4.mul(n, f32x4.splat(-2.12194440e-4)));
  let p = f32x4.splat(1.9875691500e-4);
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(1.3981999507e-3));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(8.3334519073e-3));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(4.1665795894e-2));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(1.6666665459e-1));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(5.0000001201e-1));
  p = f32x4.add(f32x4.mul(f32x4.mul(p, r), r), f32x4.add(r, f32x4.splat(1.0)));
  return i32x4.add(p, i32x4.shl(shifted, 23));
}

/** Natural logarithm of four positive, normal numbers. Relative error below 2e-7 away from one. */
// @ts-ignore: decorator
@inline
export function logLanes(x: v128): v128 {
  const exponent = i32x4.shr_s(i32x4.sub(x, i32x4.splat(0x3f3504f3)), 23);
  const f = f32x4.sub(i32x4.sub(x, i32x4.shl(exponent, 23)), f32x4.splat(1.0));
  const e = f32x4.convert_i32x4_s(exponent);
  const z = f32x4.mul(f, f);
  let p = f32x4.splat(7.0376836292e-2);
  p = madd(p, f, f32x4.splat(-1.1514610310e-1));
  p = madd(p, f, f32x4.splat(1.1676998740e-1));
  p = madd(p, f, f32x4.splat(-1.2420140846e-1));
  p = madd(p, f, f32x4.splat(1.4249322787e-1));
  p = madd(p, f, f32x4.splat(-1.6668057665e-1));
  p = madd(p, f, f32x4.splat(2.0000714765e-1));
  p = madd(p, f, f32x4.splat(-2.4999993993e-1));
  p = madd(p, f, f32x4.splat(3.3333331174e-1));
  p = f32x4.mul(f32x4.mul(p, f), z);
  p = madd(e, f32x4.splat(-2.12194440e-4), p);
  p = madd(z, f32x4.splat(-0.5), p);
  return madd(e, f32x4.splat(0.693359375), f32x4.add(f, p));
}

/** Transposes four rows of four at `from` (row stride in bytes) times the same of `scale` into `to`; writes `rows` rows. */
// @ts-ignore: decorator
@inline
export function transposeScaled(from: usize, scale: usize, stride: usize, to: usize, rows: i32): void {
  const r0 = f32x4.mul(v128.load(from), v128.load(scale));
  const r1 = f32x4.mul(v128.load(from + stride), v128.load(scale + stride));
  const r2 = f32x4.mul(v128.load(from + 2 * stride), v128.load(scale + 2 * stride));
  const r3 = f32x4.mul(v128.load(from + 3 * stride), v128.load(scale + 3 * stride));
  const t0 = v128.shuffle<i32>(r0, r1, 0, 4, 1, 5);
  const t1 = v128.shuffle<i32>(r0, r1, 2, 6, 3, 7);
  const t2 = v128.shuffle<i32>(r2, r3, 0, 4, 1, 5);
  const t3 = v128.shuffle<i32>(r2, r3, 2, 6, 3, 7);
  v128.store(to, v128.shuffle<i32>(t0, t2, 0, 1, 4, 5));
  if (rows > 1) v128.store(to + stride, v128.shuffle<i32>(t0, t2, 2, 3, 6, 7));
  if (rows > 2) v128.store(to + 2 * stride, v128.shuffle<i32>(t1, t3, 0, 1, 4, 5));
  if (rows > 3) v128.store(to + 3 * stride, v128.shuffle<i32>(t1, t3, 2, 3, 6, 7));
}

// How many vectors a specialised loop keeps in registers, as a type: offsetof<V>() is a constant of compile time.
@unmanaged export class Vectors1 { a: u8; }
@unmanaged export class Vectors2 { a: u8; b: u8; }
@unmanaged export class Vectors3 { a: u8; b: u8; c: u8; }
@unmanaged export class Vectors4 { a: u8; b: u8; c: u8; d: u8; }
@unmanaged export class Vectors5 { a: u8; b: u8; c: u8; d: u8; e: u8; }
@unmanaged export class Vectors6 { a: u8; b: u8; c: u8; d: u8; e: u8; f: u8; }
@unmanaged export class Vectors7 { a: u8; b: u8; c: u8; d: u8; e: u8; f: u8; g: u8; }
@unmanaged export class Vectors8 { a: u8; b: u8; c: u8; d: u8; e: u8; f: u8; g: u8; h: u8; }
