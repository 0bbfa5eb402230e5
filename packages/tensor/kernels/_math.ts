// Transcendental functions on vectors, without tables. The polynomials are those of Cephes (float32 exp, tanh) and of
// FreeBSD's msun (exp, log, sin, cos), whose notice reads:
//   Copyright (C) 1993 by Sun Microsystems, Inc. All rights reserved. Developed at SunPro, a Sun Microsystems, Inc.
//   business. Permission to use, copy, modify, and distribute this software is freely granted, provided that this
//   notice is preserved.
import { reduceLarge } from './_reduction';
import { fma, fnma, select, splat } from './_simd';

/** Adding and subtracting it rounds to a whole number, whose bits stand lowest in the sum. */
const ROUND32: f64 = 12582912.0;
const ROUND64: f64 = 6755399441055744.0;

// @ts-ignore: decorator
@inline function rounder<T>(): v128 {
  return sizeof<T>() == 4 ? splat<T>(ROUND32) : splat<T>(ROUND64);
}

/** e^r for |r| ≤ ln 2 / 2, given as x − n·ln 2. */
// @ts-ignore: decorator
@inline function expReduced<T>(x: v128, n: v128): v128 {
  if (sizeof<T>() == 4) {
    let r = fma<T>(n, splat<T>(-0.693359375), x);
    r = fma<T>(n, splat<T>(2.12194440e-4), r);
    let p = fma<T>(splat<T>(1.9875691500e-4), r, splat<T>(1.3981999507e-3));
    p = fma<T>(p, r, splat<T>(8.3334519073e-3));
    p = fma<T>(p, r, splat<T>(4.1665795894e-2));
    p = fma<T>(p, r, splat<T>(1.6666665459e-1));
    p = fma<T>(p, r, splat<T>(5.0000001201e-1));
    return v128.add<T>(fma<T>(p, v128.mul<T>(r, r), r), splat<T>(1));
  }
  const high = fnma<T>(n, splat<T>(6.93147180369123816490e-1), x);
  const low = v128.mul<T>(n, splat<T>(1.90821492927058770002e-10));
  const r = v128.sub<T>(high, low);
  const t = v128.mul<T>(r, r);
  let p = fma<T>(splat<T>(4.13813679705723846039e-8), t, splat<T>(-1.65339022054652515390e-6));
  p = fma<T>(p, t, splat<T>(6.61375632143793436117e-5));
  p = fma<T>(p, t, splat<T>(-2.77777777770155933842e-3));
  p = fma<T>(p, t, splat<T>(1.66666666666666019037e-1));
  const c = fnma<T>(t, p, r);
  const q = v128.div<T>(v128.mul<T>(r, c), v128.sub<T>(splat<T>(2), c));
  return v128.sub<T>(splat<T>(1), v128.sub<T>(v128.sub<T>(low, q), high));
}

/** x·2^n, where the sum `shifted` = n + the rounder and the product is a normal number. */
// @ts-ignore: decorator
@inline function scaleByPower<T>(x: v128, shifted: v128): v128 {
  if (sizeof<T>() == 4) return i32x4.add(x, i32x4.shl(shifted, 23));
  return i64x2.add(x, i64x2.shl(shifted, 52));
}

/** e^x where the result is held between 10^∓38 (float32) or 10^∓307 (float64). NaN stays NaN. */
// @ts-ignore: decorator
@inline export function expClamped<T>(x: v128): v128 {
  const low: f64 = sizeof<T>() == 4 ? -87.0 : -708.0;
  const high: f64 = sizeof<T>() == 4 ? 88.0 : 709.0;
  const t = v128.pmax<T>(v128.pmin<T>(x, splat<T>(high)), splat<T>(low));
  const shifted = v128.add<T>(v128.mul<T>(t, splat<T>(1.44269504088896338700)), rounder<T>());
  return scaleByPower<T>(expReduced<T>(t, v128.sub<T>(shifted, rounder<T>())), shifted);
}

/** e^x for x ≤ 0 or so, exactly zero far below: what softmax needs. */
// @ts-ignore: decorator
@inline export function expNegative<T>(x: v128): v128 {
  const low: f64 = sizeof<T>() == 4 ? -87.0 : -708.0;
  return v128.andnot(expClamped<T>(x), v128.lt<T>(x, splat<T>(low)));
}

