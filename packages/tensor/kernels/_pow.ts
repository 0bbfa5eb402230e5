import { exp } from './_math';
import { productError } from './_reduction';

/** 2·atanh(s) of s = (m − 1)/(m + 1), tail beyond the third order, float64. */
// @ts-ignore: decorator
@inline function tail(z: f64): f64 {
  let p: f64 = 1.0 / 27.0;
  for (let k: f64 = 25.0; k >= 5.0; k -= 2.0) p = p * z + 1.0 / k;
  return p * z * z;
}

/** e^(high + low). */
// @ts-ignore: decorator
@inline function expSum(high: f64, low: f64): f64 {
  const e = f64x2.extract_lane(exp<f64>(f64x2.splat(high)), 0);
  return e == Infinity || e == 0 ? e : e + e * low;
}

/** x^y for finite x > 0 and finite y: y·log x in twice the working precision, then its exponential. */
function positivePower(x: f64, y: f64): f64 {
  let k: f64 = 0;
  if (x < 2.2250738585072014e-308) {
    x *= 18014398509481984.0;
    k = -54;
  }
  let bits = reinterpret<u64>(x) + (0x3ff0000000000000 - 0x3fe6a09e667f3bcd);
  k += <f64>(<i32>(bits >> 52) - 1023);
  const m = reinterpret<f64>((bits & 0x000fffffffffffff) + 0x3fe6a09e667f3bcd);
  const f = m - 1.0;
  const d = 2.0 + f;
  const dl = (2.0 - d) + f;
  const s = f / d;
  const sd = s * d;
  const sl = (((f - sd) - productError(s, d, sd)) - s * dl) / d;
  const z = s * s;
  const zl = productError(s, s, z) + 2.0 * s * sl;
  const third = z * 0.3333333333333333;
  const thirdLow = productError(z, 0.3333333333333333, third) + z * 1.850371707708594e-17 + zl * 0.3333333333333333;
  const t = tail(z);
  const w = third + t;
  const wl = (third - w) + t + thirdLow;
  // log m = 2 s (1 + w)
  const sw = s * w;
  const swl = productError(s, w, sw) + s * wl + sl * w;
  const a = 2.0 * s;
  const b = 2.0 * sw;
  const m1 = a + b;
  const m1l = (a - m1) + b + 2.0 * (sl + swl);
  const kh = k * 6.93147180369123816490e-1;
  const kl = k * 1.90821492927058770002e-10;
  const sum = kh + m1;
  const lost = abs(kh) > abs(m1) ? (kh - sum) + m1 : (m1 - sum) + kh;
  const logLow = lost + m1l + kl;
  const high = sum + logLow;
  const low = (sum - high) + logLow;
  const p = y * high;
  if (!(abs(p) < 800.0)) return p > 0 ? Infinity : 0;
  return expSum(p, productError(y, high, p) + y * low);
}

/** x^y as ECMAScript defines it. */
export function pow(x: f64, y: f64): f64 {
  if (y == 0) return 1;
  if (y == 1) return x;
  if (y == 2) return x * x;
  if (y == -1) return 1 / x;
  if (x != x || y != y) return NaN;
  const a = abs(x);
  const whole = trunc(y) == y;
  const odd = whole && abs(y) < 9007199254740992.0 && trunc(y * 0.5) * 2 != y;
  let result: f64;
  if (abs(y) == Infinity) result = a == 1 ? NaN : (a > 1) == (y > 0) ? Infinity : 0;
  else if (a == Infinity || a == 0) result = (a == 0) == (y < 0) ? Infinity : 0;
  else if (x < 0 && !whole) return NaN;
  else if (y == 0.5) return sqrt(x);
  else result = positivePower(a, y);
  return odd && (x < 0 || (x == 0 && 1 / x < 0)) ? -result : result;
}
