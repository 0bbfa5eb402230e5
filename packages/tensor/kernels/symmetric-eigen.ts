import { address, count, real } from './_args';
import { fma, fnma } from './_simd';

// Householder's reduction of a symmetric matrix to tridiagonal form, the product of its reflections, and the rotations
// of implicit QL on the vectors; float64. Row j of the matrix keeps, from its column j + 1 on, the vector of reflection
// j (its first number is 1). Vectors are rows, `pitch` bytes apart, so that a rotation acts on two rows.

// @ts-ignore: decorator
@inline function dot(x: usize, y: usize, n: i32): f64 {
  let a = f64x2.splat(0), b = a;
  let k = 0;
  for (; k + 4 <= n; k += 4, x += 32, y += 32) {
    a = fma<f64>(v128.load(x), v128.load(y), a);
    b = fma<f64>(v128.load(x, 16), v128.load(y, 16), b);
  }
  a = f64x2.add(a, b);
  let sum = f64x2.extract_lane(a, 0) + f64x2.extract_lane(a, 1);
  for (; k < n; k++, x += 8, y += 8) sum += load<f64>(x) * load<f64>(y);
  return sum;
}

/** x −= a·v + b·w. */
// @ts-ignore: decorator
@inline function subtractTwo(x: usize, a: f64, v: usize, b: f64, w: usize, n: i32): void {
  const aa = f64x2.splat(a), bb = f64x2.splat(b);
  let k = 0;
  for (; k + 2 <= n; k += 2, x += 16, v += 16, w += 16)
    v128.store(x, fnma<f64>(aa, v128.load(v), fnma<f64>(bb, v128.load(w), v128.load(x))));
  for (; k < n; k++, x += 8, v += 8, w += 8) store<f64>(x, load<f64>(x) - a * load<f64>(v) - b * load<f64>(w));
}

/** x −= a·v + b·w, and the inner product of the new x with u, in one pass. */
// @ts-ignore: decorator
@inline function subtractTwoAndDot(x: usize, a: f64, v: usize, b: f64, w: usize, u: usize, n: i32): f64 {
  const aa = f64x2.splat(a), bb = f64x2.splat(b);
  let p = f64x2.splat(0), q = p;
  let k = 0;
  for (; k + 4 <= n; k += 4, x += 32, v += 32, w += 32, u += 32) {
    const y = fnma<f64>(aa, v128.load(v), fnma<f64>(bb, v128.load(w), v128.load(x)));
    const z = fnma<f64>(aa, v128.load(v, 16), fnma<f64>(bb, v128.load(w, 16), v128.load(x, 16)));
    v128.store(x, y);
    v128.store(x, z, 16);
    p = fma<f64>(y, v128.load(u), p);
    q = fma<f64>(z, v128.load(u, 16), q);
  }
  p = f64x2.add(p, q);
  let sum = f64x2.extract_lane(p, 0) + f64x2.extract_lane(p, 1);
  for (; k < n; k++, x += 8, v += 8, w += 8, u += 8) {
    const y = load<f64>(x) - a * load<f64>(v) - b * load<f64>(w);
    store<f64>(x, y);
    sum += y * load<f64>(u);
  }
  return sum;
}

/** Turns x into the vector of a reflection that maps it to β·e₁; stores β and τ. */
// @ts-ignore: decorator
@inline function reflection(x: usize, n: i32, beta: usize, tau: usize): void {
  const head = load<f64>(x);
  const square = dot(x + 8, x + 8, n - 1);
  if (square == 0) {
    store<f64>(beta, head);
    store<f64>(tau, 0);
  } else {
    const length = sqrt<f64>(head * head + square);
    const target = head > 0 ? -length : length;
    store<f64>(beta, target);
    store<f64>(tau, (target - head) / target);
    const scale = 1 / (head - target);
    for (let k = 1; k < n; k++) store<f64>(x + (k << 3), load<f64>(x + (k << 3)) * scale);
  }
  store<f64>(x, 1);
}

/**
 * Ends reflection j − 1 (w from p), applies it to row j, and makes reflection j. Arguments: a [n, n], n, j, p, w,
 * diagonal, off-diagonal, factors τ.
 */