/** e^x, with overflow to infinity and gradual underflow. */
// @ts-ignore: decorator
@inline export function exp<T>(x: v128): v128 {
  const low: f64 = sizeof<T>() == 4 ? -105.0 : -747.0;
  const high: f64 = sizeof<T>() == 4 ? 89.0 : 710.0;
  const t = v128.pmax<T>(v128.pmin<T>(x, splat<T>(high)), splat<T>(low));
  const shifted = v128.add<T>(v128.mul<T>(t, splat<T>(1.44269504088896338700)), rounder<T>());
  const n = v128.sub<T>(shifted, rounder<T>());
  const half = v128.add<T>(v128.mul<T>(n, splat<T>(0.5)), rounder<T>());
  const rest = v128.add<T>(v128.sub<T>(n, v128.sub<T>(half, rounder<T>())), rounder<T>());
  const power = scaleByPower<T>(splat<T>(1), rest);
  return v128.mul<T>(scaleByPower<T>(expReduced<T>(t, n), half), power);
}

/** log of a positive normal number: mantissa into [√½, √2), exponent apart. */
// @ts-ignore: decorator
@inline function logNormal<T>(x: v128): v128 {
  let k: v128;
  let m: v128;
  if (sizeof<T>() == 4) {
    const ix = i32x4.add(x, i32x4.splat(0x3f800000 - 0x3f3504f3));
    k = f32x4.convert_i32x4_s(i32x4.sub(i32x4.shr_u(ix, 23), i32x4.splat(127)));
    m = i32x4.add(v128.and(ix, i32x4.splat(0x007fffff)), i32x4.splat(0x3f3504f3));
  } else {
    const ix = i64x2.add(x, i64x2.splat(0x3ff0000000000000 - 0x3fe6a09e00000000));
    const biased = v128.or(i64x2.shr_u(ix, 52), i64x2.splat(0x4330000000000000));
    k = v128.sub<T>(biased, splat<T>(4503599627370496.0 + 1023.0));
    m = i64x2.add(v128.and(ix, i64x2.splat(0x000fffffffffffff)), i64x2.splat(0x3fe6a09e00000000));
  }
  const f = v128.sub<T>(m, splat<T>(1));
  const s = v128.div<T>(f, v128.add<T>(splat<T>(2), f));
  const z = v128.mul<T>(s, s);
  let p: v128;
  if (sizeof<T>() == 4) {
    p = fma<T>(splat<T>(0.24279078841), z, splat<T>(0.28498786688));
    p = fma<T>(p, z, splat<T>(0.40000972152));
    p = fma<T>(p, z, splat<T>(0.66666662693));
  } else {
    p = fma<T>(splat<T>(1.479819860511658591e-1), z, splat<T>(1.531383769920937332e-1));
    p = fma<T>(p, z, splat<T>(1.818357216161805012e-1));
    p = fma<T>(p, z, splat<T>(2.222219843214978396e-1));
    p = fma<T>(p, z, splat<T>(2.857142874366239149e-1));
    p = fma<T>(p, z, splat<T>(3.999999999940941908e-1));
    p = fma<T>(p, z, splat<T>(6.666666666666735130e-1));
  }
  const half = v128.mul<T>(v128.mul<T>(splat<T>(0.5), f), f);
  const high: f64 = sizeof<T>() == 4 ? 6.9313812256e-1 : 6.93147180369123816490e-1;
  const low: f64 = sizeof<T>() == 4 ? 9.0580006145e-6 : 1.90821492927058770002e-10;
  const tail = fma<T>(s, fma<T>(p, z, half), v128.mul<T>(k, splat<T>(low)));
  return fma<T>(k, splat<T>(high), v128.add<T>(v128.sub<T>(tail, half), f));
}

/** Natural logarithm: −∞ at zero, NaN below. */
// @ts-ignore: decorator
@inline export function log<T>(x: v128): v128 {
  const tiny: f64 = sizeof<T>() == 4 ? 1.17549435e-38 : 2.2250738585072014e-308;
  const small = v128.lt<T>(x, splat<T>(tiny));
  const scale: f64 = sizeof<T>() == 4 ? 33554432.0 : 18014398509481984.0;
  const shift: f64 = sizeof<T>() == 4 ? 25.0 * 0.6931471805599453 : 54.0 * 0.6931471805599453;
  let y = logNormal<T>(select(small, v128.mul<T>(x, splat<T>(scale)), x));
  y = v128.sub<T>(y, v128.and(small, splat<T>(shift)));
  y = select(v128.eq<T>(x, splat<T>(0)), splat<T>(-Infinity), y);
  y = select(v128.lt<T>(x, splat<T>(Infinity)), y, x);
  return select(v128.lt<T>(x, splat<T>(0)), splat<T>(NaN), y);
}

/** log(1 + x) for |x| ≤ 1, small x keeping its digits. */
// @ts-ignore: decorator
@inline export function logOnePlus<T>(x: v128): v128 {
  const u = v128.add<T>(splat<T>(1), x);
  const lost = v128.sub<T>(x, v128.sub<T>(u, splat<T>(1)));
  return v128.add<T>(logNormal<T>(u), v128.div<T>(lost, u));
}

