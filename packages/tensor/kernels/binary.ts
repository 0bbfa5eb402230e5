import { address, count } from './_args';
import { pow } from './_pow';
import { same } from './_same';
import { bytes, lanes, loadSplat, storeFirst } from './_simd';

// The order of the operations is that of BINARY in src/backends/wasm/elementwise.ts.

class Add {}
class Sub {}
class Mul {}
class Div {}
class Maximum {}
class Minimum {}
class Pow {}
class Equal {}
class Greater {}
// What stands for the form of a job.
class Flat {}
class Rows {}

// @ts-ignore: decorator
@inline function powLanes<T>(a: v128, b: v128): v128 {
  let y = a;
  y = v128.replace_lane<T>(y, 0, <T>pow(v128.extract_lane<T>(a, 0), v128.extract_lane<T>(b, 0)));
  y = v128.replace_lane<T>(y, 1, <T>pow(v128.extract_lane<T>(a, 1), v128.extract_lane<T>(b, 1)));
  if (sizeof<T>() == 8) return y;
  y = f32x4.replace_lane(y, 2, <f32>pow(f32x4.extract_lane(a, 2), f32x4.extract_lane(b, 2)));
  return f32x4.replace_lane(y, 3, <f32>pow(f32x4.extract_lane(a, 3), f32x4.extract_lane(b, 3)));
}

// @ts-ignore: decorator
@inline function apply<T, Op>(a: v128, b: v128): v128 {
  if (same<Op, Add>()) return v128.add<T>(a, b);
  if (same<Op, Sub>()) return v128.sub<T>(a, b);
  if (same<Op, Mul>()) return v128.mul<T>(a, b);
  if (isFloat<T>()) {
    if (same<Op, Div>()) return v128.div<T>(a, b);
    if (same<Op, Maximum>()) return v128.max<T>(a, b);
    if (same<Op, Minimum>()) return v128.min<T>(a, b);
    if (same<Op, Pow>()) return powLanes<T>(a, b);
  } else {
    if (same<Op, Maximum>()) return i32x4.max_s(a, b);
    if (same<Op, Minimum>()) return i32x4.min_s(a, b);
  }
  if (same<Op, Equal>()) return v128.and(v128.eq<T>(a, b), v128.splat<T>(1));
  return v128.and(isFloat<T>() ? v128.gt<T>(a, b) : i32x4.gt_s(a, b), v128.splat<T>(1));
}

/** out[k] = a[k·sa] op b[k·sb], where a step is one or zero. `spare`: a vector beyond the end may be written. */
// @ts-ignore: decorator
@inline function run<T, Op>(a: usize, sa: i32, b: usize, sb: i32, out: usize, n: i32, spare: bool): void {
  const full = spare ? n : n & ~(lanes<T>() - 1);
  const end = out + bytes<T>(full);
  if (sa == 1 && sb == 1) {
    for (; out < end; a += 16, b += 16, out += 16) v128.store(out, apply<T, Op>(v128.load(a), v128.load(b)));
  } else if (sa == 1) {
    const y = loadSplat<T>(b);
    for (; out < end; a += 16, out += 16) v128.store(out, apply<T, Op>(v128.load(a), y));
  } else {
    const x = loadSplat<T>(a);
    for (; out < end; b += 16, out += 16) v128.store(out, apply<T, Op>(x, v128.load(b)));
  }
  if (spare || full == n) return;
  const x = sa == 1 ? v128.load(a) : loadSplat<T>(a);
  const y = sb == 1 ? v128.load(b) : loadSplat<T>(b);
  storeFirst<T>(out, apply<T, Op>(x, y), n - full);
}

/** Slices of one long run. Arguments: a, b, out, operation, step of a, step of b, length, slice. */
// @ts-ignore: decorator
@inline function flat<T, Op>(args: usize, chunk: i32): void {
  const sa = count(args, 4);
  const sb = count(args, 5);
  const size = count(args, 7);
  const begin = chunk * size;
  const n = min(size, count(args, 6) - begin);
  const shift = bytes<T>(begin);
  run<T, Op>(address(args, 0) + sa * shift, sa, address(args, 1) + sb * shift, sb, address(args, 2) + shift, n, true);
}

/**
 * Rows of a broadcast. Arguments: a, b, out, operation, step of a, step of b, length of a row, rows, rows of a slice,
 * number of outer axes (at most 6), their lengths from the first, strides of a, strides of b (in numbers).
 */
// @ts-ignore: decorator
@inline function rows<T, Op>(args: usize, chunk: i32): void {
  const a = address(args, 0);
  const b = address(args, 1);
  const sa = count(args, 4);
  const sb = count(args, 5);
  const n = count(args, 6);
  const size = count(args, 8);
  const axes = count(args, 9) - 1;
  const last = min(count(args, 7), (chunk + 1) * size);
  const firstA = count(args, 16);
  const firstB = count(args, 22);
  let out = address(args, 2) + bytes<T>(chunk * size * n);
  for (let row = chunk * size; row < last; row++, out += bytes<T>(n)) {
    let rest = row;
    let oa = 0;
    let ob = 0;
    for (let k = axes; k > 0; k--) {
      const length = count(args, 10 + k);
      const quotient = rest / length;
      const index = rest - quotient * length;
      oa += index * count(args, 16 + k);
      ob += index * count(args, 22 + k);
      rest = quotient;
    }
    run<T, Op>(a + bytes<T>(oa + rest * firstA), sa, b + bytes<T>(ob + rest * firstB), sb, out, n, false);
  }
}

// @ts-ignore: decorator
@inline function form<T, Op, Form>(args: usize, chunk: i32): void {
  if (same<Form, Flat>()) flat<T, Op>(args, chunk);
  else rows<T, Op>(args, chunk);
}

// @ts-ignore: decorator
@inline function dispatch<T, Form>(args: usize, chunk: i32): void {
  switch (count(args, 3)) {
    case 0: return form<T, Add, Form>(args, chunk);
    case 1: return form<T, Sub, Form>(args, chunk);
    case 2: return form<T, Mul, Form>(args, chunk);
    case 3: return form<T, Div, Form>(args, chunk);
    case 4: return form<T, Maximum, Form>(args, chunk);
    case 5: return form<T, Minimum, Form>(args, chunk);
    case 6: return form<T, Pow, Form>(args, chunk);
    case 7: return form<T, Equal, Form>(args, chunk);
    default: return form<T, Greater, Form>(args, chunk);
  }
}

export function binaryFlat32(args: usize, chunk: i32, scratch: usize): void {
  dispatch<f32, Flat>(args, chunk);
}
export function binaryFlat64(args: usize, chunk: i32, scratch: usize): void {
  dispatch<f64, Flat>(args, chunk);
}
export function binaryFlatInt(args: usize, chunk: i32, scratch: usize): void {
  dispatch<i32, Flat>(args, chunk);
}
export function binaryRows32(args: usize, chunk: i32, scratch: usize): void {
  dispatch<f32, Rows>(args, chunk);
}
export function binaryRows64(args: usize, chunk: i32, scratch: usize): void {
  dispatch<f64, Rows>(args, chunk);
}
export function binaryRowsInt(args: usize, chunk: i32, scratch: usize): void {
  dispatch<i32, Rows>(args, chunk);
}
