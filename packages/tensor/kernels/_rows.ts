import { exp, expNegative, log } from './_math';
import { bytes, firstLanes, fma, lanes, maxLanes, select, splat, storeFirst, sumLanes } from './_simd';

// Passes over one row of n numbers. A row may be followed by somebody else's: loads go beyond it by less than a
// vector (every buffer has one to spare) and are masked, stores do not. Sums run in blocks of 256 numbers, which are
// added in float64.

/** Bytes of the row's whole vectors. */
// @ts-ignore: decorator
@inline export function wholeVectors<T>(n: i32): usize {
  return bytes<T>(n & ~(lanes<T>() - 1));
}

// @ts-ignore: decorator
@inline export function restLanes<T>(n: i32): i32 {
  return n & (lanes<T>() - 1);
}

/** Bytes of a block of sums. */
// @ts-ignore: decorator
@inline export function blockBytes<T>(): usize {
  return 256 * sizeof<T>();
}

/** Greatest number of the row; one that is no number may be passed over. */
// @ts-ignore: decorator
@inline export function rowMaximum<T>(x: usize, n: i32): T {
  const end = x + wholeVectors<T>(n);
  const rest = restLanes<T>(n);
  let m = splat<T>(-Infinity);
  for (; x < end; x += 16) m = v128.pmax<T>(m, v128.load(x));
  if (rest) m = v128.pmax<T>(m, select(firstLanes<T>(rest), v128.load(x), splat<T>(-Infinity)));
  return maxLanes<T>(m);
}

/** Σ exp(x − shift). */
// @ts-ignore: decorator
@inline export function rowExpSum<T>(x: usize, n: i32, shift: T): f64 {
  const end = x + wholeVectors<T>(n);
  const rest = restLanes<T>(n);
  const m = v128.splat<T>(shift);
  let total: f64 = 0;
  while (x < end) {
    let sum = splat<T>(0);
    const stop = min(end, x + blockBytes<T>());
    for (; x < stop; x += 16) sum = v128.add<T>(sum, expNegative<T>(v128.sub<T>(v128.load(x), m)));
    total += <f64>sumLanes<T>(sum);
  }
  if (rest) {
    const e = expNegative<T>(v128.sub<T>(v128.load(x), m));
    total += <f64>sumLanes<T>(v128.and(e, firstLanes<T>(rest)));
  }
  return total;
}

/** y = exp(x − shift); returns the sum. x and y may be the same row. */
// @ts-ignore: decorator
@inline export function rowExp<T>(x: usize, y: usize, n: i32, shift: T): f64 {
  const end = x + wholeVectors<T>(n);
  const rest = restLanes<T>(n);
  const m = v128.splat<T>(shift);
  let total: f64 = 0;
  while (x < end) {
    let sum = splat<T>(0);
    const stop = min(end, x + blockBytes<T>());
    for (; x + 32 <= stop; x += 32, y += 32) {
      const a = v128.sub<T>(v128.load(x), m);
      const b = v128.sub<T>(v128.load(x, 16), m);
      const e = expNegative<T>(a);
      const f = expNegative<T>(b);
      v128.store(y, e);
      v128.store(y, f, 16);
      sum = v128.add<T>(v128.add<T>(sum, e), f);
    }
    if (x < stop) {
      const e = expNegative<T>(v128.sub<T>(v128.load(x), m));
      v128.store(y, e);
      sum = v128.add<T>(sum, e);
      x += 16;
      y += 16;
    }
    total += <f64>sumLanes<T>(sum);
  }
  if (rest) {
    const e = v128.and(expNegative<T>(v128.sub<T>(v128.load(x), m)), firstLanes<T>(rest));
    storeFirst<T>(y, e, rest);
    total += <f64>sumLanes<T>(e);
  }
  return total;
}

// @ts-ignore: decorator
@inline export function rowScale<T>(y: usize, n: i32, factor: T): void {
  const end = y + wholeVectors<T>(n);
  const rest = restLanes<T>(n);
  const s = v128.splat<T>(factor);
  for (; y < end; y += 16) v128.store(y, v128.mul<T>(v128.load(y), s));
  if (rest) storeFirst<T>(y, v128.mul<T>(v128.load(y), s), rest);
}

