import { address, count } from './_args';
import { exp, gelu, geluSlope, log, logCosh, sigmoid, sinCos, softplus, tanh } from './_math';
import { bytes, select, splat } from './_simd';

// The order of the operations is that of UNARY in src/backends/wasm/elementwise.ts.

// @ts-ignore: decorator
@inline function sign<T>(x: v128): v128 {
  const one = v128.or(splat<T>(1), v128.and(x, splat<T>(-0.0)));
  return select(v128.eq<T>(x, splat<T>(0)), x, select(v128.eq<T>(x, x), one, x));
}

// @ts-ignore: decorator
@inline function value<T>(op: i32, x: v128): v128 {
  if (op == 0) return v128.neg<T>(x);
  if (op == 1) return v128.abs<T>(x);
  if (op == 2) return sign<T>(x);
  if (op == 3) return v128.mul<T>(x, x);
  if (op == 4) return v128.sqrt<T>(x);
  if (op == 5) return v128.div<T>(splat<T>(1), x);
  if (op == 6) return exp<T>(x);
  if (op == 7) return log<T>(x);
  if (op == 8) return tanh<T>(x);
  if (op == 9) return sigmoid<T>(x);
  if (op == 10) return v128.pmax<T>(x, splat<T>(0));
  if (op == 11) return gelu<T>(x);
  if (op == 12) return softplus<T>(x);
  if (op == 13) return sinCos<T>(x, 0);
  if (op == 14) return sinCos<T>(x, 1);
  return logCosh<T>(x);
}

// Slices of the output end at multiples of a vector or at the end of its buffer, which has a vector to spare: the
// loops below have no tails.

/** Four vectors at a time: their chains of operations overlap, and constants are loaded once for all. */
// @ts-ignore: decorator
@inline function fourValues<T>(op: i32, x: usize, y: usize): void {
  const a = v128.load(x);
  const b = v128.load(x, 16);
  const c = v128.load(x, 32);
  const d = v128.load(x, 48);
  v128.store(y, value<T>(op, a));
  v128.store(y, value<T>(op, b), 16);
  v128.store(y, value<T>(op, c), 32);
  v128.store(y, value<T>(op, d), 48);
}

// @ts-ignore: decorator
@inline function mapValues<T>(op: i32, x: usize, y: usize, end: usize): void {
  if (op == 6 || op == 8 || op == 9 || op == 11)
    for (; y + 64 <= end; x += 64, y += 64) fourValues<T>(op, x, y);
  for (; y < end; x += 16, y += 16) v128.store(y, value<T>(op, v128.load(x)));
}

// @ts-ignore: decorator
@inline function dispatchValues<T>(args: usize, chunk: i32): void {
  const size = count(args, 3);
  const begin = bytes<T>(chunk * size);
  const x = address(args, 0) + begin;
  const y = address(args, 1) + begin;
  const end = y + bytes<T>(min(size, count(args, 2) - chunk * size));
  switch (count(args, 4)) {
    case 0: return mapValues<T>(0, x, y, end);
    case 1: return mapValues<T>(1, x, y, end);
    case 2: return mapValues<T>(2, x, y, end);
    case 3: return mapValues<T>(3, x, y, end);
    case 4: return mapValues<T>(4, x, y, end);
    case 5: return mapValues<T>(5, x, y, end);
    case 6: return mapValues<T>(6, x, y, end);
    case 7: return mapValues<T>(7, x, y, end);
    case 8: return mapValues<T>(8, x, y, end);
    case 9: return mapValues<T>(9, x, y, end);
    case 10: return mapValues<T>(10, x, y, end);
    case 11: return mapValues<T>(11, x, y, end);
    case 12: return mapValues<T>(12, x, y, end);
    case 13: return mapValues<T>(13, x, y, end);
    case 14: return mapValues<T>(14, x, y, end);
    default: return mapValues<T>(15, x, y, end);
  }
}

/** f′ from y = f(x), for the operations whose slope it gives. */
// @ts-ignore: decorator
@inline function slopeFromValue<T>(op: i32, y: v128): v128 {
  if (op == 4) return v128.div<T>(splat<T>(0.5), y);
  if (op == 5) return v128.neg<T>(v128.mul<T>(y, y));
  if (op == 6) return y;
  if (op == 8) return v128.sub<T>(splat<T>(1), v128.mul<T>(y, y));
  return v128.mul<T>(y, v128.sub<T>(splat<T>(1), y));
}

