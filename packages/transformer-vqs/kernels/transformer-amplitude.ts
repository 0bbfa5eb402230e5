import { splat, fma } from '../../tensor/kernels/_simd';
import { firstAttention } from './_first-layer';
import { angle, decay, realLogCosh, signOf, turned } from './_log-cosh';
import {
  address, count, CONTRACT, CONTRACT_BIAS, EMBED, EMBED_BIAS, EMBED_POSITION, EXPAND, EXPAND_BIAS, FIRST_OTHERS, GAIN1, GAIN2, HEADS,
  HEAD_BIAS, HEAD_GAIN, HEAD_NORM, HEAD_SHIFT, HEAD_WEIGHT, HIDDEN, IMAGINARY, LAYERS, MIX, NORM_BIAS, NORM_GAIN, OUTPUT,
  OUTPUT_BIAS, PATCH, REAL, SHIFT1, SHIFT2, TOKENS, VALUE, VALUE_BIAS, WIDTH, layerOf, partOf,
} from './_model';
import { ADD, BIAS, ROW, linear, linearGelu, mix, norm, samplesOfRow, upToFour } from './_panels';
import { addPositions, loadSpins, sumTokens } from './_stream';

/** Tokens that go through the feed-forward part together, so that what is between stays in the first cache. */
function feedBlock(rows: i32): i32 {
  return max(1, 24576 / (rows * <i32>ROW));
}

/** All layers on the stream x; `begun`: the attention of the first has been done. */
function encode<T>(model: usize, x: usize, y: usize, v: usize, h: usize, begun: bool): void {
  const tokens = count(model, TOKENS), width = count(model, WIDTH), heads = count(model, HEADS);
  const hidden = count(model, HIDDEN);
  const stride = upToFour(width) * ROW, deep = upToFour(hidden) * ROW;
  const block = feedBlock(upToFour(hidden) + upToFour(width));
  for (let l = 0; l < count(model, LAYERS); l++) {
    const m = layerOf(model, l);
    if (l > 0 || !begun) {
      norm<T>(tokens, width, x, stride, address(m, GAIN1), address(m, SHIFT1), y, stride, 0, 0);
      linear<T>(tokens, width, width, address(m, VALUE), address(m, VALUE_BIAS), y, stride, v, stride, BIAS);
      mix<T>(tokens, heads, width / heads, address(m, MIX), v, stride, y, stride);
      linear<T>(tokens, width, width, address(m, OUTPUT), address(m, OUTPUT_BIAS), y, stride, x, stride, ADD);
    }
    norm<T>(tokens, width, x, stride, address(m, GAIN2), address(m, SHIFT2), y, stride, 0, 0);
    for (let t = 0; t < tokens; t += block) {
      const some = min(block, tokens - t);
      linearGelu<T>(some, width, hidden, address(m, EXPAND), address(m, EXPAND_BIAS), y + t * stride, stride, h, deep);
      linear<T>(some, hidden, width, address(m, CONTRACT), address(m, CONTRACT_BIAS), h, deep, x + t * stride, stride, ADD);
    }
  }
}

/** Patches of spins as tokens x; h is scratch. */
function embed<T>(model: usize, spins: usize, samples: i32, chunk: i32, x: usize, stride: usize, h: usize): void {
  const tokens = count(model, TOKENS), width = count(model, WIDTH), patch = count(model, PATCH);
  const narrow = upToFour(patch) * ROW;
  loadSpins<T>(model, spins, samples, chunk, h, narrow);
  linear<T>(tokens, patch, width, address(model, EMBED), address(model, EMBED_BIAS), h, narrow, x, stride, BIAS);
  if (address(model, EMBED_POSITION)) addPositions<T>(tokens, width, address(model, EMBED_POSITION), x, stride);
}

/** One part of the head from z. */
function headPart<T>(model: usize, part: i32, z: usize, out: usize): void {
  const m = partOf(model, part), width = count(model, WIDTH);
  linear<T>(1, width, width, address(m, HEAD_WEIGHT), address(m, HEAD_BIAS), z, 0, out, 0, BIAS);
  if (count(model, HEAD_NORM)) norm<T>(1, width, out, 0, address(m, HEAD_GAIN), address(m, HEAD_SHIFT), out, 0, 0, 0);
}

