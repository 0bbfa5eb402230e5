import { gelu } from './_gelu';
import { bytes, fma, loadSplat, splat, transposeTile4 } from '../../tensor/kernels/_simd';

// Samples lie side by side in lanes: a row is one number of each of 8 samples (float32) or 4 (float64), 32 bytes, two
// vectors; a token is as many rows as it has features. Norms, gelu and softmax then need no sums across lanes, and a
// product with a matrix broadcasts weights that lie in panels of four outputs, [inputs][4]. Fused multiply-add comes from
// ASC_FEATURE_RELAXED_SIMD where the engine has it.

/** Bytes of a row. */
export const ROW: usize = 32;

/** Samples of a row. */
// @ts-ignore: decorator
@inline export function samplesOfRow<T>(): i32 {
  return 32 >> alignof<T>();
}

/** n rounded up to a multiple of four. */
// @ts-ignore: decorator
@inline export function upToFour(n: i32): i32 {
  return (n + 3) & -4;
}

/** Where the sums of a tile begin: at nothing, the bias, what is there, or both. */
export const ZERO: i32 = 0;
export const BIAS: i32 = 1;
export const KEEP: i32 = 2;
export const ADD: i32 = 3;

// @ts-ignore: decorator
@inline function splatAt<T>(p: usize, r: usize): v128 {
  return loadSplat<T>(p + r * sizeof<T>());
}

/**
 * Four rows c_r = start + Σ_k a[k][r]·b[k] of two vectors; the four numbers a[k] lie at a + k·sa, row k of b at b + k·sb,
 * row r of c at c + r·sc (bytes). start: ZERO, BIAS (number r at `bias`), KEEP (the row itself), or ADD (both).
 */
// @ts-ignore: decorator
@inline export function tile<T>(
  k: i32, a: usize, sa: usize, b: usize, sb: usize, c: usize, sc: usize, start: i32, bias: usize, activate: bool,
): void {
  let c00 = splat<T>(0), c01 = c00, c10 = c00, c11 = c00, c20 = c00, c21 = c00, c30 = c00, c31 = c00;
  if (start & BIAS) {
    c00 = splatAt<T>(bias, 0); c01 = c00;
    c10 = splatAt<T>(bias, 1); c11 = c10;
    c20 = splatAt<T>(bias, 2); c21 = c20;
    c30 = splatAt<T>(bias, 3); c31 = c30;
  }
  if (start & KEEP) {
    c00 = v128.add<T>(c00, v128.load(c)); c01 = v128.add<T>(c01, v128.load(c, 16));
    c10 = v128.add<T>(c10, v128.load(c + sc)); c11 = v128.add<T>(c11, v128.load(c + sc, 16));
    c20 = v128.add<T>(c20, v128.load(c + 2 * sc)); c21 = v128.add<T>(c21, v128.load(c + 2 * sc, 16));
    c30 = v128.add<T>(c30, v128.load(c + 3 * sc)); c31 = v128.add<T>(c31, v128.load(c + 3 * sc, 16));
  }
  for (const end = b + k * sb; b != end; b += sb) {
    const b0 = v128.load(b), b1 = v128.load(b, 16);
    let x = loadSplat<T>(a); c00 = fma<T>(x, b0, c00); c01 = fma<T>(x, b1, c01);
    x = sizeof<T>() == 4 ? v128.load32_splat(a, 4) : v128.load64_splat(a, 8);
    c10 = fma<T>(x, b0, c10); c11 = fma<T>(x, b1, c11);
    x = sizeof<T>() == 4 ? v128.load32_splat(a, 8) : v128.load64_splat(a, 16);
    c20 = fma<T>(x, b0, c20); c21 = fma<T>(x, b1, c21);
    x = sizeof<T>() == 4 ? v128.load32_splat(a, 12) : v128.load64_splat(a, 24);
    c30 = fma<T>(x, b0, c30); c31 = fma<T>(x, b1, c31);
    a += sa;
  }
  if (activate) {
    c00 = gelu<T>(c00); c01 = gelu<T>(c01); c10 = gelu<T>(c10); c11 = gelu<T>(c11);
    c20 = gelu<T>(c20); c21 = gelu<T>(c21); c30 = gelu<T>(c30); c31 = gelu<T>(c31);
  }
  v128.store(c, c00); v128.store(c, c01, 16);
  v128.store(c + sc, c10); v128.store(c + sc, c11, 16);
  v128.store(c + 2 * sc, c20); v128.store(c + 2 * sc, c21, 16);
  v128.store(c + 3 * sc, c30); v128.store(c + 3 * sc, c31, 16);
}

