// Angles modulo a quarter turn where the usual reduction has lost its digits: 2/π to 1200 bits (Payne and Hanek).

/** Bits of 2/π behind 32 zeroes, 64 in a word. */
function twoOverPi(word: i32): u64 {
  switch (word) {
    case 0: return 0x00000000a2f9836e;
    case 1: return 0x4e441529fc2757d1;
    case 2: return 0xf534ddc0db629599;
    case 3: return 0x3c439041fe5163ab;
    case 4: return 0xdebbc561b7246e3a;
    case 5: return 0x424dd2e006492eea;
    case 6: return 0x09d1921cfe1deb1c;
    case 7: return 0xb129a73ee88235f5;
    case 8: return 0x2ebb4484e99c7026;
    case 9: return 0xb45f7e413991d639;
    case 10: return 0x835339f49c845f8b;
    case 11: return 0xbdf9283b1ff897ff;
    case 12: return 0xde05980fef2f118b;
    case 13: return 0x5a0a6d1f6d367ecf;
    case 14: return 0x27cb09b74f463f66;
    case 15: return 0x9e5fea2d7527bac7;
    case 16: return 0xebe5f17b3d0739f7;
    case 17: return 0x8a5292ea6bfb5fb1;
    case 18: return 0x1f8d5d0856033046;
    default: return 0; // before the first word; no float64 needs more
  }
}

/** High 64 bits of a·b. */
// @ts-ignore: decorator
@inline function productHigh(a: u64, b: u64): u64 {
  const al = a & 0xffffffff;
  const ah = a >> 32;
  const bl = b & 0xffffffff;
  const bh = b >> 32;
  const middle = ah * bl + ((al * bl) >> 32);
  return ah * bh + (middle >> 32) + ((al * bh + (middle & 0xffffffff)) >> 32);
}

/** 64 bits of 2⁻³¹/π from `bit` on. */
// @ts-ignore: decorator
@inline function bitsFrom(bit: i32): u64 {
  const word = bit >> 6;
  const shift = bit & 63;
  const high = twoOverPi(word);
  return shift ? (high << shift) | (twoOverPi(word + 1) >> (64 - shift)) : high;
}

// @ts-ignore: decorator
@inline function upperHalf(x: f64): f64 {
  return reinterpret<f64>(reinterpret<u64>(x) & 0xfffffffff8000000);
}

/** a·b − product, exactly. */
// @ts-ignore: decorator
@inline export function productError(a: f64, b: f64, product: f64): f64 {
  const ah = upperHalf(a);
  const al = a - ah;
  const bh = upperHalf(b);
  const bl = b - bh;
  return ((ah * bh - product) + ah * bl + al * bh) + al * bl;
}

/**
 * Reduces a finite x with |x| ≥ 10⁶ to within an eighth of a turn. Part 0 is the rest, part 1 what rounding took from
 * it, part 2 the number of quarter turns (modulo 4).
 */
export function reduceLarge(x: f64, part: i32): f64 {
  const bits = reinterpret<u64>(x);
  const first = <i32>((bits >> 52) & 0x7ff) - 1045;
  const m = (bits & 0x000fffffffffffff) | 0x0010000000000000;
  // The first 128 bits of the fraction of x/(2π).
  const s1 = bitsFrom(first + 64);
  const middle = s1 * m;
  const extra = productHigh(bitsFrom(first + 128), m);
  const low = middle + extra;
  const high = bitsFrom(first) * m + productHigh(s1, m) + <u64>(low < middle);
  let fraction = (high << 2) | (low >> 62);
  let rest = low << 2;
  const over = fraction >> 63;
  const turns = <f64>((high >> 62) + over);
  if (over) {
    fraction = ~fraction;
    rest = ~rest;
  }
  const zeroes = clz(fraction);
  const top = zeroes ? (fraction << zeroes) | (rest >> (64 - zeroes)) : fraction;
  const scale = reinterpret<f64>((<u64>(1023 - 64) - zeroes) << 52);
  const a = <f64>(top >> 11) * 2048.0 * scale;
  const b = <f64>(top & 0x7ff) * scale;
  const y = a * 1.5707963267948966;
  const correction = productError(a, 1.5707963267948966, y) + a * 6.123233995736766e-17 + b * 1.5707963267948966;
  const sign: f64 = (over != 0) != (x < 0) ? -1 : 1;
  if (part == 0) return sign * y;
  return part == 1 ? sign * correction : x < 0 ? -turns : turns;
}
