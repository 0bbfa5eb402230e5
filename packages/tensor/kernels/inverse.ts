import { address, count } from './_args';
import { ROWS, packB, packedProduct, roundUp } from './_gemm';

// Blocked Gauss–Jordan elimination of a symmetric positive definite matrix in place, float64, lower triangle. A sweep
// over the block K with inverse D turns A into A_KK ← −D, A_iK ← A_iK D, A_ij ← A_ij − A_iK D A_Kj; when every block has
// been swept, −A⁻¹ is left. It costs n³/2 multiplications in all, as many as a factorization and an inversion of it.
// Common arguments: a [n, n], n, start, width, P, −Q, D (width² numbers, then its width pivots), rows of a slice.
// P = A_·K and Q = P·D are held in panels of four rows: element (row, k) at 32·k + 8·row.

/** D from the diagonal block, and its pivots, which end in NaN where one is not positive. */
export function pivot(args: usize, chunk: i32, scratch: usize): void {
  const width = count(args, 3);
  const stride = <usize>count(args, 1) << 3;
  const a = address(args, 0) + count(args, 2) * (stride + 8);
  const d = address(args, 6);
  const step = <usize>width << 3;
  for (let i = 0; i < width; i++)
    for (let j = 0; j <= i; j++) {
      const value = load<f64>(a + i * stride + (j << 3));
      store<f64>(d + i * step + (j << 3), value);
      store<f64>(d + j * step + (i << 3), value);
    }
  invertBlock(d, width, step, d + width * step);
}

/** Gauss–Jordan of a small full matrix in place. */
function invertBlock(d: usize, width: i32, step: usize, pivots: usize): void {
  for (let k = 0; k < width; k++) {
    const row = d + k * step;
    const value = load<f64>(row + (k << 3));
    store<f64>(pivots + (k << 3), value > 0 ? value : NaN);
    if (!(value > 0)) return;
    const inverse = 1 / value;
    store<f64>(row + (k << 3), 1);
    for (let j = 0; j < width; j++) store<f64>(row + (j << 3), load<f64>(row + (j << 3)) * inverse);
    for (let i = 0; i < width; i++) {
      if (i == k) continue;
      const other = d + i * step;
      const factor = load<f64>(other + (k << 3));
      store<f64>(other + (k << 3), 0);
      for (let j = 0; j < width; j++)
        store<f64>(other + (j << 3), load<f64>(other + (j << 3)) - factor * load<f64>(row + (j << 3)));
    }
  }
}

/** Element (i, K + k) of the symmetric matrix, zero for rows of the block itself and past the end. */
// @ts-ignore: decorator
@inline function element(a: usize, stride: usize, n: i32, start: i32, width: i32, i: i32, k: i32): f64 {
  if (i >= n || (i >= start && i < start + width)) return 0;
  const below = i > start;
  return load<f64>(a + (below ? i : start + k) * stride + (<usize>(below ? start + k : i) << 3));
}

/** P and −Q of a slice of rows (a multiple of four). Scratch: (width + rows of a slice + 4)·(width + 4) numbers. */
export function panels(args: usize, chunk: i32, scratch: usize): void {
  const a = address(args, 0), n = count(args, 1), start = count(args, 2), width = count(args, 3), size = count(args, 7);
  const stride = <usize>n << 3, step = <usize>width << 3;
  const first = chunk * size, height = roundUp(min(size, n - first), ROWS);
  const p = address(args, 4) + (<usize>(first * width) << 3), q = address(args, 5) + (<usize>(first * width) << 3);
  for (let i = 0; i < height; i += ROWS)
    for (let k = 0; k < width; k++)
      for (let r = 0; r < ROWS; r++)
        store<f64>(p + (<usize>(i * width) << 3) + (k << 5) + (r << 3), element(a, stride, n, start, width, first + i + r, k));
  const packed = scratch + 128, product = packed + roundUp(width, ROWS) * step;
  packB<f64>(address(args, 6), 8, step, width, width, packed);
  packedProduct<f64>(height, width, width, p, packed, product, step, 0, 0, scratch);
  for (let i = 0; i < height; i += ROWS)
    for (let k = 0; k < width; k++)
      for (let r = 0; r < ROWS; r++)
        store<f64>(q + (<usize>(i * width) << 3) + (k << 5) + (r << 3), -load<f64>(product + (i + r) * step + (k << 3)));
}

/** A ← A − Q·Pᵀ for a slice of rows, up to the diagonal. Scratch: 128 bytes. */
export function sweep(args: usize, chunk: i32, scratch: usize): void {
  const n = count(args, 1), width = count(args, 3), size = count(args, 7);
  const stride = <usize>n << 3;
  const first = chunk * size, height = min(size, n - first);
  const q = address(args, 5) + (<usize>(first * width) << 3);
  const columns = min(n, roundUp(first + height, ROWS));
  packedProduct<f64>(height, columns, width, q, address(args, 4), address(args, 0) + first * stride, stride, 1, 0, scratch);
}

/** A_·K ← Q and A_KK ← −D for a slice of rows. */
export function put(args: usize, chunk: i32, scratch: usize): void {
  const a = address(args, 0), n = count(args, 1), start = count(args, 2), width = count(args, 3), size = count(args, 7);
  const stride = <usize>n << 3, d = address(args, 6), q = address(args, 5);
  const last = min(n, (chunk + 1) * size);
  for (let i = chunk * size; i < last; i++) {
    const panel = q + (<usize>((i & -ROWS) * width) << 3) + (<usize>(i & (ROWS - 1)) << 3);
    for (let k = 0; k < width; k++) {
      if (i >= start && i < start + width)
        store<f64>(a + i * stride + (<usize>(start + k) << 3), -load<f64>(d + (<usize>((i - start) * width + k) << 3)));
      else if (i > start) store<f64>(a + i * stride + (<usize>(start + k) << 3), -load<f64>(panel + (k << 5)));
      else store<f64>(a + (start + k) * stride + (<usize>i << 3), -load<f64>(panel + (k << 5)));
    }
  }
}

/** Copies the lower triangle of a slice of rows to the upper one. */
export function mirror(args: usize, chunk: i32, scratch: usize): void {
  const a = address(args, 0), n = count(args, 1), size = count(args, 7);
  const stride = <usize>n << 3;
  const last = min(n, (chunk + 1) * size);
  for (let i = chunk * size; i < last; i++)
    for (let j = 0; j < i; j++) store<f64>(a + j * stride + (<usize>i << 3), load<f64>(a + i * stride + (<usize>j << 3)));
}