export function reflect(args: usize, chunk: i32, scratch: usize): void {
  const n = count(args, 1);
  const j = count(args, 2);
  const w = address(args, 4);
  const taus = address(args, 7);
  const row = address(args, 0) + (<usize>(j * n) << 3);
  const shift = <usize>j << 3;
  if (j > 0) {
    const v = row - (<usize>n << 3) + shift;
    const p = address(args, 3) + shift;
    const tau = load<f64>(taus + shift - 8);
    const half = 0.5 * tau * tau * dot(p, v, n - j);
    for (let k: usize = 0; k < <usize>(n - j) << 3; k += 8)
      store<f64>(w + shift + k, tau * load<f64>(p + k) - half * load<f64>(v + k));
    subtractTwo(row + shift, load<f64>(w + shift), v, 1, w + shift, n - j);
  }
  store<f64>(address(args, 5) + shift, load<f64>(row + shift));
  if (j + 1 < n) reflection(row + shift + 8, n - j - 1, address(args, 6) + shift, taus + shift);
}

/**
 * Applies reflection j − 1 to a band of the rows after j and multiplies them with the vector of reflection j: p.
 * Arguments: as for `reflect`, then rows of a band.
 */
export function sweepRows(args: usize, chunk: i32, scratch: usize): void {
  const a = address(args, 0);
  const n = count(args, 1);
  const j = count(args, 2);
  const w = address(args, 4);
  const stride = <usize>n << 3;
  const shift = <usize>(j + 1) << 3;
  const v = a + j * stride + shift;
  const former = v - stride;
  const first = j + 1 + chunk * count(args, 8);
  const last = min(n, first + count(args, 8));
  for (let i = first; i < last; i++) {
    const row = a + i * stride + shift;
    const at = <usize>i << 3;
    const length = n - j - 1;
    store<f64>(
      address(args, 3) + at,
      j > 0
        ? subtractTwoAndDot(row, load<f64>(w + at), former, load<f64>(former - shift + at), w + shift, v, length)
        : dot(row, v, length),
    );
  }
}

/** Four rows z := z − τ (v·z) v. */
// @ts-ignore: decorator
@inline function reflectFour(v: usize, tau: f64, z: usize, pitch: usize, n: i32): void {
  let a = f64x2.splat(0), b = a, c = a, d = a;
  const whole = <usize>(n & ~1) << 3;
  const rest = <bool>(n & 1);
  for (let at: usize = 0; at < whole; at += 16) {
    const x = v128.load(v + at);
    const y = z + at;
    a = fma<f64>(x, v128.load(y), a);
    b = fma<f64>(x, v128.load(y + pitch), b);
    c = fma<f64>(x, v128.load(y + 2 * pitch), c);
    d = fma<f64>(x, v128.load(y + 3 * pitch), d);
  }
  const tail = rest ? load<f64>(v + whole) : 0;
  const y = z + whole;
  const p = tau * (f64x2.extract_lane(a, 0) + f64x2.extract_lane(a, 1) + (rest ? tail * load<f64>(y) : 0));
  const q = tau * (f64x2.extract_lane(b, 0) + f64x2.extract_lane(b, 1) + (rest ? tail * load<f64>(y + pitch) : 0));
  const r = tau * (f64x2.extract_lane(c, 0) + f64x2.extract_lane(c, 1) + (rest ? tail * load<f64>(y + 2 * pitch) : 0));
  const s = tau * (f64x2.extract_lane(d, 0) + f64x2.extract_lane(d, 1) + (rest ? tail * load<f64>(y + 3 * pitch) : 0));
  a = f64x2.splat(p);
  b = f64x2.splat(q);
  c = f64x2.splat(r);
  d = f64x2.splat(s);
  for (let at: usize = 0; at < whole; at += 16) {
    const x = v128.load(v + at);
    const to = z + at;
    v128.store(to, fnma<f64>(a, x, v128.load(to)));
    v128.store(to + pitch, fnma<f64>(b, x, v128.load(to + pitch)));
    v128.store(to + 2 * pitch, fnma<f64>(c, x, v128.load(to + 2 * pitch)));
    v128.store(to + 3 * pitch, fnma<f64>(d, x, v128.load(to + 3 * pitch)));
  }
  if (rest) {
    store<f64>(y, load<f64>(y) - p * tail);
    store<f64>(y + pitch, load<f64>(y + pitch) - q * tail);
    store<f64>(y + 2 * pitch, load<f64>(y + 2 * pitch) - r * tail);
    store<f64>(y + 3 * pitch, load<f64>(y + 3 * pitch) - s * tail);
  }
}

/**
 * Four columns of the product of all reflections, as rows of z. Arguments: a, n, factors τ, z [n rounded up to 4],
 * pitch. Reflection j does not touch unit vectors up to j.
 */
