import { gelu } from './_gelu';
import { fma, fnma, splat } from '../../tensor/kernels/_simd';
import {
  COUNT, FIRST, INPUT_LINES, LINE, OUT, OUTPUT_LINES, SAMPLES, SPARE, SUMS, VALID, affine, geluBack, normBack,
  positionsBack, save, saveLinear, validSamples, word,
} from './_backward';
import { decay, signOf, turned } from './_log-cosh';
import {
  CONTRACT, CONTRACT_BACK, CONTRACT_BIAS, EMBED, EMBED_BIAS, EMBED_POSITION, EXPAND, EXPAND_BACK, EXPAND_BIAS, GAIN1,
  GAIN2, HEADS, HEAD_BACK, HEAD_BIAS, HEAD_GAIN, HEAD_NORM, HEAD_SHIFT, HEAD_WEIGHT, HIDDEN, IMAGINARY, LAYERS, MIX,
  MIX_BACK, NORM_BIAS, NORM_GAIN, OUTPUT, OUTPUT_BACK, OUTPUT_BIAS, PAIRS, PARAMETERS, PATCH, POSITIONS, REAL, SHIFT1,
  SHIFT2, TOKENS, VALUE, VALUE_BACK, VALUE_BIAS, WIDTH, address, count, layerOf, partOf,
} from './_model';
import { ADD, BIAS, KEEP, ROW, ZERO, linear, mix, norm, samplesOfRow, upToFour } from './_panels';
import { addPositions, loadSpins, sumTokens } from './_stream';

// What the forward pass keeps of a layer, in this order: normalised tokens, values, mixed values, normalised tokens of
// the feed-forward part, what goes into gelu, what comes out, and inverse deviations of both norms. A block of tokens is
// `whole`, their number up to a multiple of four, times `stride` bytes (`deep` for the hidden ones).

// @ts-ignore: decorator
@inline function keptBytes(whole: i32, stride: usize, deep: usize): usize {
  return whole * (4 * stride + 2 * deep + 2 * ROW);
}

function geluTokens<T>(tokens: i32, features: i32, x: usize, y: usize, stride: usize): void {
  for (let t = 0; t < tokens; t++)
    for (let p = t * stride, end = p + features * ROW; p != end; p += 16) v128.store(y + p, gelu<T>(v128.load(x + p)));
}

/** One layer on the stream x, keeping what the way back needs; y is scratch. */
function layerForward<T>(model: usize, l: i32, x: usize, y: usize, kept: usize): void {
  const m = layerOf(model, l);
  const tokens = count(model, TOKENS), width = count(model, WIDTH), heads = count(model, HEADS), hidden = count(model, HIDDEN);
  const stride = upToFour(width) * ROW, deep = upToFour(hidden) * ROW;
  const block = upToFour(tokens) * stride;
  const values = kept + block, mixed = values + block, hat = mixed + block, before = hat + block;
  const after = before + upToFour(tokens) * deep, inverse = after + upToFour(tokens) * deep;
  norm<T>(tokens, width, x, stride, address(m, GAIN1), address(m, SHIFT1), y, stride, kept, inverse);
  linear<T>(tokens, width, width, address(m, VALUE), address(m, VALUE_BIAS), y, stride, values, stride, BIAS);
  mix<T>(tokens, heads, width / heads, address(m, MIX), values, stride, mixed, stride);
  linear<T>(tokens, width, width, address(m, OUTPUT), address(m, OUTPUT_BIAS), mixed, stride, x, stride, ADD);
  norm<T>(tokens, width, x, stride, address(m, GAIN2), address(m, SHIFT2), y, stride, hat, inverse + upToFour(tokens) * ROW);
  linear<T>(tokens, width, hidden, address(m, EXPAND), address(m, EXPAND_BIAS), y, stride, before, deep, BIAS);
  geluTokens<T>(tokens, hidden, before, after, deep);
  linear<T>(tokens, hidden, width, address(m, CONTRACT), address(m, CONTRACT_BIAS), after, deep, x, stride, ADD);
}

/** Both components through the transpose of a linear map. */
// @ts-ignore: decorator
@inline function back<T>(
  tokens: i32, inputs: i32, outputs: i32, w: usize, g: usize, sg: usize, apart: usize, out: usize, so: usize, wide: usize,
): void {
  linear<T>(tokens, inputs, outputs, w, 0, g, sg, out, so, ZERO);
  linear<T>(tokens, inputs, outputs, w, 0, g + apart, sg, out + wide, so, ZERO);
}

