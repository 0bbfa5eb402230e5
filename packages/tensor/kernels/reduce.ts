import { address, count } from './_args';
import { bytes, loadPair } from './_simd';

// Sums are taken in float64 whatever the operand's type. Op 0 is the sum, 1 the maximum.

// @ts-ignore: decorator
@inline function start(op: i32): f64 {
  return op == 0 ? 0 : -Infinity;
}

// @ts-ignore: decorator
@inline function combine(op: i32, a: v128, b: v128): v128 {
  return op == 0 ? f64x2.add(a, b) : f64x2.max(a, b);
}

// @ts-ignore: decorator
@inline function reduceRun<T>(op: i32, x: usize, n: i32): f64 {
  let a = f64x2.splat(start(op));
  let b = a;
  let c = a;
  let d = a;
  const end = x + bytes<T>(n & ~7);
  for (; x < end; x += 8 * sizeof<T>()) {
    a = combine(op, a, loadPair<T>(x));
    b = combine(op, b, loadPair<T>(x + 2 * sizeof<T>()));
    c = combine(op, c, loadPair<T>(x + 4 * sizeof<T>()));
    d = combine(op, d, loadPair<T>(x + 6 * sizeof<T>()));
  }
  a = combine(op, combine(op, a, b), combine(op, c, d));
  for (let k = n & 7; k > 0; k--, x += sizeof<T>())
    a = combine(op, a, f64x2.replace_lane(f64x2.splat(start(op)), 0, <f64>load<T>(x)));
  const low = f64x2.extract_lane(a, 0);
  const high = f64x2.extract_lane(a, 1);
  return op == 0 ? low + high : max<f64>(low, high);
}

/**
 * Reduces rows [rows, length] piece by piece to [rows, pieces]. Arguments: x, out, length, pieces, numbers in a
 * piece, rows·pieces, of them in a slice, operation.
 */
// @ts-ignore: decorator
@inline function rows<T, Out>(args: usize, chunk: i32): void {
  const length = count(args, 2);
  const pieces = count(args, 3);
  const piece = count(args, 4);
  const size = count(args, 6);
  const last = min(count(args, 5), (chunk + 1) * size);
  for (let k = chunk * size; k < last; k++) {
    const row = k / pieces;
    const begin = (k - row * pieces) * piece;
    const x = address(args, 0) + bytes<T>(row * length + begin);
    const n = min(piece, length - begin);
    const value = count(args, 7) == 0 ? reduceRun<T>(0, x, n) : reduceRun<T>(1, x, n);
    store<Out>(address(args, 1) + bytes<Out>(k), <Out>value);
  }
}

// @ts-ignore: decorator
@inline function accumulate<T>(op: i32, x: usize, sums: usize, columns: i32): void {
  const end = sums + (<usize>(columns & ~1) << 3);
  for (; sums < end; sums += 16, x += 2 * sizeof<T>())
    v128.store(sums, combine(op, v128.load(sums), loadPair<T>(x)));
  if (columns & 1) {
    const value = f64x2.splat(<f64>load<T>(x));
    store<f64>(sums, f64x2.extract_lane(combine(op, f64x2.splat(load<f64>(sums)), value), 0));
  }
}

/**
 * Reduces the middle axis of [outer, length, inner] piece by piece to [outer, pieces, inner]. Arguments: x, out,
 * length, pieces, numbers in a piece, inner, column blocks, columns of a block, operation. One chunk per outer index,
 * piece and column block. Scratch: one block of float64.
 */
// @ts-ignore: decorator
@inline function columns<T, Out>(args: usize, chunk: i32, sums: usize): void {
  const length = count(args, 2);
  const pieces = count(args, 3);
  const piece = count(args, 4);
  const inner = count(args, 5);
  const blocks = count(args, 6);
  const op = count(args, 8);
  const begin = (chunk % blocks) * count(args, 7);
  const n = min(count(args, 7), inner - begin);
  const unit = chunk / blocks;
  const outer = unit / pieces;
  const first = (unit - outer * pieces) * piece;
  const last = min(length, first + piece);
  for (let c = 0; c < n; c++) store<f64>(sums + (c << 3), start(op));
  for (let k = first; k < last; k++) {
    const x = address(args, 0) + bytes<T>((outer * length + k) * inner + begin);
    if (op == 0) accumulate<T>(0, x, sums, n);
    else accumulate<T>(1, x, sums, n);
  }
  const out = address(args, 1) + bytes<Out>(unit * inner + begin);
  for (let c = 0; c < n; c++) store<Out>(out + bytes<Out>(c), <Out>load<f64>(sums + (c << 3)));
}

// Named from the operand's type to the result's; partial results are float64.
export function rows3232(args: usize, chunk: i32, scratch: usize): void {
  rows<f32, f32>(args, chunk);
}
export function rows3264(args: usize, chunk: i32, scratch: usize): void {
  rows<f32, f64>(args, chunk);
}
export function rows6432(args: usize, chunk: i32, scratch: usize): void {
  rows<f64, f32>(args, chunk);
}
export function rows6464(args: usize, chunk: i32, scratch: usize): void {
  rows<f64, f64>(args, chunk);
}
export function rowsIntInt(args: usize, chunk: i32, scratch: usize): void {
  rows<i32, i32>(args, chunk);
}
export function rowsInt64(args: usize, chunk: i32, scratch: usize): void {
  rows<i32, f64>(args, chunk);
}
export function rows64Int(args: usize, chunk: i32, scratch: usize): void {
  rows<f64, i32>(args, chunk);
}
export function columns3232(args: usize, chunk: i32, scratch: usize): void {
  columns<f32, f32>(args, chunk, scratch);
}
export function columns3264(args: usize, chunk: i32, scratch: usize): void {
  columns<f32, f64>(args, chunk, scratch);
}
export function columns6432(args: usize, chunk: i32, scratch: usize): void {
  columns<f64, f32>(args, chunk, scratch);
}
export function columns6464(args: usize, chunk: i32, scratch: usize): void {
  columns<f64, f64>(args, chunk, scratch);
}
export function columnsIntInt(args: usize, chunk: i32, scratch: usize): void {
  columns<i32, i32>(args, chunk, scratch);
}
export function columnsInt64(args: usize, chunk: i32, scratch: usize): void {
  columns<i32, f64>(args, chunk, scratch);
}
export function columns64Int(args: usize, chunk: i32, scratch: usize): void {
  columns<f64, i32>(args, chunk, scratch);
}