/** y = start + W·x for each of `tokens` tokens (strides sx, sy in bytes); W packed in panels of four outputs. */
export function linear<T>(
  tokens: i32, inputs: i32, outputs: i32, w: usize, bias: usize, x: usize, sx: usize, y: usize, sy: usize, start: i32,
): void {
  for (let r = 0; r < outputs; r += 4) {
    const panel = w + bytes<T>(r * inputs);
    for (let t = 0; t < tokens; t++)
      tile<T>(inputs, panel, bytes<T>(4), x + t * sx, ROW, y + t * sy + r * ROW, ROW, start, bias + bytes<T>(r), false);
  }
}

/** y = gelu(bias + W·x). */
export function linearGelu<T>(
  tokens: i32, inputs: i32, outputs: i32, w: usize, bias: usize, x: usize, sx: usize, y: usize, sy: usize,
): void {
  for (let r = 0; r < outputs; r += 4) {
    const panel = w + bytes<T>(r * inputs);
    for (let t = 0; t < tokens; t++)
      tile<T>(inputs, panel, bytes<T>(4), x + t * sx, ROW, y + t * sy + r * ROW, ROW, BIAS, bias + bytes<T>(r), true);
  }
}

/**
 * y_i = Σ_j weights[head][i][j]·x_j for the features of each head. Weights lie in panels of four i, [head][panel][j][4];
 * y has room for a whole number of panels.
 */
export function mix<T>(tokens: i32, heads: i32, width: i32, weights: usize, x: usize, sx: usize, y: usize, sy: usize): void {
  for (let h = 0; h < heads; h++)
    for (let i = 0; i < tokens; i += 4) {
      for (let f = h * width; f < (h + 1) * width; f++)
        tile<T>(tokens, weights, bytes<T>(4), x + f * ROW, sx, y + i * sy + f * ROW, sy, ZERO, 0, false);
      weights += bytes<T>(4 * tokens);
    }
}

/** out [inputs, outputs] = Σ_t a_t ⊗ d_t for numbers in rows: token t at a + t·sa and d + t·sd; `spare`: 256 bytes. */
export function outer<T>(
  tokens: i32, inputs: i32, outputs: i32, a: usize, sa: usize, d: usize, sd: usize, out: usize, spare: usize,
): void {
  const columns = samplesOfRow<T>();
  const stride = bytes<T>(outputs);
  for (let k = 0; k < inputs; k += 4)
    for (let f = 0; f < outputs; f += columns) {
      const to = out + k * stride + bytes<T>(f);
      const from = d + bytes<T>(f);
      if (inputs - k >= 4 && outputs - f >= columns) {
        tile<T>(tokens, a + bytes<T>(k), sa, from, sd, to, stride, ZERO, 0, false);
        continue;
      }
      tile<T>(tokens, a + bytes<T>(k), sa, from, sd, spare, ROW, ZERO, 0, false);
      for (let r = 0; r < min(4, inputs - k); r++)
        memory.copy(to + r * stride, spare + r * ROW, bytes<T>(min(columns, outputs - f)));
    }
}

/** Two numbers of two rows (stride sx) into two rows (stride sy), transposed; for numbers of eight bytes. */
// @ts-ignore: decorator
@inline function transposeTile2(x: usize, sx: usize, y: usize, sy: usize): void {
  const a = v128.load(x), b = v128.load(x + sx);
  v128.store(y, i8x16.shuffle(a, b, 0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23));
  v128.store(y + sy, i8x16.shuffle(a, b, 8, 9, 10, 11, 12, 13, 14, 15, 24, 25, 26, 27, 28, 29, 30, 31));
}

