import { geluSlope } from '../../tensor/kernels/_math';
import { bytes, fma, fnma, loadSplat, splat } from '../../tensor/kernels/_simd';
import { ROW, outer, samplesOfRow, toLines, upToFour } from './_panels';
import { sumTokens } from './_stream';

// Cotangents come in two components, those of Re log ψ and of Im log ψ; `apart` bytes lie between them. What the parts of
// the backward pass share stands in a table of words at `at`.

/** Where the Jacobian [2, samples, parameters] begins. */
export const OUT: usize = 0;
export const COUNT: usize = 8;
export const SAMPLES: usize = 16;
/** First sample of this row, and how many of its lanes are samples. */
export const FIRST: usize = 24;
export const VALID: usize = 32;
/** Numbers in lines: what went into a linear map, and cotangents of what came out. */
export const INPUT_LINES: usize = 40;
export const OUTPUT_LINES: usize = 48;
/** Rows of sums, a line for each sample, and a tile of scratch. */
export const SUMS: usize = 56;
export const LINE: usize = 64;
export const SPARE: usize = 72;

// @ts-ignore: decorator
@inline export function word(at: usize, offset: usize): usize {
  return load<usize>(at + offset);
}

/** Where the parameters of sample s, component c, begin. */
// @ts-ignore: decorator
@inline function rowOf<T>(at: usize, c: i32, s: i32): usize {
  const sample = <usize>(c * <i32>word(at, SAMPLES) + <i32>word(at, FIRST) + s);
  return word(at, OUT) + sample * word(at, COUNT) * sizeof<T>();
}

/** Writes `count` rows as derivatives by the parameters from `offset` on. */
export function save<T>(at: usize, c: i32, rows: usize, count: i32, offset: i32): void {
  const stride = bytes<T>(upToFour(count));
  const line = word(at, LINE);
  toLines<T>(count, rows, line, stride);
  for (let s = 0; s < <i32>word(at, VALID); s++)
    memory.copy(rowOf<T>(at, c, s) + bytes<T>(offset), line + s * stride, bytes<T>(count));
}

/** Tokens as lines of numbers, [samples, tokens, features up to four]. */
export function lines<T>(tokens: i32, features: i32, x: usize, sx: usize, out: usize): void {
  const width = bytes<T>(upToFour(features));
  for (let t = 0; t < tokens; t++) toLines<T>(features, x + t * sx, out + t * width, tokens * width);
}

/**
 * Derivatives by the weight [inputs, outputs] from `offset` on and the bias after it, of a linear map from the tokens x
 * with cotangents g.
 */
export function saveLinear<T>(
  at: usize, tokens: i32, inputs: i32, outputs: i32, x: usize, sx: usize, g: usize, sg: usize, apart: usize, offset: i32,
): void {
  const from = word(at, INPUT_LINES), to = word(at, OUTPUT_LINES);
  const wide = bytes<T>(upToFour(inputs)), high = bytes<T>(upToFour(outputs));
  lines<T>(tokens, inputs, x, sx, from);
  for (let c = 0; c < 2; c++) {
    sumTokens<T>(tokens, outputs, g + c * apart, sg, word(at, SUMS));
    save<T>(at, c, word(at, SUMS), outputs, offset + inputs * outputs);
    lines<T>(tokens, outputs, g + c * apart, sg, to);
    for (let s = 0; s < <i32>word(at, VALID); s++)
      outer<T>(
        tokens, inputs, outputs, from + s * tokens * wide, wide, to + s * tokens * high, high,
        rowOf<T>(at, c, s) + bytes<T>(offset), word(at, SPARE),
      );
  }
}

/** y = hat·gain + bias for each token. */
export function affine<T>(tokens: i32, features: i32, hat: usize, stride: usize, gain: usize, bias: usize, y: usize): void {
  for (let t = 0; t < tokens; t++)
    for (let f = 0; f < features; f++) {
      const p = t * stride + f * ROW;
      const g = loadSplat<T>(gain + bytes<T>(f)), b = loadSplat<T>(bias + bytes<T>(f));
      v128.store(y + p, fma<T>(v128.load(hat + p), g, b));
      v128.store(y + p, fma<T>(v128.load(hat + p, 16), g, b), 16);
    }
}

