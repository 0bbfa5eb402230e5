import { address, count } from './_args';
import { DEPTH, columns, packA, packB, packedProduct, roundUp } from './_gemm';
import { gelu, tanh } from './_math';
import { bytes, splat, storeFirst } from './_simd';
import { restLanes, wholeVectors } from './_rows';

// A is [m, k] with strides of rows and columns in bytes, B [k, n] likewise, C [m, n] dense.

/**
 * Packs B for everybody. Arguments: b, stride across columns, stride along k, n, k, out, panels of a slice.
 * The block of rows k0 … k0 + DEPTH begins at out + k0·(n rounded up to whole tiles).
 */
// @ts-ignore: decorator
@inline function pack<T>(args: usize, chunk: i32): void {
  const n = count(args, 3);
  const k = count(args, 4);
  const size = count(args, 6) * columns<T>();
  const first = chunk * size;
  const width = min(size, n - first);
  const padded = roundUp(n, columns<T>());
  for (let k0 = 0; k0 < k; k0 += DEPTH) {
    const depth = min(DEPTH, k - k0);
    const from = address(args, 0) + first * address(args, 1) + k0 * address(args, 2);
    packB<T>(from, address(args, 1), address(args, 2), width, depth, address(args, 5) + bytes<T>(k0 * padded + first * depth));
  }
}
export function pack32(args: usize, chunk: i32, scratch: usize): void {
  pack<f32>(args, chunk);
}
export function pack64(args: usize, chunk: i32, scratch: usize): void {
  pack<f64>(args, chunk);
}

// @ts-ignore: decorator
@inline function activation<T>(kind: i32, x: v128): v128 {
  if (kind == 1) return v128.pmax<T>(x, splat<T>(0));
  if (kind == 2) return gelu<T>(x);
  if (kind == 3) return tanh<T>(x);
  return v128.mul<T>(x, x);
}

// @ts-ignore: decorator
@inline function activateRows<T>(kind: i32, x: usize, y: usize, stride: usize, m: i32, n: i32): void {
  for (let r = 0; r < m; r++, x += stride, y += stride) {
    const whole = wholeVectors<T>(n);
    let at: usize = 0;
    // Four at a time, as in unary.ts.
    for (; at + 64 <= whole; at += 64) {
      const a = v128.load(x + at);
      const b = v128.load(x + at, 16);
      const c = v128.load(x + at, 32);
      const d = v128.load(x + at, 48);
      v128.store(y + at, activation<T>(kind, a));
      v128.store(y + at, activation<T>(kind, b), 16);
      v128.store(y + at, activation<T>(kind, c), 32);
      v128.store(y + at, activation<T>(kind, d), 48);
    }
    for (; at < whole; at += 16) v128.store(y + at, activation<T>(kind, v128.load(x + at)));
    const rest = restLanes<T>(n);
    if (rest) storeFirst<T>(y + whole, activation<T>(kind, v128.load(x + whole)), rest);
  }
}

// @ts-ignore: decorator
@inline function activate<T>(kind: i32, x: usize, y: usize, stride: usize, m: i32, n: i32): void {
  switch (kind) {
    case 1: return activateRows<T>(1, x, y, stride, m, n);
    case 2: return activateRows<T>(2, x, y, stride, m, n);
    case 3: return activateRows<T>(3, x, y, stride, m, n);
    default: return activateRows<T>(4, x, y, stride, m, n);
  }
}

/**
 * Blocks of C = A·B + bias and of activation(C), from packed B. Arguments: a, row stride of a, column stride of a,
 * packed b, c, m, n, k, rows of a block, column blocks, columns of a block (whole tiles), bias or 0, activation (0
 * none), y. Scratch: 64·DEPTH numbers and 128 bytes.
 */
// @ts-ignore: decorator
@inline function product<T>(args: usize, chunk: i32, scratch: usize): void {
  const m = count(args, 5);
  const n = count(args, 6);
  const k = count(args, 7);
  const blocks = count(args, 9);
  const first = (chunk / blocks) * count(args, 8);
  const last = min(m, first + count(args, 8));
  const left = (chunk % blocks) * count(args, 10);
  const width = min(count(args, 10), n - left);
  const padded = roundUp(n, columns<T>());
  const stride = bytes<T>(n);
  const bias = address(args, 11);
  const spare = scratch + bytes<T>(64 * DEPTH);
  for (let i = first; i < last; i += 64) {
    const rows = min(64, last - i);
    const c = address(args, 4) + bytes<T>(i * n + left);
    let k0 = 0;
    do {
      const depth = min(DEPTH, k - k0);
      packA<T>(address(args, 0) + i * address(args, 1) + k0 * address(args, 2), address(args, 1), address(args, 2), rows, depth, scratch);
      const start = k0 > 0 ? 1 : bias ? 2 : 0;
      const panels = address(args, 3) + bytes<T>(k0 * padded + left * depth);
      packedProduct<T>(rows, width, depth, scratch, panels, c, stride, start, bias + bytes<T>(left), spare);
      k0 += DEPTH;
    } while (k0 < k);
    const kind = count(args, 12);
    if (kind) activate<T>(kind, c, address(args, 13) + bytes<T>(i * n + left), stride, rows, width);
  }
}
export function product32(args: usize, chunk: i32, scratch: usize): void {
  product<f32>(args, chunk, scratch);
}
export function product64(args: usize, chunk: i32, scratch: usize): void {
  product<f64>(args, chunk, scratch);
}

