import { expNegative, log, sinCos } from '../../tensor/kernels/_math';
import { fma, select, splat } from '../../tensor/kernels/_simd';

// log cosh z for z = x + iy: with s = sign x and u = e^(−2s·z), it is s·z + log(1 + u) − log 2. What the callers need of u
// stands in two vectors, p + iq = 1 + u.

/** s as a vector of ±1. */
// @ts-ignore: decorator
@inline export function signOf<T>(x: v128): v128 {
  return select(v128.lt<T>(x, splat<T>(0)), splat<T>(-1), splat<T>(1));
}

/** w = e^(−2|x|). */
// @ts-ignore: decorator
@inline export function decay<T>(x: v128): v128 {
  return expNegative<T>(v128.mul<T>(v128.abs<T>(x), splat<T>(-2)));
}

/** Real part of log cosh from |x| and |1 + u|². */
// @ts-ignore: decorator
@inline export function realLogCosh<T>(x: v128, square: v128): v128 {
  const shifted = v128.sub<T>(v128.abs<T>(x), splat<T>(0.6931471805599453));
  return fma<T>(log<T>(square), splat<T>(0.5), shifted);
}

/** The angle of p + iq for p > 0, from a quarter of it, whose tangent is below 0.42. Series as in Cephes. */
// @ts-ignore: decorator
@inline export function angle<T>(p: v128, q: v128, square: v128): v128 {
  const half = v128.div<T>(q, v128.add<T>(v128.sqrt<T>(square), p));
  const root = v128.sqrt<T>(fma<T>(half, half, splat<T>(1)));
  const t = v128.div<T>(half, v128.add<T>(root, splat<T>(1)));
  const z = v128.mul<T>(t, t);
  let series: v128;
  if (sizeof<T>() == 4) {
    series = fma<T>(splat<T>(8.05374449538e-2), z, splat<T>(-1.38776856032e-1));
    series = fma<T>(series, z, splat<T>(1.99777106478e-1));
    series = fma<T>(series, z, splat<T>(-3.33329491539e-1));
  } else {
    let over = fma<T>(splat<T>(-8.750608600031904122785e-1), z, splat<T>(-1.615753718733365076637e1));
    over = fma<T>(over, z, splat<T>(-7.500855792314704667340e1));
    over = fma<T>(over, z, splat<T>(-1.228866684490136173410e2));
    over = fma<T>(over, z, splat<T>(-6.485021904942025371773e1));
    let under = v128.add<T>(z, splat<T>(2.485846490142306297962e1));
    under = fma<T>(under, z, splat<T>(1.650270098316988542046e2));
    under = fma<T>(under, z, splat<T>(4.328810604912902668951e2));
    under = fma<T>(under, z, splat<T>(4.853903996359136964868e2));
    under = fma<T>(under, z, splat<T>(1.945506571482613964425e2));
    series = v128.div<T>(over, under);
  }
  return v128.mul<T>(fma<T>(v128.mul<T>(series, z), t, t), splat<T>(4));
}

/** cos or sin of 2s·y. */
// @ts-ignore: decorator
@inline export function turned<T>(sign: v128, y: v128, quarter: i32): v128 {
  return sinCos<T>(v128.mul<T>(v128.mul<T>(sign, splat<T>(2)), y), quarter);
}
