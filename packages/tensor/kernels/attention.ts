import { address, count, real } from './_args';
import { ROWS, columns, roundUp, smallProduct } from './_gemm';
import { padColumns, padLines, unpadLines } from './_lines';
import { restLanes, rowDot, rowExp, wholeVectors } from './_rows';
import { bytes, firstLanes, lanes, maxLanes, select, splat, storeFirst } from './_simd';

// One chunk does some (batch, head) pairs. In scratch, rows are padded to whole vectors of a tile and matrices to
// whole tiles, all with zeroes, so that products need no edges.

/** s = scale·s + mask over a row of n numbers, −∞ behind it up to a whole vector; returns the greatest. */
// @ts-ignore: decorator
@inline function scaleRow<T>(s: usize, n: i32, factor: v128, mask: usize): T {
  const whole = wholeVectors<T>(n);
  const rest = restLanes<T>(n);
  let m = splat<T>(-Infinity);
  for (let at: usize = 0; at < whole; at += 16) {
    let x = v128.mul<T>(v128.load(s + at), factor);
    if (mask) x = v128.add<T>(x, v128.load(mask + at));
    v128.store(s + at, x);
    m = v128.pmax<T>(m, x);
  }
  if (rest) {
    let x = v128.mul<T>(v128.load(s + whole), factor);
    if (mask) x = v128.add<T>(x, v128.load(mask + whole));
    x = select(firstLanes<T>(rest), x, splat<T>(-Infinity));
    v128.store(s + whole, x);
    m = v128.pmax<T>(m, x);
  }
  return maxLanes<T>(m);
}

/**
 * p = softmax(scale·s + mask) for rows of `sites` numbers, `padded` apart, kept with zeroes behind them and copied to
 * out [sites, sites].
 */
// @ts-ignore: decorator
@inline function probabilities<T>(s: usize, padded: i32, sites: i32, scale: f64, mask: usize, out: usize): void {
  const factor = splat<T>(scale);
  const row = bytes<T>(sites);
  const whole = wholeVectors<T>(sites);
  const rest = restLanes<T>(sites);
  const full = roundUp(sites, lanes<T>());
  for (let i = 0; i < sites; i++, s += bytes<T>(padded), out += row) {
    const m = scaleRow<T>(s, sites, factor, mask);
    const share = v128.splat<T>(<T>(1 / rowExp<T>(s, s, full, m)));
    for (let at: usize = 0; at < whole; at += 16) {
      const p = v128.mul<T>(v128.load(s + at), share);
      v128.store(s + at, p);
      v128.store(out + at, p);
    }
    if (rest) {
      const p = v128.mul<T>(v128.load(s + whole), share);
      v128.store(s + whole, p);
      storeFirst<T>(out + whole, p, rest);
    }
    if (mask) mask += row;
  }
}

/**
 * Arguments: q, k, v, mask or 0, out, probabilities, batch·heads, sites, heads, width, scale, pairs of a slice.
 * Scratch, in numbers: height·(line + 3·wide) + width·line with height, line = sites rounded up to whole tiles and
 * wide = width rounded up.
 */
// @ts-ignore: decorator
@inline function forward<T>(args: usize, chunk: i32, scratch: usize): void {
  const sites = count(args, 7);
  const heads = count(args, 8);
  const width = count(args, 9);
  const size = count(args, 11);
  const last = min(count(args, 6), (chunk + 1) * size);
  const height = roundUp(sites, ROWS);
  const line = roundUp(sites, columns<T>());
  const wide = roundUp(width, columns<T>());
  const stride = bytes<T>(heads * width);
  const s = scratch;
  const q = s + bytes<T>(height * line);
  const v = q + bytes<T>(height * wide);
  const o = v + bytes<T>(height * wide);
  const k = o + bytes<T>(height * wide);
  for (let pair = chunk * size; pair < last; pair++) {
    const item = pair / heads;
    const from = bytes<T>(item * sites * heads * width + (pair - item * heads) * width);
    padLines<T>(address(args, 0) + from, stride, q, sites, width, wide, height);
    padColumns<T>(address(args, 1) + from, stride, k, sites, width, line);
    padLines<T>(address(args, 2) + from, stride, v, sites, width, wide, height);
    smallProduct<T>(height, line, width, q, bytes<T>(wide), sizeof<T>(), k, bytes<T>(line), s, bytes<T>(line));
    const out = address(args, 5) + bytes<T>(pair * sites * sites);
    probabilities<T>(s, line, sites, real(args, 10), address(args, 3), out);
    smallProduct<T>(height, wide, sites, s, bytes<T>(line), sizeof<T>(), v, bytes<T>(wide), o, bytes<T>(wide));
    unpadLines<T>(o, wide, address(args, 4) + from, stride, sites, width);
  }
}
export function attention32(args: usize, chunk: i32, scratch: usize): void {
  forward<f32>(args, chunk, scratch);
}
export function attention64(args: usize, chunk: i32, scratch: usize): void {
  forward<f64>(args, chunk, scratch);
}