/** Sums over tokens of g·hat, into rows. */
function sumProducts<T>(tokens: i32, features: i32, g: usize, hat: usize, stride: usize, out: usize): void {
  for (let f = 0; f < features; f++) {
    let a = splat<T>(0), b = a;
    for (let t = 0; t < tokens; t++) {
      const p = t * stride + f * ROW;
      a = fma<T>(v128.load(g + p), v128.load(hat + p), a);
      b = fma<T>(v128.load(g + p, 16), v128.load(hat + p, 16), b);
    }
    v128.store(out + f * ROW, a);
    v128.store(out + f * ROW, b, 16);
  }
}

/** Half the lanes of one token: dx (+)= inverse·(h − mean h − hat·mean(h·hat)) with h = g·gain. */
// @ts-ignore: decorator
@inline function normToken<T>(features: i32, g: usize, hat: usize, inverse: v128, gain: usize, dx: usize, add: bool): void {
  let m = splat<T>(0), n = m;
  for (let f = 0; f < features; f++) {
    const h = v128.mul<T>(v128.load(g + f * ROW), loadSplat<T>(gain + bytes<T>(f)));
    m = v128.add<T>(m, h);
    n = fma<T>(h, v128.load(hat + f * ROW), n);
  }
  m = v128.mul<T>(m, splat<T>(1 / <f64>features));
  n = v128.mul<T>(n, splat<T>(1 / <f64>features));
  for (let f = 0; f < features; f++) {
    const h = v128.mul<T>(v128.load(g + f * ROW), loadSplat<T>(gain + bytes<T>(f)));
    const d = fnma<T>(v128.load(hat + f * ROW), n, v128.sub<T>(h, m));
    const to = dx + f * ROW;
    v128.store(to, add ? fma<T>(d, inverse, v128.load(to)) : v128.mul<T>(d, inverse));
  }
}

/**
 * Way back through a layer norm for one component: saves the derivatives by gain and bias from `offset` on and writes,
 * or adds, the cotangent of what was normalised. dx may be g.
 */
export function normBack<T>(
  at: usize, c: i32, tokens: i32, features: i32, g: usize, hat: usize, inverse: usize, stride: usize, gain: usize,
  dx: usize, add: bool, offset: i32,
): void {
  const sums = word(at, SUMS);
  sumProducts<T>(tokens, features, g, hat, stride, sums);
  save<T>(at, c, sums, features, offset);
  sumTokens<T>(tokens, features, g, stride, sums);
  save<T>(at, c, sums, features, offset + features);
  for (let t = 0; t < tokens; t++) {
    const p = t * stride;
    normToken<T>(features, g + p, hat + p, v128.load(inverse + t * ROW), gain, dx + p, add);
    normToken<T>(features, g + p + 16, hat + p + 16, v128.load(inverse + t * ROW, 16), gain, dx + p + 16, add);
  }
}

/** Both components of g times gelu′ of what went into it. */
export function geluBack<T>(tokens: i32, features: i32, before: usize, stride: usize, g: usize, apart: usize): void {
  for (let t = 0; t < tokens; t++)
    for (let p = t * stride, end = p + features * ROW; p != end; p += 16) {
      const slope = geluSlope<T>(v128.load(before + p));
      v128.store(g + p, v128.mul<T>(v128.load(g + p), slope));
      v128.store(g + p + apart, v128.mul<T>(v128.load(g + p + apart), slope));
    }
}

/** Derivatives by the positional weights: Σ over pairs (i, j) of one number, and features of the head, of g_i·v_j. */
export function positionsBack<T>(
  tokens: i32, heads: i32, width: i32, positions: i32, pairs: usize, g: usize, v: usize, stride: usize, out: usize,
): void {
  memory.fill(out, 0, heads * positions * ROW);
  for (let h = 0; h < heads; h++)
    for (let i = 0; i < tokens; i++)
      for (let j = 0; j < tokens; j++) {
        let a = splat<T>(0), b = a;
        let p = g + i * stride + h * width * ROW, q = v + j * stride + h * width * ROW;
        for (const end = p + width * ROW; p != end; p += ROW, q += ROW) {
          a = fma<T>(v128.load(p), v128.load(q), a);
          b = fma<T>(v128.load(p, 16), v128.load(q, 16), b);
        }
        const to = out + (h * positions + load<i32>(pairs + ((i * tokens + j) << 2))) * ROW;
        v128.store(to, v128.add<T>(v128.load(to), a));
        v128.store(to, v128.add<T>(v128.load(to, 16), b), 16);
      }
}

/** Samples of row `chunk` that exist. */
// @ts-ignore: decorator
@inline export function validSamples<T>(samples: i32, chunk: i32): i32 {
  return min(samplesOfRow<T>(), samples - chunk * samplesOfRow<T>());
}