// @ts-ignore: decorator
@inline export function tanh<T>(x: v128): v128 {
  const a = v128.abs<T>(x);
  const e = expClamped<T>(v128.add<T>(a, a));
  const far = v128.sub<T>(splat<T>(1), v128.div<T>(splat<T>(2), v128.add<T>(e, splat<T>(1))));
  const z = v128.mul<T>(x, x);
  let p: v128;
  if (sizeof<T>() == 4) {
    p = fma<T>(splat<T>(-5.70498872745e-3), z, splat<T>(2.06390887954e-2));
    p = fma<T>(p, z, splat<T>(-5.37397155531e-2));
    p = fma<T>(p, z, splat<T>(1.33314422036e-1));
    p = fma<T>(p, z, splat<T>(-3.33332819422e-1));
  } else {
    p = fma<T>(splat<T>(-9.64399179425052238628e-1), z, splat<T>(-9.92877231001918586564e1));
    p = fma<T>(p, z, splat<T>(-1.61468768441708447952e3));
    let q = v128.add<T>(z, splat<T>(1.12811678491632931402e2));
    q = fma<T>(q, z, splat<T>(2.23548839060100448583e3));
    q = fma<T>(q, z, splat<T>(4.84406305325125486048e3));
    p = v128.div<T>(p, q);
  }
  const near = fma<T>(v128.mul<T>(p, z), x, x);
  const sign = v128.and(x, splat<T>(-0.0));
  return select(v128.lt<T>(a, splat<T>(0.625)), near, v128.or(far, sign));
}

/** 1/(1 + e^−x). */
// @ts-ignore: decorator
@inline export function sigmoid<T>(x: v128): v128 {
  return v128.div<T>(splat<T>(1), v128.add<T>(splat<T>(1), expClamped<T>(v128.neg<T>(x))));
}

const SQRT_8_PI: f64 = 1.5957691216057308;

/** √(8/π)·(x + 0.044715 x³), so that gelu(x) = x·sigmoid of it. */
// @ts-ignore: decorator
@inline function geluArgument<T>(x: v128): v128 {
  const z = v128.mul<T>(x, x);
  return v128.mul<T>(x, fma<T>(z, splat<T>(0.044715 * SQRT_8_PI), splat<T>(SQRT_8_PI)));
}

/** x·Φ(x) in its tanh form. */
// @ts-ignore: decorator
@inline export function gelu<T>(x: v128): v128 {
  const e = expClamped<T>(v128.neg<T>(geluArgument<T>(x)));
  // Where e is held at its greatest value, x must not grow on.
  return v128.div<T>(v128.pmax<T>(x, splat<T>(-50)), v128.add<T>(splat<T>(1), e));
}

/** d gelu / dx. */
// @ts-ignore: decorator
@inline export function geluSlope<T>(x: v128): v128 {
  const s = sigmoid<T>(geluArgument<T>(x));
  const slope = fma<T>(v128.mul<T>(x, x), splat<T>(3 * 0.044715 * SQRT_8_PI), splat<T>(SQRT_8_PI));
  const bend = v128.mul<T>(v128.mul<T>(x, slope), v128.sub<T>(splat<T>(1), s));
  return fma<T>(s, bend, s);
}

/** log(1 + e^x). */
// @ts-ignore: decorator
@inline export function softplus<T>(x: v128): v128 {
  const e = expNegative<T>(v128.neg<T>(v128.abs<T>(x)));
  return v128.add<T>(v128.pmax<T>(x, splat<T>(0)), logOnePlus<T>(e));
}

/** log cosh x; near zero from tanh, so that x²/2 keeps its digits. */
// @ts-ignore: decorator
@inline export function logCosh<T>(x: v128): v128 {
  const a = v128.abs<T>(x);
  const e = expNegative<T>(v128.mul<T>(a, splat<T>(-2)));
  const far = v128.sub<T>(v128.add<T>(a, logOnePlus<T>(e)), splat<T>(0.6931471805599453));
  const t = tanh<T>(v128.pmin<T>(a, splat<T>(1)));
  const near = v128.abs<T>(v128.mul<T>(logOnePlus<T>(v128.neg<T>(v128.mul<T>(t, t))), splat<T>(-0.5)));
  return select(v128.lt<T>(a, splat<T>(1)), near, far);
}

