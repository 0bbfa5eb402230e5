import { address, count } from './_args';
import { exp, gelu, geluSlope, log, logCosh, sigmoid, sinCos, softplus, tanh } from './_math';
import { same } from './_same';
import { bytes, select, splat } from './_simd';

// The order of the operations is that of UNARY in src/backends/wasm/elementwise.ts.

class Neg {}
class Abs {}
class Sign {}
class Square {}
class Sqrt {}
class Reciprocal {}
class Exp {}
class Log {}
class Tanh {}
class Sigmoid {}
class Relu {}
class Gelu {}
class Softplus {}
class Sin {}
class Cos {}
class LogCosh {}

// @ts-ignore: decorator
@inline function sign<T>(x: v128): v128 {
  const one = v128.or(splat<T>(1), v128.and(x, splat<T>(-0.0)));
  return select(v128.eq<T>(x, splat<T>(0)), x, select(v128.eq<T>(x, x), one, x));
}

// @ts-ignore: decorator
@inline function value<T, Op>(x: v128): v128 {
  if (same<Op, Neg>()) return v128.neg<T>(x);
  if (same<Op, Abs>()) return v128.abs<T>(x);
  if (same<Op, Sign>()) return sign<T>(x);
  if (same<Op, Square>()) return v128.mul<T>(x, x);
  if (same<Op, Sqrt>()) return v128.sqrt<T>(x);
  if (same<Op, Reciprocal>()) return v128.div<T>(splat<T>(1), x);
  if (same<Op, Exp>()) return exp<T>(x);
  if (same<Op, Log>()) return log<T>(x);
  if (same<Op, Tanh>()) return tanh<T>(x);
  if (same<Op, Sigmoid>()) return sigmoid<T>(x);
  if (same<Op, Relu>()) return v128.pmax<T>(x, splat<T>(0));
  if (same<Op, Gelu>()) return gelu<T>(x);
  if (same<Op, Softplus>()) return softplus<T>(x);
  if (same<Op, Sin>()) return sinCos<T>(x, 0);
  if (same<Op, Cos>()) return sinCos<T>(x, 1);
  return logCosh<T>(x);
}

// Slices of the output end at multiples of a vector or at the end of its buffer, which has a vector to spare: the
// loops below have no tails.

/** Four vectors at a time: their chains of operations overlap, and constants are loaded once for all. */
// @ts-ignore: decorator
@inline function fourValues<T, Op>(x: usize, y: usize): void {
  const a = v128.load(x);
  const b = v128.load(x, 16);
  const c = v128.load(x, 32);
  const d = v128.load(x, 48);
  v128.store(y, value<T, Op>(a));
  v128.store(y, value<T, Op>(b), 16);
  v128.store(y, value<T, Op>(c), 32);
  v128.store(y, value<T, Op>(d), 48);
}

// @ts-ignore: decorator
@inline function mapValues<T, Op>(x: usize, y: usize, end: usize): void {
  if (same<Op, Exp>() || same<Op, Tanh>() || same<Op, Sigmoid>() || same<Op, Gelu>())
    for (; y + 64 <= end; x += 64, y += 64) fourValues<T, Op>(x, y);
  for (; y < end; x += 16, y += 16) v128.store(y, value<T, Op>(v128.load(x)));
}

// @ts-ignore: decorator
@inline function dispatchValues<T>(args: usize, chunk: i32): void {
  const size = count(args, 3);
  const begin = bytes<T>(chunk * size);
  const x = address(args, 0) + begin;
  const y = address(args, 1) + begin;
  const end = y + bytes<T>(min(size, count(args, 2) - chunk * size));
  switch (count(args, 4)) {
    case 0: return mapValues<T, Neg>(x, y, end);
    case 1: return mapValues<T, Abs>(x, y, end);
    case 2: return mapValues<T, Sign>(x, y, end);
    case 3: return mapValues<T, Square>(x, y, end);
    case 4: return mapValues<T, Sqrt>(x, y, end);
    case 5: return mapValues<T, Reciprocal>(x, y, end);
    case 6: return mapValues<T, Exp>(x, y, end);
    case 7: return mapValues<T, Log>(x, y, end);
    case 8: return mapValues<T, Tanh>(x, y, end);
    case 9: return mapValues<T, Sigmoid>(x, y, end);
    case 10: return mapValues<T, Relu>(x, y, end);
    case 11: return mapValues<T, Gelu>(x, y, end);
    case 12: return mapValues<T, Softplus>(x, y, end);
    case 13: return mapValues<T, Sin>(x, y, end);
    case 14: return mapValues<T, Cos>(x, y, end);
    default: return mapValues<T, LogCosh>(x, y, end);
  }
}

