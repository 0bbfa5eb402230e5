import { address, count } from './_args';
import { ROWS, packedProduct, roundUp } from './_gemm';

// Right-looking blocked factorization, float64. Every pass is over a block of `width` columns that begins at `start`:
// the diagonal block alone, then the rows below it, then everything to the right of it.
// Common arguments: l [n, n], n, start, width, positive panels, negative panels, rows of a slice.

/** Copies a to l. Arguments: a, l, n, rows of a slice. */
export function copyRows(args: usize, chunk: i32, scratch: usize): void {
  const n = count(args, 2);
  const first = chunk * count(args, 3);
  const rows = min(count(args, 3), n - first);
  const shift = <usize>(first * n) << 3;
  memory.copy(address(args, 1) + shift, address(args, 0) + shift, <usize>(rows * n) << 3);
}

/** Clears what stands above the diagonal of l. Arguments: l, n, rows of a slice. */
export function clearUpper(args: usize, chunk: i32, scratch: usize): void {
  const n = count(args, 1);
  const size = count(args, 2);
  const last = min(n, (chunk + 1) * size);
  for (let i = chunk * size; i < last; i++)
    memory.fill(address(args, 0) + (<usize>(i * n + i + 1) << 3), 0, <usize>(n - i - 1) << 3);
}

// @ts-ignore: decorator
@inline function dot(x: usize, y: usize, n: i32): f64 {
  let a = f64x2.splat(0);
  let b = a;
  let k = 0;
  for (; k + 4 <= n; k += 4, x += 32, y += 32) {
    a = f64x2.add(a, f64x2.mul(v128.load(x), v128.load(y)));
    b = f64x2.add(b, f64x2.mul(v128.load(x, 16), v128.load(y, 16)));
  }
  a = f64x2.add(a, b);
  let sum = f64x2.extract_lane(a, 0) + f64x2.extract_lane(a, 1);
  for (; k < n; k++, x += 8, y += 8) sum += load<f64>(x) * load<f64>(y);
  return sum;
}

/** Factors the diagonal block. */
export function diagonal(args: usize, chunk: i32, scratch: usize): void {
  const n = count(args, 1);
  const width = count(args, 3);
  const stride = <usize>n << 3;
  const d = address(args, 0) + count(args, 2) * (stride + 8);
  for (let j = 0; j < width; j++) {
    const row = d + j * stride;
    const square = load<f64>(row + (j << 3)) - dot(row, row, j);
    const pivot = square > 0 ? sqrt<f64>(square) : NaN;
    store<f64>(row + (j << 3), pivot);
    for (let i = j + 1; i < width; i++) {
      const at = d + i * stride + (j << 3);
      store<f64>(at, (load<f64>(at) - dot(d + i * stride, row, j)) / pivot);
    }
  }
}

/** Four rows q := q·D⁻ᵀ in panel form, transposed: element (row, j) at p + 32·j + 8·row; also −q at m. */
// @ts-ignore: decorator
@inline function solvePanel(d: usize, stride: usize, width: i32, p: usize, m: usize): void {
  for (let j = 0; j < width; j++) {
    const row = d + j * stride;
    let a = v128.load(p + (j << 5));
    let b = v128.load(p + (j << 5), 16);
    let c = f64x2.splat(0);
    let e = c;
    let k = 0;
    for (; k + 2 <= j; k += 2) {
      let x = v128.load64_splat(row + (k << 3));
      a = f64x2.sub(a, f64x2.mul(x, v128.load(p + (k << 5))));
      b = f64x2.sub(b, f64x2.mul(x, v128.load(p + (k << 5), 16)));
      x = v128.load64_splat(row + (k << 3), 8);
      c = f64x2.add(c, f64x2.mul(x, v128.load(p + (k << 5), 32)));
      e = f64x2.add(e, f64x2.mul(x, v128.load(p + (k << 5), 48)));
    }
    if (k < j) {
      const x = v128.load64_splat(row + (k << 3));
      a = f64x2.sub(a, f64x2.mul(x, v128.load(p + (k << 5))));
      b = f64x2.sub(b, f64x2.mul(x, v128.load(p + (k << 5), 16)));
    }
    const pivot = v128.load64_splat(row + (j << 3));
    a = f64x2.div(f64x2.sub(a, c), pivot);
    b = f64x2.div(f64x2.sub(b, e), pivot);
    v128.store(p + (j << 5), a);
    v128.store(p + (j << 5), b, 16);
    v128.store(m + (j << 5), f64x2.neg(a));
    v128.store(m + (j << 5), f64x2.neg(b), 16);
  }
}

/** Solves the rows below the diagonal block, a slice (a multiple of four) in each chunk, and keeps them as panels. */
export function below(args: usize, chunk: i32, scratch: usize): void {
  const n = count(args, 1);
  const start = count(args, 2);
  const width = count(args, 3);
  const size = count(args, 6);
  const stride = <usize>n << 3;
  const d = address(args, 0) + start * (stride + 8);
  const rows = n - start - width;
  const q = d + width * stride;
  const last = min(rows, (chunk + 1) * size);
  for (let i = chunk * size; i < last; i += ROWS) {
    const p = address(args, 4) + (<usize>(i * width) << 3);
    const m = address(args, 5) + (<usize>(i * width) << 3);
    for (let r = 0; r < ROWS; r++)
      for (let j = 0; j < width; j++)
        store<f64>(p + (j << 5) + (r << 3), i + r < rows ? load<f64>(q + (i + r) * stride + (j << 3)) : 0);
    solvePanel(d, stride, width, p, m);
    for (let r = 0; r < min(ROWS, rows - i); r++)
      for (let j = 0; j < width; j++) store<f64>(q + (i + r) * stride + (j << 3), load<f64>(p + (j << 5) + (r << 3)));
  }
}

/** Subtracts the panels' products from the rows to the right, up to the diagonal. Scratch: 128 bytes. */
export function update(args: usize, chunk: i32, scratch: usize): void {
  const n = count(args, 1);
  const start = count(args, 2) + count(args, 3);
  const width = count(args, 3);
  const stride = <usize>n << 3;
  const rows = n - start;
  const first = chunk * count(args, 6);
  const height = min(count(args, 6), rows - first);
  const c = address(args, 0) + start * (stride + 8);
  const a = address(args, 5) + (<usize>(first * width) << 3);
  packedProduct<f64>(height, min(rows, roundUp(first + height, ROWS)), width, a, address(args, 4), c + first * stride, stride, 1, 0, scratch);
}