/** sin x (quarter = 0) or cos x (quarter = 1) of float64 lanes. */
function sinCos64(x: v128, quarter: i32): v128 {
  if (v128.any_true(f64x2.ge(f64x2.abs(x), f64x2.splat(1e6)))) return sinCosLarge(x, quarter);
  const shifted = f64x2.add(f64x2.mul(x, f64x2.splat(6.36619772367581382433e-1)), f64x2.splat(ROUND64));
  const n = f64x2.sub(shifted, f64x2.splat(ROUND64));
  const r = f64x2.sub(x, f64x2.mul(n, f64x2.splat(1.57079632673412561417)));
  const second = f64x2.mul(n, f64x2.splat(6.07710050630396597660e-11));
  const t = f64x2.sub(r, second);
  const third = f64x2.sub(
    f64x2.mul(n, f64x2.splat(2.02226624879595063154e-21)),
    f64x2.sub(f64x2.sub(r, t), second),
  );
  const y = f64x2.sub(t, third);
  return turned(y, f64x2.sub(f64x2.sub(t, y), third), shifted, quarter);
}

/** The same where a lane is large; one lane after the other. */
function sinCosLarge(x: v128, quarter: i32): v128 {
  const low = sinCosLane(f64x2.extract_lane(x, 0), quarter);
  return f64x2.replace_lane(low, 1, f64x2.extract_lane(sinCosLane(f64x2.extract_lane(x, 1), quarter), 0));
}

function sinCosLane(x: f64, quarter: i32): v128 {
  if (x - x != 0) return f64x2.splat(NaN);
  if (abs(x) < 1e6) return sinCos64(f64x2.splat(x), quarter);
  const turns = f64x2.splat(reduceLarge(x, 2) + ROUND64);
  return turned(f64x2.splat(reduceLarge(x, 0)), f64x2.splat(reduceLarge(x, 1)), turns, quarter);
}

/** sin(y + low + turns·π/2), or cos; the turns stand lowest in the bits of `turns`. */
// @ts-ignore: decorator
@inline function turned(y: v128, low: v128, turns: v128, quarter: i32): v128 {
  const turn = i64x2.add(turns, i64x2.splat(quarter));
  const useCosine = i64x2.eq(v128.and(turn, i64x2.splat(1)), i64x2.splat(1));
  const sign = i64x2.shl(v128.and(turn, i64x2.splat(2)), 62);
  return v128.xor(select(useCosine, cosReduced(y, low), sinReduced(y, low)), sign);
}

// @ts-ignore: decorator
@inline function sinReduced(x: v128, low: v128): v128 {
  const z = f64x2.mul(x, x);
  const v = f64x2.mul(z, x);
  let p = fma<f64>(f64x2.splat(1.58969099521155010221e-10), z, f64x2.splat(-2.50507602534068634195e-8));
  p = fma<f64>(p, z, f64x2.splat(2.75573137070700676789e-6));
  p = fma<f64>(p, z, f64x2.splat(-1.98412698298579493134e-4));
  p = fma<f64>(p, z, f64x2.splat(8.33333333332248946124e-3));
  const inner = f64x2.sub(f64x2.mul(f64x2.splat(0.5), low), f64x2.mul(v, p));
  const rest = f64x2.sub(f64x2.mul(z, inner), low);
  return f64x2.sub(x, f64x2.add(rest, f64x2.mul(v, f64x2.splat(1.66666666666666324348e-1))));
}

// @ts-ignore: decorator
@inline function cosReduced(x: v128, low: v128): v128 {
  const z = f64x2.mul(x, x);
  let p = fma<f64>(f64x2.splat(-1.13596475577881948265e-11), z, f64x2.splat(2.08757232129817482790e-9));
  p = fma<f64>(p, z, f64x2.splat(-2.75573143513906633035e-7));
  p = fma<f64>(p, z, f64x2.splat(2.48015872894767294178e-5));
  p = fma<f64>(p, z, f64x2.splat(-1.38888888888741095749e-3));
  p = fma<f64>(p, z, f64x2.splat(4.16666666666666019037e-2));
  const half = f64x2.mul(f64x2.splat(0.5), z);
  const w = f64x2.sub(f64x2.splat(1), half);
  const lost = f64x2.sub(f64x2.sub(f64x2.splat(1), w), half);
  const tail = f64x2.sub(f64x2.mul(f64x2.mul(z, z), p), f64x2.mul(x, low));
  return f64x2.add(w, f64x2.add(lost, tail));
}

/** sin x (quarter = 0) or cos x (quarter = 1). */
// @ts-ignore: decorator
@inline export function sinCos<T>(x: v128, quarter: i32): v128 {
  if (sizeof<T>() == 8) return sinCos64(x, quarter);
  const low = sinCos64(f64x2.promote_low_f32x4(x), quarter);
  const high = sinCos64(f64x2.promote_low_f32x4(i8x16.shuffle(x, x, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7)), quarter);
  return i8x16.shuffle(
    f32x4.demote_f64x2_zero(low), f32x4.demote_f64x2_zero(high),
    0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23,
  );
}
