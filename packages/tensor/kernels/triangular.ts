import { address, count } from './_args';
import { ROWS, roundUp, smallProduct } from './_gemm';
import { copyLine, padLines } from './_lines';

/** x[i] −= Σ_k l[i, k]·x[k] for one row of `padded` numbers, k from first to last; element k of l lies `along` further. */
// @ts-ignore: decorator
@inline function eliminate(row: usize, l: usize, along: usize, x: usize, first: i32, last: i32, padded: i32): void {
  const step = <usize>padded << 3;
  for (let at: usize = 0; at < step; at += 16) {
    let sum = v128.load(row + at);
    for (let k = first; k < last; k++)
      sum = f64x2.sub(sum, f64x2.mul(v128.load64_splat(l + k * along), v128.load(x + k * step + at)));
    v128.store(row + at, sum);
  }
}

// @ts-ignore: decorator
@inline function divide(row: usize, pivot: f64, padded: i32): void {
  for (let at: usize = 0; at < <usize>padded << 3; at += 16)
    v128.store(row + at, f64x2.div(v128.load(row + at), f64x2.splat(pivot)));
}

/** Four rows from i: subtracts what the columns first … last of l (or of its transpose) contribute. */
// @ts-ignore: decorator
@inline function subtract(
  l: usize, across: usize, along: usize, x: usize, i: i32, first: i32, last: i32, padded: i32, spare: usize,
): void {
  const step = <usize>padded << 3;
  smallProduct<f64>(ROWS, padded, last - first, l + i * across + first * along, across, along, x + first * step, step, spare, step);
  for (let at: usize = 0; at < <usize>ROWS * step; at += 16) {
    const row = x + i * step + at;
    v128.store(row, f64x2.sub(v128.load(row), v128.load(spare + at)));
  }
}

/**
 * Solves L·x = b or Lᵀ·x = b for a block of columns in each chunk. Arguments: l [n, n], b [n, m], out, n, m, columns
 * of a block (a multiple of 4), transposed. Scratch, in numbers: (n + 4)·columns.
 */
export function triangularSolve(args: usize, chunk: i32, scratch: usize): void {
  const l = address(args, 0);
  const n = count(args, 3);
  const m = count(args, 4);
  const first = chunk * count(args, 5);
  const width = min(count(args, 5), m - first);
  const padded = roundUp(width, 4);
  const stride = <usize>n << 3;
  const step = <usize>padded << 3;
  const spare = scratch;
  const x = scratch + step * ROWS;
  padLines<f64>(address(args, 1) + (<usize>first << 3), <usize>m << 3, x, n, width, padded, n);
  if (count(args, 6)) {
    for (let i = (n - 1) & ~3; i >= 0; i -= ROWS) {
      const end = min(n, i + ROWS);
      if (end < n) subtract(l, 8, stride, x, i, end, n, padded, spare);
      for (let r = end - 1; r >= i; r--) {
        eliminate(x + r * step, l + (<usize>r << 3), stride, x, r + 1, end, padded);
        divide(x + r * step, load<f64>(l + r * (stride + 8)), padded);
      }
    }
  } else {
    for (let i = 0; i < n; i += ROWS) {
      const end = min(n, i + ROWS);
      const whole = end - i == ROWS;
      if (whole) subtract(l, stride, 8, x, i, 0, i, padded, spare);
      for (let r = i; r < end; r++) {
        eliminate(x + r * step, l + r * stride, 8, x, whole ? i : 0, r, padded);
        divide(x + r * step, load<f64>(l + r * (stride + 8)), padded);
      }
    }
  }
  for (let r = 0; r < n; r++)
    copyLine<f64>(x + r * step, address(args, 2) + (<usize>(r * m + first) << 3), width);
}