/** `rows` rows into one line for each sample, `stride` bytes apart; writes up to a multiple of four numbers. */
// @ts-ignore: decorator
@inline export function toLines<T>(rows: i32, x: usize, out: usize, stride: usize): void {
  if (sizeof<T>() == 4) {
    for (let f = 0; f < rows; f += 4) {
      transposeTile4(x, ROW, out, stride);
      transposeTile4(x + 16, ROW, out + 4 * stride, stride);
      x += 4 * ROW;
      out += 16;
    }
    return;
  }
  for (let f = 0; f < rows; f += 2) {
    transposeTile2(x, ROW, out, stride);
    transposeTile2(x + 16, ROW, out + 2 * stride, stride);
    x += 2 * ROW;
    out += 16;
  }
}

/** The inverse of toLines: one line of `rows` numbers for each sample into rows. */
// @ts-ignore: decorator
@inline export function fromLines<T>(rows: i32, x: usize, stride: usize, out: usize): void {
  if (sizeof<T>() == 4) {
    for (let f = 0; f < rows; f += 4) {
      transposeTile4(x, stride, out, ROW);
      transposeTile4(x + 4 * stride, stride, out + 16, ROW);
      x += 16;
      out += 4 * ROW;
    }
    return;
  }
  for (let f = 0; f < rows; f += 2) {
    transposeTile2(x, stride, out, ROW);
    transposeTile2(x + 2 * stride, stride, out + 16, ROW);
    x += 16;
    out += 2 * ROW;
  }
}

/**
 * Layer norm of each token over its features. y may be x; where `hat` is not null, the normalised features and one row of
 * inverse deviations for each token are kept there.
 */
export function norm<T>(
  tokens: i32, features: i32, x: usize, sx: usize, gain: usize, bias: usize, y: usize, sy: usize, hat: usize, inverse: usize,
): void {
  const share = splat<T>(1 / <f64>features);
  for (let t = 0; t < tokens; t++) {
    let m0 = splat<T>(0), m1 = m0, v0 = m0, v1 = m0;
    const end = x + features * ROW;
    for (let p = x; p != end; p += ROW) {
      m0 = v128.add<T>(m0, v128.load(p));
      m1 = v128.add<T>(m1, v128.load(p, 16));
    }
    m0 = v128.mul<T>(m0, share);
    m1 = v128.mul<T>(m1, share);
    for (let p = x; p != end; p += ROW) {
      const a = v128.sub<T>(v128.load(p), m0), b = v128.sub<T>(v128.load(p, 16), m1);
      v0 = fma<T>(a, a, v0);
      v1 = fma<T>(b, b, v1);
    }
    v0 = v128.div<T>(splat<T>(1), v128.sqrt<T>(fma<T>(v0, share, splat<T>(1e-6))));
    v1 = v128.div<T>(splat<T>(1), v128.sqrt<T>(fma<T>(v1, share, splat<T>(1e-6))));
    if (inverse) {
      v128.store(inverse + t * ROW, v0);
      v128.store(inverse + t * ROW, v1, 16);
    }
    for (let f = 0; f < features; f++) {
      const p = x + f * ROW;
      const a = v128.mul<T>(v128.sub<T>(v128.load(p), m0), v0), b = v128.mul<T>(v128.sub<T>(v128.load(p, 16), m1), v1);
      const g = loadSplat<T>(gain + bytes<T>(f)), c = loadSplat<T>(bias + bytes<T>(f));
      v128.store(y + f * ROW, fma<T>(a, g, c));
      v128.store(y + f * ROW, fma<T>(b, g, c), 16);
      if (hat) {
        v128.store(hat + f * ROW, a);
        v128.store(hat + f * ROW, b, 16);
      }
    }
    x += sx;
    y += sy;
    if (hat) hat += sx;
  }
}
