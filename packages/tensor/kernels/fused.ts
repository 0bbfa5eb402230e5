import { address, count, real } from './_args';
import { bytes, splat } from './_simd';

/** Arguments: out, length, slice, value. */
// @ts-ignore: decorator
@inline function fill<T>(args: usize, chunk: i32): void {
  const size = count(args, 2);
  let out = address(args, 0) + bytes<T>(chunk * size);
  const end = out + bytes<T>(min(size, count(args, 1) - chunk * size));
  const value = v128.splat<T>(<T>real(args, 3));
  for (; out < end; out += 16) v128.store(out, value);
}
export function fill32(args: usize, chunk: i32, scratch: usize): void {
  fill<f32>(args, chunk);
}
export function fill64(args: usize, chunk: i32, scratch: usize): void {
  fill<f64>(args, chunk);
}
export function fillInt(args: usize, chunk: i32, scratch: usize): void {
  fill<i32>(args, chunk);
}

/** Arguments: x, out, length, slice. */
// @ts-ignore: decorator
@inline function cast<From, To>(args: usize, chunk: i32): void {
  const size = count(args, 3);
  let x = address(args, 0) + bytes<From>(chunk * size);
  let out = address(args, 1) + bytes<To>(chunk * size);
  const end = out + bytes<To>(min(size, count(args, 2) - chunk * size));
  for (; out < end; x += sizeof<From>(), out += sizeof<To>()) store<To>(out, <To>load<From>(x));
}
export function castInt32(args: usize, chunk: i32, scratch: usize): void {
  cast<i32, f32>(args, chunk);
}
export function castInt64(args: usize, chunk: i32, scratch: usize): void {
  cast<i32, f64>(args, chunk);
}
export function cast32Int(args: usize, chunk: i32, scratch: usize): void {
  cast<f32, i32>(args, chunk);
}
export function cast64Int(args: usize, chunk: i32, scratch: usize): void {
  cast<f64, i32>(args, chunk);
}
export function cast3264(args: usize, chunk: i32, scratch: usize): void {
  cast<f32, f64>(args, chunk);
}
export function cast6432(args: usize, chunk: i32, scratch: usize): void {
  cast<f64, f32>(args, chunk);
}

/**
 * One Adam step. Arguments: parameter, gradient, m, v, new parameter, new m, new v, length, slice, learning rate,
 * β1, β2, ε, weight decay, 1 − β1^t, 1 − β2^t.
 */
// @ts-ignore: decorator
@inline function adam<T>(args: usize, chunk: i32): void {
  const size = count(args, 8);
  const begin = bytes<T>(chunk * size);
  const end = begin + bytes<T>(min(size, count(args, 7) - chunk * size));
  const parameter = address(args, 0);
  const gradient = address(args, 1);
  const m = address(args, 2);
  const v = address(args, 3);
  const newParameter = address(args, 4);
  const newM = address(args, 5);
  const newV = address(args, 6);
  const keepM = splat<T>(real(args, 10));
  const keepV = splat<T>(real(args, 11));
  const addM = splat<T>(1 - real(args, 10));
  const addV = splat<T>(1 - real(args, 11));
  const step = splat<T>(real(args, 9) / real(args, 14));
  const scale = splat<T>(1 / real(args, 15));
  const epsilon = splat<T>(real(args, 12));
  const decay = splat<T>(real(args, 9) * real(args, 13));
  for (let k = begin; k < end; k += 16) {
    const g = v128.load(gradient + k);
    const p = v128.load(parameter + k);
    const mean = v128.add<T>(v128.mul<T>(keepM, v128.load(m + k)), v128.mul<T>(addM, g));
    const square = v128.add<T>(v128.mul<T>(keepV, v128.load(v + k)), v128.mul<T>(addV, v128.mul<T>(g, g)));
    const size = v128.add<T>(v128.sqrt<T>(v128.mul<T>(square, scale)), epsilon);
    const change = v128.add<T>(v128.div<T>(v128.mul<T>(step, mean), size), v128.mul<T>(decay, p));
    v128.store(newM + k, mean);
    v128.store(newV + k, square);
    v128.store(newParameter + k, v128.sub<T>(p, change));
  }
}
export function adam32(args: usize, chunk: i32, scratch: usize): void {
  adam<f32>(args, chunk);
}
export function adam64(args: usize, chunk: i32, scratch: usize): void {
  adam<f64>(args, chunk);
}

/**
 * Choice between two arrays by a third, element by element with steps of one or zero along the last axis; C and T
 * are the unsigned whole numbers of the operands' sizes. Arguments: condition, a, b, out, mask of the condition's
 * sign bit (1 to ignore it), steps of condition, a, b, length of a row, rows, rows of a slice, number of outer axes,
 * their lengths (6), strides of condition (6), a (6), b (6).
 */
// @ts-ignore: decorator
@inline function choose<C, T>(args: usize, chunk: i32): void {
  const n = count(args, 8);
  const size = count(args, 10);
  const rank = count(args, 11);
  const last = min(count(args, 9), (chunk + 1) * size);
  const mask: C = count(args, 4) ? <C>-1 >> 1 : <C>-1;
  const sc = <usize>count(args, 5) << alignof<C>();
  const sa = <usize>count(args, 6) << alignof<T>();
  const sb = <usize>count(args, 7) << alignof<T>();
  for (let row = chunk * size; row < last; row++) {
    let rest = row;
    let oc = 0;
    let oa = 0;
    let ob = 0;
    for (let k = rank - 1; k >= 0; k--) {
      const length = count(args, 12 + k);
      const quotient = k > 0 ? rest / length : 0;
      const index = rest - quotient * length;
      oc += index * count(args, 18 + k);
      oa += index * count(args, 24 + k);
      ob += index * count(args, 30 + k);
      rest = quotient;
    }
    let c = address(args, 0) + bytes<C>(oc);
    let a = address(args, 1) + bytes<T>(oa);
    let b = address(args, 2) + bytes<T>(ob);
    let out = address(args, 3) + bytes<T>(row * n);
    const end = out + bytes<T>(n);
    for (; out < end; out += sizeof<T>(), c += sc, a += sa, b += sb) {
      const x = load<T>(a);
      const y = load<T>(b);
      store<T>(out, (load<C>(c) & mask) != 0 ? x : y);
    }
  }
}
export function where44(args: usize, chunk: i32, scratch: usize): void {
  choose<u32, u32>(args, chunk);
}
export function where48(args: usize, chunk: i32, scratch: usize): void {
  choose<u32, u64>(args, chunk);
}
export function where84(args: usize, chunk: i32, scratch: usize): void {
  choose<u64, u32>(args, chunk);
}
export function where88(args: usize, chunk: i32, scratch: usize): void {
  choose<u64, u64>(args, chunk);
}