// @ts-ignore: decorator
@inline export function rowSum<T>(x: usize, n: i32): f64 {
  const end = x + wholeVectors<T>(n);
  const rest = restLanes<T>(n);
  let total: f64 = 0;
  while (x < end) {
    let sum = splat<T>(0);
    const stop = min(end, x + blockBytes<T>());
    for (; x < stop; x += 16) sum = v128.add<T>(sum, v128.load(x));
    total += <f64>sumLanes<T>(sum);
  }
  if (rest) total += <f64>sumLanes<T>(v128.and(v128.load(x), firstLanes<T>(rest)));
  return total;
}

// @ts-ignore: decorator
@inline export function rowDot<T>(x: usize, y: usize, n: i32): f64 {
  const end = x + wholeVectors<T>(n);
  const rest = restLanes<T>(n);
  let total: f64 = 0;
  while (x < end) {
    let sum = splat<T>(0);
    const stop = min(end, x + blockBytes<T>());
    for (; x < stop; x += 16, y += 16) sum = fma<T>(v128.load(x), v128.load(y), sum);
    total += <f64>sumLanes<T>(sum);
  }
  if (rest) total += <f64>sumLanes<T>(v128.and(v128.mul<T>(v128.load(x), v128.load(y)), firstLanes<T>(rest)));
  return total;
}

/** Σ (x − mean)². */
// @ts-ignore: decorator
@inline export function rowSpread<T>(x: usize, n: i32, mean: T): f64 {
  const end = x + wholeVectors<T>(n);
  const rest = restLanes<T>(n);
  const m = v128.splat<T>(mean);
  let total: f64 = 0;
  while (x < end) {
    let sum = splat<T>(0);
    const stop = min(end, x + blockBytes<T>());
    for (; x < stop; x += 16) {
      const d = v128.sub<T>(v128.load(x), m);
      sum = fma<T>(d, d, sum);
    }
    total += <f64>sumLanes<T>(sum);
  }
  if (rest) {
    const d = v128.and(v128.sub<T>(v128.load(x), m), firstLanes<T>(rest));
    total += <f64>sumLanes<T>(v128.mul<T>(d, d));
  }
  return total;
}

/** out = y·(g − shift). */
// @ts-ignore: decorator
@inline export function rowCentred<T>(y: usize, g: usize, out: usize, n: i32, shift: T): void {
  const end = y + wholeVectors<T>(n);
  const rest = restLanes<T>(n);
  const s = v128.splat<T>(shift);
  for (; y < end; y += 16, g += 16, out += 16)
    v128.store(out, v128.mul<T>(v128.load(y), v128.sub<T>(v128.load(g), s)));
  if (rest) storeFirst<T>(out, v128.mul<T>(v128.load(y), v128.sub<T>(v128.load(g), s)), rest);
}

/** y = (x − shift) − more. */
// @ts-ignore: decorator
@inline export function rowShift<T>(x: usize, y: usize, n: i32, shift: T, more: T): void {
  const end = x + wholeVectors<T>(n);
  const rest = restLanes<T>(n);
  const a = v128.splat<T>(shift);
  const b = v128.splat<T>(more);
  for (; x < end; x += 16, y += 16) v128.store(y, v128.sub<T>(v128.sub<T>(v128.load(x), a), b));
  if (rest) storeFirst<T>(y, v128.sub<T>(v128.sub<T>(v128.load(x), a), b), rest);
}

/** out = g − e^y·factor. */
// @ts-ignore: decorator
@inline export function rowMinusExp<T>(y: usize, g: usize, out: usize, n: i32, factor: T): void {
  const end = y + wholeVectors<T>(n);
  const rest = restLanes<T>(n);
  const f = v128.splat<T>(factor);
  for (; y < end; y += 16, g += 16, out += 16)
    v128.store(out, v128.sub<T>(v128.load(g), v128.mul<T>(f, exp<T>(v128.load(y)))));
  if (rest) storeFirst<T>(out, v128.sub<T>(v128.load(g), v128.mul<T>(f, exp<T>(v128.load(y)))), rest);
}

// @ts-ignore: decorator
@inline export function scalarLog(x: f64): f64 {
  return f64x2.extract_lane(log<f64>(f64x2.splat(x)), 0);
}