export function accumulate(args: usize, chunk: i32, scratch: usize): void {
  const a = address(args, 0);
  const n = count(args, 1);
  const pitch = address(args, 4);
  const first = 4 * chunk;
  const z = address(args, 3) + first * pitch;
  memory.fill(z, 0, 4 * pitch);
  for (let r = 0; r < min(4, n - first); r++) store<f64>(z + r * pitch + (<usize>(first + r) << 3), 1);
  for (let j = min(first + 3, n - 1) - 1; j >= 0; j--) {
    const shift = <usize>(j + 1) << 3;
    const tau = load<f64>(address(args, 2) + (<usize>j << 3));
    if (tau != 0) reflectFour(a + (<usize>(j * n) << 3) + shift, tau, z + shift, pitch, n - j - 1);
  }
}

/**
 * Applies sweeps of rotations to eight columns of z in each chunk. Arguments: z, pitch, sweeps, table of sweeps (low,
 * number of rotations), cosines and sines side by side. The rotations of a sweep go from the highest row down:
 * row i + 1 := s·row i + c·row (i + 1), row i := c·row i − s·row (i + 1).
 */
export function rotate(args: usize, chunk: i32, scratch: usize): void {
  const pitch = address(args, 1);
  const sweeps = count(args, 2);
  const left = address(args, 0) + (<usize>chunk << 6);
  let table = address(args, 3);
  let pairs = address(args, 4);
  for (let sweep = 0; sweep < sweeps; sweep++, table += 16) {
    const rotations = count(table, 1);
    let row = left + <usize>(count(table, 0) + rotations) * pitch;
    let a = v128.load(row), b = v128.load(row, 16), c = v128.load(row, 32), d = v128.load(row, 48);
    for (let k = 0; k < rotations; k++, pairs += 16) {
      const cosine = v128.load64_splat(pairs), sine = v128.load64_splat(pairs, 8);
      const below = row - pitch;
      let x = v128.load(below);
      v128.store(row, fma<f64>(sine, x, f64x2.mul(cosine, a)));
      a = fnma<f64>(sine, a, f64x2.mul(cosine, x));
      x = v128.load(below, 16);
      v128.store(row, fma<f64>(sine, x, f64x2.mul(cosine, b)), 16);
      b = fnma<f64>(sine, b, f64x2.mul(cosine, x));
      x = v128.load(below, 32);
      v128.store(row, fma<f64>(sine, x, f64x2.mul(cosine, c)), 32);
      c = fnma<f64>(sine, c, f64x2.mul(cosine, x));
      x = v128.load(below, 48);
      v128.store(row, fma<f64>(sine, x, f64x2.mul(cosine, d)), 48);
      d = fnma<f64>(sine, d, f64x2.mul(cosine, x));
      row = below;
    }
    v128.store(row, a);
    v128.store(row, b, 16);
    v128.store(row, c, 32);
    v128.store(row, d, 48);
  }
}

/**
 * Writes eight rows of z, in the order of a list, as columns of out [n, n], each with the sign of its greatest number
 * (the first of those as great within a part in `slack`). Arguments: z, pitch, n, list, out, slack.
 */
export function writeColumns(args: usize, chunk: i32, scratch: usize): void {
  const pitch = address(args, 1);
  const n = count(args, 2);
  const first = 8 * chunk;
  const last = min(n, first + 8);
  for (let c = first; c < last; c++) {
    const row = address(args, 0) + <usize>count(address(args, 3), c) * pitch;
    let most: f64 = 0;
    for (let k = 0; k < n; k++) most = max(most, abs(load<f64>(row + (k << 3))));
    most *= 1 - real(args, 5);
    let k = 0;
    while (k < n - 1 && !(abs(load<f64>(row + (k << 3))) >= most)) k++;
    const sign: f64 = load<f64>(row + (k << 3)) < 0 ? -1 : 1;
    store<f64>(scratch + ((c - first) << 3), sign);
    store<f64>(scratch + 64 + ((c - first) << 3), <f64>row);
  }
  for (let r = 0; r < n; r++)
    for (let c = first; c < last; c++) {
      const row = <usize>load<f64>(scratch + 64 + ((c - first) << 3));
      const x = load<f64>(row + (r << 3)) * load<f64>(scratch + ((c - first) << 3));
      store<f64>(address(args, 4) + (<usize>(r * n + c) << 3), x);
    }
}
