import { address, count } from './_args';
import { DEPTH, ROWS, columns, packA, packB, packedProduct, roundUp } from './_gemm';
import { bytes } from './_simd';

// C = A·Aᵀ, the blocks on and below the diagonal only, each written to its mirror image too. A slice of the columns of
// A is packed once, as left and as right panels; then every block of C adds what the slice contributes.

/** Rows and columns of a block of C. */
const BLOCK: i32 = 64;

/** float32 rows as float64 panels of four. */
// @ts-ignore: decorator
@inline function packPromoted(x: usize, across: usize, along: usize, m: i32, k: i32, out: usize): void {
  for (let i = 0; i < m; i += ROWS, x += ROWS * across)
    for (let p = 0; p < k; p++)
      for (let r = 0; r < ROWS; r++, out += 8)
        store<f64>(out, i + r < m ? <f64>load<f32>(x + r * across + p * along) : 0);
}

/**
 * Packs a band of rows of a slice. Arguments: a, stride across rows, stride along them, n, first column, columns,
 * left panels, right panels, rows of a band (a multiple of 8). The panels of the columns k0 … k0 + DEPTH of the slice
 * begin at k0·(n rounded up to 8) numbers.
 */
// @ts-ignore: decorator
@inline function pack<I, T>(args: usize, chunk: i32): void {
  const across = address(args, 1);
  const along = address(args, 2);
  const n = count(args, 3);
  const k = count(args, 5);
  const padded = roundUp(n, 8);
  const first = chunk * count(args, 8);
  const rows = min(count(args, 8), n - first);
  for (let k0 = 0; k0 < k; k0 += DEPTH) {
    const depth = min(DEPTH, k - k0);
    const from = address(args, 0) + first * across + <usize>(count(args, 4) + k0) * along;
    const at = bytes<T>(k0 * padded + first * depth);
    if (sizeof<I>() != sizeof<T>()) packPromoted(from, across, along, rows, depth, address(args, 6) + at);
    else {
      packA<T>(from, across, along, rows, depth, address(args, 6) + at);
      if (columns<T>() != ROWS) packB<T>(from, across, along, rows, depth, address(args, 7) + at);
    }
  }
}
export function pack32(args: usize, chunk: i32, scratch: usize): void {
  pack<f32, f32>(args, chunk);
}
export function pack64(args: usize, chunk: i32, scratch: usize): void {
  pack<f64, f64>(args, chunk);
}
export function packPromoting(args: usize, chunk: i32, scratch: usize): void {
  pack<f32, f64>(args, chunk);
}

/**
 * Adds a slice to one block of C. Arguments: left panels, right panels, c [n, n], n, columns of the slice, whether it
 * is the first, whether it is the last. Scratch: 2·BLOCK² float64 numbers and 128 bytes.
 */
// @ts-ignore: decorator
@inline function product<T, O>(args: usize, chunk: i32, scratch: usize): void {
  const c = address(args, 2);
  const n = count(args, 3);
  const k = count(args, 4);
  const padded = roundUp(n, 8);
  let row = 0;
  let left = chunk;
  while (left > row) left -= ++row;
  const top = row * BLOCK;
  const side = left * BLOCK;
  const height = min(BLOCK, n - top);
  const width = min(BLOCK, n - side);
  const sums = scratch + 8 * BLOCK * BLOCK;
  const spare = sums + 8 * BLOCK * BLOCK;
  const stride = bytes<O>(n);
  for (let i = 0; i < height; i++) {
    const line = sums + bytes<O>(i * BLOCK);
    if (count(args, 5)) memory.fill(line, 0, bytes<O>(BLOCK));
    else memory.copy(line, c + (top + i) * stride + bytes<O>(side), bytes<O>(width));
  }
  for (let k0 = 0; k0 < k; k0 += DEPTH) {
    const depth = min(DEPTH, k - k0);
    const a = address(args, 0) + bytes<T>(k0 * padded + top * depth);
    const b = address(args, 1) + bytes<T>(k0 * padded + side * depth);
    packedProduct<T>(height, width, depth, a, b, scratch, bytes<T>(BLOCK), 0, 0, spare);
    for (let at: usize = 0; at < <usize>(height * BLOCK); at += 4) {
      const to = sums + (at << alignof<O>());
      if (sizeof<O>() == 4) v128.store(to, f32x4.add(v128.load(to), v128.load(scratch + (at << 2))));
      else if (sizeof<T>() == 4) {
        const x = v128.load(scratch + (at << 2));
        v128.store(to, f64x2.add(v128.load(to), f64x2.promote_low_f32x4(x)));
        const high = f64x2.promote_low_f32x4(i8x16.shuffle(x, x, 8, 9, 10, 11, 12, 13, 14, 15, 8, 9, 10, 11, 12, 13, 14, 15));
        v128.store(to, f64x2.add(v128.load(to, 16), high), 16);
      } else {
        v128.store(to, f64x2.add(v128.load(to), v128.load(scratch + (at << 3))));
        v128.store(to, f64x2.add(v128.load(to, 16), v128.load(scratch + (at << 3), 16)), 16);
      }
    }
  }
  for (let i = 0; i < height; i++)
    memory.copy(c + (top + i) * stride + bytes<O>(side), sums + bytes<O>(i * BLOCK), bytes<O>(width));
  if (count(args, 6))
    for (let j = 0; j < width; j++)
      for (let i = 0; i < height; i++)
        store<O>(c + (side + j) * stride + bytes<O>(top + i), load<O>(sums + bytes<O>(i * BLOCK + j)));
}
export function product32(args: usize, chunk: i32, scratch: usize): void {
  product<f32, f32>(args, chunk, scratch);
}
export function product64(args: usize, chunk: i32, scratch: usize): void {
  product<f64, f64>(args, chunk, scratch);
}
export function productMixed(args: usize, chunk: i32, scratch: usize): void {
  product<f32, f64>(args, chunk, scratch);
}