/** One layer backwards: d is the cotangent of the stream, e, f and g are scratch, two components each. */
function layerBackward<T>(
  model: usize, l: i32, at: usize, kept: usize, y: usize, d: usize, e: usize, f: usize, g: usize, offset: i32,
): void {
  const m = layerOf(model, l);
  const tokens = count(model, TOKENS), width = count(model, WIDTH), heads = count(model, HEADS), hidden = count(model, HIDDEN);
  const positions = count(model, POSITIONS);
  const stride = upToFour(width) * ROW, deep = upToFour(hidden) * ROW;
  const block = upToFour(tokens) * stride, depth = upToFour(tokens) * deep;
  const values = kept + block, mixed = values + block, hat = mixed + block, before = hat + block;
  const after = before + depth, inverse = after + depth;
  const value = offset + 2 * width, position = value + width * width + width, output = position + heads * positions;
  const gain2 = output + width * width + width, expand = gain2 + 2 * width, contract = expand + width * hidden + hidden;
  saveLinear<T>(at, tokens, hidden, width, after, deep, d, stride, block, contract);
  back<T>(tokens, width, hidden, address(m, CONTRACT_BACK), d, stride, block, g, deep, depth);
  geluBack<T>(tokens, hidden, before, deep, g, depth);
  affine<T>(tokens, width, hat, stride, address(m, GAIN2), address(m, SHIFT2), y);
  saveLinear<T>(at, tokens, width, hidden, y, stride, g, deep, depth, expand);
  back<T>(tokens, hidden, width, address(m, EXPAND_BACK), g, deep, depth, e, stride, block);
  for (let c = 0; c < 2; c++)
    normBack<T>(at, c, tokens, width, e + c * block, hat, inverse + upToFour(tokens) * ROW, stride, address(m, GAIN2), d + c * block, true, gain2);
  saveLinear<T>(at, tokens, width, width, mixed, stride, d, stride, block, output);
  back<T>(tokens, width, width, address(m, OUTPUT_BACK), d, stride, block, e, stride, block);
  for (let c = 0; c < 2; c++) {
    positionsBack<T>(tokens, heads, width / heads, positions, address(model, PAIRS), e + c * block, values, stride, word(at, SUMS));
    save<T>(at, c, word(at, SUMS), heads * positions, position);
    mix<T>(tokens, heads, width / heads, address(m, MIX_BACK), e + c * block, stride, f + c * block, stride);
  }
  affine<T>(tokens, width, kept, stride, address(m, GAIN1), address(m, SHIFT1), y);
  saveLinear<T>(at, tokens, width, width, y, stride, f, stride, block, value);
  back<T>(tokens, width, width, address(m, VALUE_BACK), f, stride, block, e, stride, block);
  for (let c = 0; c < 2; c++)
    normBack<T>(at, c, tokens, width, e + c * block, kept, inverse, stride, address(m, GAIN1), d + c * block, true, offset);
}

/** tanh(x + iy) as the cotangents of x and y of Re log ψ and of Im log ψ, for half the lanes. */
// @ts-ignore: decorator
@inline function seed<T>(re: usize, im: usize, gx: usize, gy: usize, apart: usize): void {
  const x = v128.load(re), y = v128.load(im);
  const s = signOf<T>(x), w = decay<T>(x);
  const cosine = turned<T>(s, y, 1), sine = v128.mul<T>(w, turned<T>(s, y, 0));
  const p = fma<T>(w, cosine, splat<T>(1));
  const square = fma<T>(p, p, v128.mul<T>(sine, sine));
  const factor = v128.div<T>(s, square);
  // (1 − u)/(1 + u) with u = w(cos − i·sin), times its denominator's conjugate.
  const over = fnma<T>(w, cosine, splat<T>(1));
  const real = v128.mul<T>(v128.sub<T>(v128.mul<T>(over, p), v128.mul<T>(sine, sine)), factor);
  const imaginary = v128.mul<T>(v128.mul<T>(sine, v128.add<T>(p, over)), factor);
  v128.store(gx, real);
  v128.store(gx + apart, imaginary);
  v128.store(gy, v128.neg<T>(imaginary));
  v128.store(gy + apart, real);
}

/** One part of the head forward: out, and below it its normalised form and a row of inverse deviations. */
function partForward<T>(model: usize, part: i32, z: usize, out: usize, stride: usize): void {
  const m = partOf(model, part), width = count(model, WIDTH);
  linear<T>(1, width, width, address(m, HEAD_WEIGHT), address(m, HEAD_BIAS), z, 0, out, 0, BIAS);
  if (count(model, HEAD_NORM))
    norm<T>(1, width, out, 0, address(m, HEAD_GAIN), address(m, HEAD_SHIFT), out, 0, out + stride, out + 2 * stride);
}

/** One part of the head backwards: g, two components, then dz (+)= its share. */
function partBackward<T>(
  model: usize, part: i32, at: usize, z: usize, out: usize, g: usize, stride: usize, dz: usize, start: i32, offset: i32,
): void {
  const m = partOf(model, part), width = count(model, WIDTH);
  if (count(model, HEAD_NORM))
    for (let c = 0; c < 2; c++) {
      const own = g + c * stride;
      normBack<T>(at, c, 1, width, own, out + stride, out + 2 * stride, stride, address(m, HEAD_GAIN), own, false, offset + width * width + width);
    }
  saveLinear<T>(at, 1, width, width, z, stride, g, stride, stride, offset);
  linear<T>(2, width, width, address(m, HEAD_BACK), 0, g, stride, dz, stride, start);
}