/** d = scale·p·(d − Σ p·d), row by row. */
// @ts-ignore: decorator
@inline function scoreGrad<T>(p: usize, d: usize, padded: i32, sites: i32, scale: f64): void {
  const factor = splat<T>(scale);
  for (let i = 0; i < sites; i++, p += bytes<T>(padded), d += bytes<T>(padded)) {
    const dot = splat<T>(rowDot<T>(p, d, padded));
    for (let at: usize = 0; at < bytes<T>(padded); at += 16) {
      const slope = v128.mul<T>(v128.load(p + at), v128.sub<T>(v128.load(d + at), dot));
      v128.store(d + at, v128.mul<T>(slope, factor));
    }
  }
}

/**
 * Arguments: q, k, v, probabilities, g, dq, dk, dv, batch·heads, sites, heads, width, scale, pairs of a slice.
 * Scratch, in numbers: 2·height·line + 4·height·wide + width·line; see forward.
 */
// @ts-ignore: decorator
@inline function backward<T>(args: usize, chunk: i32, scratch: usize): void {
  const sites = count(args, 9);
  const heads = count(args, 10);
  const width = count(args, 11);
  const size = count(args, 13);
  const last = min(count(args, 8), (chunk + 1) * size);
  const height = roundUp(sites, ROWS);
  const line = roundUp(sites, columns<T>());
  const wide = roundUp(width, columns<T>());
  const stride = bytes<T>(heads * width);
  const rowLine = bytes<T>(line);
  const rowWide = bytes<T>(wide);
  const p = scratch;
  const d = p + height * rowLine;
  const q = d + height * rowLine;
  const k = q + height * rowWide;
  const g = k + height * rowWide;
  const o = g + height * rowWide;
  const v = o + height * rowWide;
  for (let pair = chunk * size; pair < last; pair++) {
    const item = pair / heads;
    const from = bytes<T>(item * sites * heads * width + (pair - item * heads) * width);
    padLines<T>(address(args, 3) + bytes<T>(pair * sites * sites), bytes<T>(sites), p, sites, sites, line, height);
    padLines<T>(address(args, 0) + from, stride, q, sites, width, wide, height);
    padLines<T>(address(args, 1) + from, stride, k, sites, width, wide, height);
    padLines<T>(address(args, 4) + from, stride, g, sites, width, wide, height);
    padColumns<T>(address(args, 2) + from, stride, v, sites, width, line);
    smallProduct<T>(height, wide, sites, p, sizeof<T>(), rowLine, g, rowWide, o, rowWide);
    unpadLines<T>(o, wide, address(args, 7) + from, stride, sites, width);
    smallProduct<T>(height, line, width, g, rowWide, sizeof<T>(), v, rowLine, d, rowLine);
    scoreGrad<T>(p, d, line, sites, real(args, 12));
    smallProduct<T>(height, wide, sites, d, rowLine, sizeof<T>(), k, rowWide, o, rowWide);
    unpadLines<T>(o, wide, address(args, 5) + from, stride, sites, width);
    smallProduct<T>(height, wide, sites, d, sizeof<T>(), rowLine, q, rowWide, o, rowWide);
    unpadLines<T>(o, wide, address(args, 6) + from, stride, sites, width);
  }
}
export function attentionGrad32(args: usize, chunk: i32, scratch: usize): void {
  backward<f32>(args, chunk, scratch);
}
export function attentionGrad64(args: usize, chunk: i32, scratch: usize): void {
  backward<f64>(args, chunk, scratch);
}
