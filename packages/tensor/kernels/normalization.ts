import { address, count, real } from './_args';
import { restLanes, rowSpread, rowSum, wholeVectors } from './_rows';
import { bytes, firstLanes, fma, splat, storeFirst, sumLanes } from './_simd';

/** Arguments: x, gain, bias, y, mean, inverse, rows, length of a row, rows of a slice, epsilon. */
// @ts-ignore: decorator
@inline function layerNorm<T>(args: usize, chunk: i32): void {
  const n = count(args, 7);
  const size = count(args, 8);
  const last = min(count(args, 6), (chunk + 1) * size);
  for (let row = chunk * size; row < last; row++) {
    const x = address(args, 0) + bytes<T>(row * n);
    const mean = <T>(rowSum<T>(x, n) / n);
    const inverse = <T>(1 / sqrt<f64>(rowSpread<T>(x, n, mean) / n + real(args, 9)));
    store<T>(address(args, 4) + bytes<T>(row), mean);
    store<T>(address(args, 5) + bytes<T>(row), inverse);
    normalize<T>(x, address(args, 1), address(args, 2), address(args, 3) + bytes<T>(row * n), n, mean, inverse);
  }
}

// @ts-ignore: decorator
@inline function normalize<T>(x: usize, gain: usize, bias: usize, y: usize, n: i32, mean: T, inverse: T): void {
  const m = v128.splat<T>(mean);
  const s = v128.splat<T>(inverse);
  const end = x + wholeVectors<T>(n);
  const rest = restLanes<T>(n);
  for (; x < end; x += 16, y += 16, gain += 16, bias += 16) {
    const z = v128.mul<T>(v128.sub<T>(v128.load(x), m), s);
    v128.store(y, fma<T>(z, v128.load(gain), v128.load(bias)));
  }
  if (!rest) return;
  const z = v128.mul<T>(v128.sub<T>(v128.load(x), m), s);
  storeFirst<T>(y, fma<T>(z, v128.load(gain), v128.load(bias)), rest);
}

export function layerNorm32(args: usize, chunk: i32, scratch: usize): void {
  layerNorm<f32>(args, chunk);
}
export function layerNorm64(args: usize, chunk: i32, scratch: usize): void {
  layerNorm<f64>(args, chunk);
}

/**
 * Cotangents of x, and of gain and bias summed over the chunk's rows into sums [chunk, 2, length] (each row of which
 * is padded to a whole number of vectors). Arguments: x, gain, mean, inverse, g, dx, sums, rows, length of a row, rows
 * of a slice, numbers in a padded row of sums.
 */
// @ts-ignore: decorator
@inline function layerNormGrad<T>(args: usize, chunk: i32): void {
  const n = count(args, 8);
  const size = count(args, 9);
  const padded = count(args, 10);
  const last = min(count(args, 7), (chunk + 1) * size);
  const gains = address(args, 6) + bytes<T>(chunk * 2 * padded);
  memory.fill(gains, 0, bytes<T>(2 * padded));
  for (let row = chunk * size; row < last; row++) {
    const shift = bytes<T>(row * n);
    const mean = load<T>(address(args, 2) + bytes<T>(row));
    const inverse = load<T>(address(args, 3) + bytes<T>(row));
    normGradRow<T>(
      address(args, 0) + shift, address(args, 1), address(args, 4) + shift, address(args, 5) + shift,
      gains, gains + bytes<T>(padded), n, mean, inverse,
    );
  }
}

// @ts-ignore: decorator
@inline function normGradRow<T>(
  x: usize, gain: usize, g: usize, dx: usize, gains: usize, biases: usize, n: i32, mean: T, inverse: T,
): void {
  const m = v128.splat<T>(mean);
  const s = v128.splat<T>(inverse);
  const whole = wholeVectors<T>(n);
  const rest = restLanes<T>(n);
  let sum = splat<T>(0);
  let dot = splat<T>(0);
  for (let k: usize = 0; k < whole + (rest ? 16 : 0); k += 16) {
    let upper = v128.load(g + k);
    let z = v128.mul<T>(v128.sub<T>(v128.load(x + k), m), s);
    if (k == whole) {
      upper = v128.and(upper, firstLanes<T>(rest));
      z = v128.and(z, firstLanes<T>(rest));
    }
    v128.store(gains + k, fma<T>(upper, z, v128.load(gains + k)));
    v128.store(biases + k, v128.add<T>(v128.load(biases + k), upper));
    let scaled = v128.mul<T>(upper, v128.load(gain + k));
    if (k == whole) scaled = v128.and(scaled, firstLanes<T>(rest));
    sum = v128.add<T>(sum, scaled);
    dot = fma<T>(scaled, z, dot);
  }
  const a = splat<T>(<f64>sumLanes<T>(sum) / n);
  const b = splat<T>(<f64>sumLanes<T>(dot) / n);
  for (let k: usize = 0; k < whole + (rest ? 16 : 0); k += 16) {
    const z = v128.mul<T>(v128.sub<T>(v128.load(x + k), m), s);
    const scaled = v128.mul<T>(v128.load(g + k), v128.load(gain + k));
    const d = v128.mul<T>(s, v128.sub<T>(v128.sub<T>(scaled, a), v128.mul<T>(z, b)));
    if (k == whole) storeFirst<T>(dx + k, d, rest);
    else v128.store(dx + k, d);
  }
}

export function layerNormGrad32(args: usize, chunk: i32, scratch: usize): void {
  layerNormGrad<f32>(args, chunk);
}
export function layerNormGrad64(args: usize, chunk: i32, scratch: usize): void {
  layerNormGrad<f64>(args, chunk);
}

/** Adds sums [chunks, 2, padded] in order. Arguments: sums, dgain, dbias, chunks, length, padded. */
// @ts-ignore: decorator
@inline function addSums<T>(args: usize, chunk: i32): void {
  const padded = count(args, 5);
  for (let c = 0; c < count(args, 4); c++) {
    let gain: f64 = 0;
    let bias: f64 = 0;
    for (let k = 0; k < count(args, 3); k++) {
      const at = address(args, 0) + bytes<T>(k * 2 * padded + c);
      gain += <f64>load<T>(at);
      bias += <f64>load<T>(at + bytes<T>(padded));
    }
    store<T>(address(args, 1) + bytes<T>(c), <T>gain);
    store<T>(address(args, 2) + bytes<T>(c), <T>bias);
  }
}
export function addSums32(args: usize, chunk: i32, scratch: usize): void {
  addSums<f32>(args, chunk);
}
export function addSums64(args: usize, chunk: i32, scratch: usize): void {
  addSums<f64>(args, chunk);
}
