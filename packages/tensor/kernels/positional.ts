import { address, count } from './_args';
import { DEPTH, ROWS, columns, packA, packB, packedProduct, roundUp } from './_gemm';
import { copyLine } from './_lines';
import { bytes } from './_simd';

// A chunk is a head and a slice of the batch. It lines up the head's values as a matrix [sites, batch·width] in
// scratch, `padded` numbers a row.

/** Rows x[b, j, head, :] of the slice as x'[j, (b, :)]. */
// @ts-ignore: decorator
@inline function lineUp<T>(x: usize, to: usize, items: i32, sites: i32, heads: i32, width: i32, padded: i32): void {
  const stride = bytes<T>(heads * width);
  for (let j = 0; j < sites; j++) {
    const row = to + bytes<T>(j * padded);
    for (let b = 0; b < items; b++) copyLine<T>(x + (b * sites + j) * stride, row + bytes<T>(b * width), width);
    for (let c = items * width; c < padded; c++) store<T>(row + bytes<T>(c), 0);
  }
}

/** The way back. */
// @ts-ignore: decorator
@inline function spread<T>(from: usize, y: usize, items: i32, sites: i32, heads: i32, width: i32, padded: i32): void {
  const stride = bytes<T>(heads * width);
  for (let j = 0; j < sites; j++) {
    const row = from + bytes<T>(j * padded);
    for (let b = 0; b < items; b++) copyLine<T>(row + bytes<T>(b * width), y + (b * sites + j) * stride, width);
  }
}

/**
 * c [sites, padded] = W·x with W [sites, sites], element (i, j) at w + i·across + j·along; `panels` has room for
 * (sites rounded up to 4)·DEPTH + DEPTH·padded numbers.
 */
// @ts-ignore: decorator
@inline function mix<T>(
  w: usize, across: usize, along: usize, x: usize, c: usize, sites: i32, padded: i32, panels: usize, spare: usize,
): void {
  const right = panels + bytes<T>(roundUp(sites, ROWS) * DEPTH);
  for (let k0 = 0; k0 < sites; k0 += DEPTH) {
    const depth = min(DEPTH, sites - k0);
    packA<T>(w + k0 * along, across, along, sites, depth, panels);
    packB<T>(x + bytes<T>(k0 * padded), sizeof<T>(), bytes<T>(padded), padded, depth, right);
    packedProduct<T>(sites, padded, depth, panels, right, c, bytes<T>(padded), k0 > 0 ? 1 : 0, 0, spare);
  }
}

/**
 * out = W·values, or Wᵀ·values. Arguments: weights, values, out, batch, sites, heads, width, slices, batch of a
 * slice, transposed. Scratch in numbers: 32 + 2·sites·padded + (sites rounded up to 4 + padded)·DEPTH.
 */
// @ts-ignore: decorator
@inline function forward<T>(args: usize, chunk: i32, scratch: usize): void {
  const sites = count(args, 4);
  const heads = count(args, 5);
  const width = count(args, 6);
  const slices = count(args, 7);
  const size = count(args, 8);
  const head = chunk / slices;
  const first = (chunk - head * slices) * size;
  const items = min(size, count(args, 3) - first);
  const padded = roundUp(size * width, columns<T>());
  const from = bytes<T>((first * sites * heads + head) * width);
  const x = scratch + bytes<T>(32);
  const c = x + bytes<T>(sites * padded);
  const panels = c + bytes<T>(sites * padded);
  const w = address(args, 0) + bytes<T>(head * sites * sites);
  const row = bytes<T>(sites);
  lineUp<T>(address(args, 1) + from, x, items, sites, heads, width, padded);
  if (count(args, 9)) mix<T>(w, sizeof<T>(), row, x, c, sites, padded, panels, scratch);
  else mix<T>(w, row, sizeof<T>(), x, c, sites, padded, panels, scratch);
  spread<T>(c, address(args, 2) + from, items, sites, heads, width, padded);
}
export function positionalMix32(args: usize, chunk: i32, scratch: usize): void {
  forward<f32>(args, chunk, scratch);
}
export function positionalMix64(args: usize, chunk: i32, scratch: usize): void {
  forward<f64>(args, chunk, scratch);
}

/** c [sites, sites] = (c +) g·xᵀ for rows of `padded` numbers. Scratch as for mix, with two left operands. */
// @ts-ignore: decorator
@inline function correlate<T>(g: usize, x: usize, c: usize, sites: i32, padded: i32, add: bool, panels: usize, spare: usize): void {
  const right = panels + bytes<T>(roundUp(sites, ROWS) * DEPTH);
  const row = bytes<T>(padded);
  for (let k0 = 0; k0 < padded; k0 += DEPTH) {
    const depth = min(DEPTH, padded - k0);
    packA<T>(g + bytes<T>(k0), row, sizeof<T>(), sites, depth, panels);
    packB<T>(x + bytes<T>(k0), row, sizeof<T>(), sites, depth, right);
    packedProduct<T>(sites, sites, depth, panels, right, c, bytes<T>(sites), k0 > 0 || add ? 1 : 0, 0, spare);
  }
}

/**
 * Partial sums of the weights' cotangent: parts [slices, heads, sites, sites]. Arguments: values, g, parts, batch,
 * sites, heads, width, slices, batch of a slice, batch lined up at once. Scratch in numbers: 32 + 2·sites·padded +
 * 2·(sites rounded up to a tile)·DEPTH.
 */
// @ts-ignore: decorator
@inline function weightsGrad<T>(args: usize, chunk: i32, scratch: usize): void {
  const sites = count(args, 4);
  const heads = count(args, 5);
  const width = count(args, 6);
  const slices = count(args, 7);
  const group = count(args, 9);
  const head = chunk / slices;
  const slice = chunk - head * slices;
  const first = slice * count(args, 8);
  const last = min(count(args, 3), first + count(args, 8));
  const padded = roundUp(group * width, columns<T>());
  const g = scratch + bytes<T>(32);
  const x = g + bytes<T>(sites * padded);
  const panels = x + bytes<T>(sites * padded);
  const part = address(args, 2) + bytes<T>((slice * heads + head) * sites * sites);
  for (let b = first; b < last; b += group) {
    const items = min(group, last - b);
    const from = bytes<T>((b * sites * heads + head) * width);
    lineUp<T>(address(args, 0) + from, x, items, sites, heads, width, padded);
    lineUp<T>(address(args, 1) + from, g, items, sites, heads, width, padded);
    correlate<T>(g, x, part, sites, padded, b > first, panels, scratch);
  }
}
export function positionalWeights32(args: usize, chunk: i32, scratch: usize): void {
  weightsGrad<f32>(args, chunk, scratch);
}
export function positionalWeights64(args: usize, chunk: i32, scratch: usize): void {
  weightsGrad<f64>(args, chunk, scratch);
}