// @ts-ignore: decorator
@inline function storeSums<T>(out: usize, real: v128, imaginary: v128): void {
  if (sizeof<T>() == 4) {
    store<f64>(out, f32x4.extract_lane(real, 0), 0); store<f64>(out, f32x4.extract_lane(imaginary, 0), 8);
    store<f64>(out, f32x4.extract_lane(real, 1), 16); store<f64>(out, f32x4.extract_lane(imaginary, 1), 24);
    store<f64>(out, f32x4.extract_lane(real, 2), 32); store<f64>(out, f32x4.extract_lane(imaginary, 2), 40);
    store<f64>(out, f32x4.extract_lane(real, 3), 48); store<f64>(out, f32x4.extract_lane(imaginary, 3), 56);
  } else {
    store<f64>(out, f64x2.extract_lane(real, 0), 0); store<f64>(out, f64x2.extract_lane(imaginary, 0), 8);
    store<f64>(out, f64x2.extract_lane(real, 1), 16); store<f64>(out, f64x2.extract_lane(imaginary, 1), 24);
  }
}

/** Σ log cosh over one half of the lanes, as pairs of float64. */
function sumLogCosh<T>(width: i32, re: usize, im: usize, out: usize): void {
  let real = splat<T>(0), imaginary = real;
  for (let f = 0; f < width; f++, re += ROW, im += ROW) {
    const x = v128.load(re), y = v128.load(im);
    const s = signOf<T>(x), w = decay<T>(x);
    const p = fma<T>(w, turned<T>(s, y, 1), splat<T>(1));
    const q = v128.neg<T>(v128.mul<T>(w, turned<T>(s, y, 0)));
    const square = fma<T>(p, p, v128.mul<T>(q, q));
    real = v128.add<T>(real, realLogCosh<T>(x, square));
    imaginary = v128.add<T>(imaginary, v128.add<T>(v128.mul<T>(s, y), angle<T>(p, q, square)));
  }
  storeSums<T>(out, real, imaginary);
}

/**
 * log ψ of one row of samples. Arguments: model, spins (int8 [samples, sites]), samples, out (float64 pairs, for a whole
 * number of rows). Scratch in rows: tokens to a multiple of four times (3·width + hidden), and patch·tokens.
 */
// @ts-ignore: decorator
@inline function amplitude<T>(args: usize, chunk: i32, scratch: usize): void {
  const model = address(args, 0);
  const tokens = count(model, TOKENS), width = count(model, WIDTH);
  const stride = upToFour(width) * ROW;
  const whole = upToFour(tokens);
  const x = scratch, y = x + whole * stride, v = y + whole * stride, h = v + whole * stride;
  const begun = address(model, FIRST_OTHERS) != 0;
  if (begun) firstAttention<T>(model, address(args, 1), count(args, 2), chunk, x, stride, y, v, h);
  else embed<T>(model, address(args, 1), count(args, 2), chunk, x, stride, h);
  encode<T>(model, x, y, v, h, begun);
  sumTokens<T>(tokens, width, x, stride, y);
  norm<T>(1, width, y, 0, address(model, NORM_GAIN), address(model, NORM_BIAS), x, 0, 0, 0);
  headPart<T>(model, REAL, x, y);
  headPart<T>(model, IMAGINARY, x, v);
  const out = address(args, 3) + ((<usize>chunk * samplesOfRow<T>()) << 4);
  sumLogCosh<T>(width, y, v, out);
  sumLogCosh<T>(width, y + 16, v + 16, out + ((<usize>samplesOfRow<T>()) << 3));
}
export function amplitude32(args: usize, chunk: i32, scratch: usize): void {
  amplitude<f32>(args, chunk, scratch);
}
export function amplitude64(args: usize, chunk: i32, scratch: usize): void {
  amplitude<f64>(args, chunk, scratch);
}