/** c [m, n] = A·B, packing both into scratch: (64 + 512)·DEPTH numbers and 128 bytes. */
// @ts-ignore: decorator
@inline function wholeProduct<T>(
  a: usize, ra: usize, ka: usize, b: usize, nb: usize, kb: usize, c: usize, sc: usize, m: i32, n: i32, k: i32, scratch: usize,
): void {
  const panelsB = scratch + bytes<T>(64 * DEPTH);
  const spare = panelsB + bytes<T>(512 * DEPTH);
  for (let j = 0; j < n; j += 512) {
    const width = min(512, n - j);
    let k0 = 0;
    do {
      const depth = min(DEPTH, k - k0);
      packB<T>(b + j * nb + k0 * kb, nb, kb, width, depth, panelsB);
      for (let i = 0; i < m; i += 64) {
        const rows = min(64, m - i);
        packA<T>(a + i * ra + k0 * ka, ra, ka, rows, depth, scratch);
        packedProduct<T>(rows, width, depth, scratch, panelsB, c + i * sc + bytes<T>(j), sc, k0 > 0 ? 1 : 0, 0, spare);
      }
      k0 += DEPTH;
    } while (k0 < k);
  }
}

/**
 * Products of many matrices. Arguments: a, row stride, column stride, b, column stride, row stride, c, m, n, k,
 * matrices, matrices of a slice, row blocks, rows of a block, number of leading axes (at most 6), their lengths (6),
 * strides of a (6) and b (6) in bytes.
 */
// @ts-ignore: decorator
@inline function batch<T>(args: usize, chunk: i32, scratch: usize): void {
  const m = count(args, 7);
  const n = count(args, 8);
  const blocks = count(args, 12);
  const rows = count(args, 13);
  const rank = count(args, 14);
  const top = (chunk % blocks) * rows;
  const height = min(rows, m - top);
  const first = (chunk / blocks) * count(args, 11);
  const last = min(count(args, 10), first + count(args, 11));
  for (let item = first; item < last; item++) {
    let a = address(args, 0) + top * address(args, 1);
    let b = address(args, 3);
    let rest = item;
    for (let axis = rank - 1; axis >= 0; axis--) {
      const length = count(args, 15 + axis);
      const index = rest % length;
      rest /= length;
      a += index * address(args, 21 + axis);
      b += index * address(args, 27 + axis);
    }
    const c = address(args, 6) + bytes<T>((item * m + top) * n);
    wholeProduct<T>(
      a, address(args, 1), address(args, 2), b, address(args, 4), address(args, 5), c, bytes<T>(n),
      height, n, count(args, 9), scratch,
    );
  }
}
export function batch32(args: usize, chunk: i32, scratch: usize): void {
  batch<f32>(args, chunk, scratch);
}
export function batch64(args: usize, chunk: i32, scratch: usize): void {
  batch<f64>(args, chunk, scratch);
}

/**
 * Part of a product whose k is long: each chunk sums its own range of k into its own matrix. Arguments: a, row
 * stride, column stride, b, column stride, row stride, parts [chunks, m, n], m, n, k, range.
 */
// @ts-ignore: decorator
@inline function part<T>(args: usize, chunk: i32, scratch: usize): void {
  const m = count(args, 7);
  const n = count(args, 8);
  const range = count(args, 10);
  const first = chunk * range;
  const depth = min(range, count(args, 9) - first);
  const ka = address(args, 2);
  const kb = address(args, 5);
  wholeProduct<T>(
    address(args, 0) + first * ka, address(args, 1), ka, address(args, 3) + first * kb, address(args, 4), kb,
    address(args, 6) + bytes<T>(chunk * m * n), bytes<T>(n), m, n, depth, scratch,
  );
}
export function part32(args: usize, chunk: i32, scratch: usize): void {
  part<f32>(args, chunk, scratch);
}
export function part64(args: usize, chunk: i32, scratch: usize): void {
  part<f64>(args, chunk, scratch);
}