/** The head, forward and back: from the stream x to its cotangent d, the same for all tokens. */
function head<T>(model: usize, at: usize, x: usize, work: usize, d: usize, offset: i32): void {
  const tokens = count(model, TOKENS), width = count(model, WIDTH);
  const stride = upToFour(width) * ROW, apart = upToFour(tokens) * stride;
  const part = width * width + width + (count(model, HEAD_NORM) ? 2 * width : 0);
  const z = work, hat = z + stride, inverse = hat + stride, re = inverse + stride, im = re + 3 * stride;
  const gx = im + 3 * stride, gy = gx + 2 * stride, dz = gy + 2 * stride;
  sumTokens<T>(tokens, width, x, stride, z);
  norm<T>(1, width, z, 0, address(model, NORM_GAIN), address(model, NORM_BIAS), z, 0, hat, inverse);
  partForward<T>(model, REAL, z, re, stride);
  partForward<T>(model, IMAGINARY, z, im, stride);
  for (let f: usize = 0; f < <usize>width * ROW; f += 16) seed<T>(re + f, im + f, gx + f, gy + f, stride);
  partBackward<T>(model, REAL, at, z, re, gx, stride, dz, ZERO, offset + 2 * width);
  partBackward<T>(model, IMAGINARY, at, z, im, gy, stride, dz, KEEP, offset + 2 * width + part);
  for (let c = 0; c < 2; c++) {
    const own = dz + c * stride;
    normBack<T>(at, c, 1, width, own, hat, inverse, stride, address(model, NORM_GAIN), own, false, offset);
    for (let t = 0; t < tokens; t++) memory.copy(d + c * apart + t * stride, own, width * ROW);
  }
}

/**
 * ∂ log ψ/∂θ of one row of samples. Arguments: model, spins (int8 [samples, sites]), samples, out [2, samples,
 * parameters], numbers of the longest line of sums. Scratch: see the host's jacobianScratch.
 */
// @ts-ignore: decorator
@inline function jacobian<T>(args: usize, chunk: i32, scratch: usize): void {
  const model = address(args, 0), samples = count(args, 2), longest = upToFour(count(args, 4));
  const tokens = count(model, TOKENS), width = count(model, WIDTH), hidden = count(model, HIDDEN), patch = count(model, PATCH);
  const layers = count(model, LAYERS), heads = count(model, HEADS);
  const whole = upToFour(tokens);
  const stride = upToFour(width) * ROW, deep = upToFour(hidden) * ROW, narrow = upToFour(patch) * ROW;
  const block = whole * stride, depth = whole * max(deep, narrow);
  const spins = scratch + 256, x = spins + whole * narrow, y = x + block, d = y + block, e = d + 2 * block, f = e + 2 * block;
  const g = f + 2 * block, work = g + 2 * depth, inputs = work + 16 * stride, outputs = inputs + depth;
  const sums = outputs + depth, line = sums + longest * ROW, spare = line + longest * ROW, kept = spare + 8 * ROW;
  store<usize>(scratch, address(args, 3), OUT);
  store<usize>(scratch, address(model, PARAMETERS), COUNT);
  store<usize>(scratch, samples, SAMPLES);
  store<usize>(scratch, chunk * samplesOfRow<T>(), FIRST);
  store<usize>(scratch, validSamples<T>(samples, chunk), VALID);
  store<usize>(scratch, inputs, INPUT_LINES);
  store<usize>(scratch, outputs, OUTPUT_LINES);
  store<usize>(scratch, sums, SUMS);
  store<usize>(scratch, line, LINE);
  store<usize>(scratch, spare, SPARE);
  loadSpins<T>(model, address(args, 1), samples, chunk, spins, narrow);
  linear<T>(tokens, patch, width, address(model, EMBED), address(model, EMBED_BIAS), spins, narrow, x, stride, BIAS);
  if (address(model, EMBED_POSITION)) addPositions<T>(tokens, width, address(model, EMBED_POSITION), x, stride);
  const each = keptBytes(whole, stride, deep);
  for (let l = 0; l < layers; l++) layerForward<T>(model, l, x, y, kept + l * each);
  const first = patch * width + width + (address(model, EMBED_POSITION) ? tokens * width : 0);
  const size = 7 * width + 2 * width * width + heads * count(model, POSITIONS) + 2 * width * hidden + hidden;
  head<T>(model, scratch, x, work, d, first + layers * size);
  for (let l = layers - 1; l >= 0; l--)
    layerBackward<T>(model, l, scratch, kept + l * each, y, d, e, f, g, first + l * size);
  saveLinear<T>(scratch, tokens, patch, width, spins, narrow, d, stride, block, 0);
  if (!address(model, EMBED_POSITION)) return;
  for (let c = 0; c < 2; c++)
    for (let t = 0; t < tokens; t++) save<T>(scratch, c, d + c * block + t * stride, width, patch * width + width + t * width);
}
export function jacobian32(args: usize, chunk: i32, scratch: usize): void {
  jacobian<f32>(args, chunk, scratch);
}
export function jacobian64(args: usize, chunk: i32, scratch: usize): void {
  jacobian<f64>(args, chunk, scratch);
}