/** g·f′ from x, for the others. */
// @ts-ignore: decorator
@inline function slopeFromArgument<T>(op: i32, x: v128, g: v128): v128 {
  if (op == 0) return v128.neg<T>(g);
  if (op == 1) return v128.mul<T>(g, sign<T>(x));
  if (op == 2) return splat<T>(0);
  if (op == 3) return v128.mul<T>(g, v128.add<T>(x, x));
  if (op == 7) return v128.div<T>(g, x);
  if (op == 10) return v128.and(g, v128.gt<T>(x, splat<T>(0)));
  if (op == 11) return v128.mul<T>(g, geluSlope<T>(x));
  if (op == 12) return v128.mul<T>(g, sigmoid<T>(x));
  if (op == 13) return v128.mul<T>(g, sinCos<T>(x, 1));
  if (op == 14) return v128.neg<T>(v128.mul<T>(g, sinCos<T>(x, 0)));
  return v128.mul<T>(g, tanh<T>(x));
}

// @ts-ignore: decorator
@inline function mapSlopes<T>(op: i32, x: usize, y: usize, g: usize, out: usize, end: usize): void {
  if (op == 4 || op == 5 || op == 6 || op == 8 || op == 9) {
    for (; out < end; y += 16, g += 16, out += 16)
      v128.store(out, v128.mul<T>(v128.load(g), slopeFromValue<T>(op, v128.load(y))));
  } else {
    if (op == 11) {
      for (; out + 64 <= end; x += 64, g += 64, out += 64) {
        const a = slopeFromArgument<T>(op, v128.load(x), v128.load(g));
        const b = slopeFromArgument<T>(op, v128.load(x, 16), v128.load(g, 16));
        const c = slopeFromArgument<T>(op, v128.load(x, 32), v128.load(g, 32));
        const d = slopeFromArgument<T>(op, v128.load(x, 48), v128.load(g, 48));
        v128.store(out, a);
        v128.store(out, b, 16);
        v128.store(out, c, 32);
        v128.store(out, d, 48);
      }
    }
    for (; out < end; x += 16, g += 16, out += 16)
      v128.store(out, slopeFromArgument<T>(op, v128.load(x), v128.load(g)));
  }
}

// @ts-ignore: decorator
@inline function dispatchSlopes<T>(args: usize, chunk: i32): void {
  const size = count(args, 5);
  const begin = bytes<T>(chunk * size);
  const x = address(args, 0) + begin;
  const y = address(args, 1) + begin;
  const g = address(args, 2) + begin;
  const out = address(args, 3) + begin;
  const end = out + bytes<T>(min(size, count(args, 4) - chunk * size));
  switch (count(args, 6)) {
    case 0: return mapSlopes<T>(0, x, y, g, out, end);
    case 1: return mapSlopes<T>(1, x, y, g, out, end);
    case 2: return mapSlopes<T>(2, x, y, g, out, end);
    case 3: return mapSlopes<T>(3, x, y, g, out, end);
    case 4: return mapSlopes<T>(4, x, y, g, out, end);
    case 5: return mapSlopes<T>(5, x, y, g, out, end);
    case 6: return mapSlopes<T>(6, x, y, g, out, end);
    case 7: return mapSlopes<T>(7, x, y, g, out, end);
    case 8: return mapSlopes<T>(8, x, y, g, out, end);
    case 9: return mapSlopes<T>(9, x, y, g, out, end);
    case 10: return mapSlopes<T>(10, x, y, g, out, end);
    case 11: return mapSlopes<T>(11, x, y, g, out, end);
    case 12: return mapSlopes<T>(12, x, y, g, out, end);
    case 13: return mapSlopes<T>(13, x, y, g, out, end);
    case 14: return mapSlopes<T>(14, x, y, g, out, end);
    default: return mapSlopes<T>(15, x, y, g, out, end);
  }
}

// Arguments of the jobs: x, y, length, slice, operation.
export function unary32(args: usize, chunk: i32, scratch: usize): void {
  dispatchValues<f32>(args, chunk);
}
export function unary64(args: usize, chunk: i32, scratch: usize): void {
  dispatchValues<f64>(args, chunk);
}

// Arguments of the jobs: x, y, g, out, length, slice, operation.
export function unaryGrad32(args: usize, chunk: i32, scratch: usize): void {
  dispatchSlopes<f32>(args, chunk);
}
export function unaryGrad64(args: usize, chunk: i32, scratch: usize): void {
  dispatchSlopes<f64>(args, chunk);
}