/** f′ from y = f(x), for the operations whose slope it gives. */
// @ts-ignore: decorator
@inline function slopeFromValue<T, Op>(y: v128): v128 {
  if (same<Op, Sqrt>()) return v128.div<T>(splat<T>(0.5), y);
  if (same<Op, Reciprocal>()) return v128.neg<T>(v128.mul<T>(y, y));
  if (same<Op, Exp>()) return y;
  if (same<Op, Tanh>()) return v128.sub<T>(splat<T>(1), v128.mul<T>(y, y));
  return v128.mul<T>(y, v128.sub<T>(splat<T>(1), y));
}

/** g·f′ from x, for the others. */
// @ts-ignore: decorator
@inline function slopeFromArgument<T, Op>(x: v128, g: v128): v128 {
  if (same<Op, Neg>()) return v128.neg<T>(g);
  if (same<Op, Abs>()) return v128.mul<T>(g, sign<T>(x));
  if (same<Op, Sign>()) return splat<T>(0);
  if (same<Op, Square>()) return v128.mul<T>(g, v128.add<T>(x, x));
  if (same<Op, Log>()) return v128.div<T>(g, x);
  if (same<Op, Relu>()) return v128.and(g, v128.gt<T>(x, splat<T>(0)));
  if (same<Op, Gelu>()) return v128.mul<T>(g, geluSlope<T>(x));
  if (same<Op, Softplus>()) return v128.mul<T>(g, sigmoid<T>(x));
  if (same<Op, Sin>()) return v128.mul<T>(g, sinCos<T>(x, 1));
  if (same<Op, Cos>()) return v128.neg<T>(v128.mul<T>(g, sinCos<T>(x, 0)));
  return v128.mul<T>(g, tanh<T>(x));
}

// @ts-ignore: decorator
@inline function mapSlopes<T, Op>(x: usize, y: usize, g: usize, out: usize, end: usize): void {
  if (same<Op, Sqrt>() || same<Op, Reciprocal>() || same<Op, Exp>() || same<Op, Tanh>() || same<Op, Sigmoid>()) {
    for (; out < end; y += 16, g += 16, out += 16)
      v128.store(out, v128.mul<T>(v128.load(g), slopeFromValue<T, Op>(v128.load(y))));
  } else {
    if (same<Op, Gelu>()) {
      for (; out + 64 <= end; x += 64, g += 64, out += 64) {
        const a = slopeFromArgument<T, Op>(v128.load(x), v128.load(g));
        const b = slopeFromArgument<T, Op>(v128.load(x, 16), v128.load(g, 16));
        const c = slopeFromArgument<T, Op>(v128.load(x, 32), v128.load(g, 32));
        const d = slopeFromArgument<T, Op>(v128.load(x, 48), v128.load(g, 48));
        v128.store(out, a);
        v128.store(out, b, 16);
        v128.store(out, c, 32);
        v128.store(out, d, 48);
      }
    }
    for (; out < end; x += 16, g += 16, out += 16)
      v128.store(out, slopeFromArgument<T, Op>(v128.load(x), v128.load(g)));
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
    case 0: return mapSlopes<T, Neg>(x, y, g, out, end);
    case 1: return mapSlopes<T, Abs>(x, y, g, out, end);
    case 2: return mapSlopes<T, Sign>(x, y, g, out, end);
    case 3: return mapSlopes<T, Square>(x, y, g, out, end);
    case 4: return mapSlopes<T, Sqrt>(x, y, g, out, end);
    case 5: return mapSlopes<T, Reciprocal>(x, y, g, out, end);
    case 6: return mapSlopes<T, Exp>(x, y, g, out, end);
    case 7: return mapSlopes<T, Log>(x, y, g, out, end);
    case 8: return mapSlopes<T, Tanh>(x, y, g, out, end);
    case 9: return mapSlopes<T, Sigmoid>(x, y, g, out, end);
    case 10: return mapSlopes<T, Relu>(x, y, g, out, end);
    case 11: return mapSlopes<T, Gelu>(x, y, g, out, end);
    case 12: return mapSlopes<T, Softplus>(x, y, g, out, end);
    case 13: return mapSlopes<T, Sin>(x, y, g, out, end);
    case 14: return mapSlopes<T, Cos>(x, y, g, out, end);
    default: return mapSlopes<T, LogCosh>(x, y, g, out, end);
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
