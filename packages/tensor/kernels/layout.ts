import { address, count } from './_args';
import { bytes, loadPair, transposeTile4 } from './_simd';

/** Copies n bytes, a multiple of four, usually few. */
// @ts-ignore: decorator
@inline function copyBytes(from: usize, to: usize, n: usize): void {
  const end = from + (n & ~15);
  for (; from < end; from += 16, to += 16) v128.store(to, v128.load(from));
  if (n & 8) {
    store<u64>(to, load<u64>(from));
    from += 8;
    to += 8;
  }
  if (n & 4) store<u32>(to, load<u32>(from));
}

/**
 * Copies an array from one set of strides to another, in rows along the last axis. Arguments: from, to, number of
 * axes r (2 to 8), length of a row, step within a row from, to, rows, rows of a slice, then the lengths (8), strides
 * from (8), strides to (8) of the axes before the last. Scratch: 8 counters.
 */
// @ts-ignore: decorator
@inline function copy<T>(args: usize, chunk: i32, counters: usize): void {
  const axes = count(args, 2) - 1;
  const n = count(args, 3);
  const stepFrom = bytes<T>(count(args, 4));
  const stepTo = bytes<T>(count(args, 5));
  const size = count(args, 7);
  const last = min(count(args, 6), (chunk + 1) * size);
  let from = address(args, 0);
  let to = address(args, 1);
  let rest = chunk * size;
  for (let k = axes - 1; k >= 0; k--) {
    const length = count(args, 8 + k);
    const index = rest % length;
    rest /= length;
    store<i32>(counters + (k << 2), index);
    from += bytes<T>(index * count(args, 16 + k));
    to += bytes<T>(index * count(args, 24 + k));
  }
  for (let row = chunk * size; row < last; row++) {
    copyRow<T>(from, stepFrom, to, stepTo, n);
    for (let k = axes - 1; k >= 0; k--) {
      const length = count(args, 8 + k);
      const strideFrom = bytes<T>(count(args, 16 + k));
      const strideTo = bytes<T>(count(args, 24 + k));
      const index = load<i32>(counters + (k << 2)) + 1;
      from += strideFrom;
      to += strideTo;
      if (index < length) {
        store<i32>(counters + (k << 2), index);
        break;
      }
      from -= length * strideFrom;
      to -= length * strideTo;
      store<i32>(counters + (k << 2), 0);
    }
  }
}

// @ts-ignore: decorator
@inline function copyRow<T>(from: usize, stepFrom: usize, to: usize, stepTo: usize, n: i32): void {
  if (stepFrom == sizeof<T>() && stepTo == sizeof<T>()) {
    copyBytes(from, to, bytes<T>(n));
    return;
  }
  for (let k = 0; k < n; k++, from += stepFrom, to += stepTo) store<T>(to, load<T>(from));
}

export function copy4(args: usize, chunk: i32, scratch: usize): void {
  copy<u32>(args, chunk, scratch);
}
export function copy8(args: usize, chunk: i32, scratch: usize): void {
  copy<u64>(args, chunk, scratch);
}

// @ts-ignore: decorator
@inline function transposeTile<T>(x: usize, sx: usize, y: usize, sy: usize, rows: i32, columns: i32): void {
  if (sizeof<T>() == 4 && rows == 4 && columns == 4) return transposeTile4(x, sx, y, sy);
  for (let r = 0; r < rows; r++)
    for (let c = 0; c < columns; c++) store<T>(y + c * sy + bytes<T>(r), load<T>(x + r * sx + bytes<T>(c)));
}

/**
 * Transposes matrices [rows, columns], a band of at most 32 columns of one of them in each chunk. Arguments: x, y,
 * rows, columns, bands, matrices of a slice, matrices.
 */
// @ts-ignore: decorator
@inline function transpose<T>(args: usize, chunk: i32): void {
  const rows = count(args, 2);
  const columns = count(args, 3);
  const bands = count(args, 4);
  const slice = count(args, 5);
  const first = chunk / bands * slice;
  const last = min(count(args, 6), first + slice);
  const begin = bands == 1 ? 0 : (chunk % bands) * 32;
  const end = bands == 1 ? columns : min(columns, begin + 32);
  const sx = bytes<T>(columns);
  const sy = bytes<T>(rows);
  for (let matrix = first; matrix < last; matrix++) {
    const x = address(args, 0) + bytes<T>(matrix * rows * columns);
    const y = address(args, 1) + bytes<T>(matrix * rows * columns);
    for (let r = 0; r < rows; r += 4)
      for (let c = begin; c < end; c += 4)
        transposeTile<T>(x + r * sx + bytes<T>(c), sx, y + c * sy + bytes<T>(r), sy, min(4, rows - r), min(4, end - c));
  }
}
export function transpose4(args: usize, chunk: i32, scratch: usize): void {
  transpose<u32>(args, chunk);
}
export function transpose8(args: usize, chunk: i32, scratch: usize): void {
  transpose<u64>(args, chunk);
}

/** Zeroes. Arguments: out, bytes, bytes of a slice. */
export function clear(args: usize, chunk: i32, scratch: usize): void {
  const size = address(args, 2);
  const begin = <usize>chunk * size;
  memory.fill(address(args, 0) + begin, 0, min(size, address(args, 1) - begin));
}

/** Rows of a table. Arguments: table, indices, out, number of indices, bytes of a row, indices of a slice. */
export function gather(args: usize, chunk: i32, scratch: usize): void {
  const table = address(args, 0);
  const indices = address(args, 1);
  const width = address(args, 4);
  const size = count(args, 5);
  const last = min(count(args, 3), (chunk + 1) * size);
  let out = address(args, 2) + <usize>(chunk * size) * width;
  for (let k = chunk * size; k < last; k++, out += width) {
    const index = load<i32>(indices + (<usize>k << 2));
    if (index < 0) memory.fill(out, 0, width);
    else copyBytes(table + <usize>index * width, out, width);
  }
}

/**
 * Sorts positions by their index, keeping their order. Arguments: indices, number of indices n, rows, starts
 * [rows + 2], order [n]. Afterwards order[starts[r] … starts[r + 1]) are the positions whose index is r.
 */
export function sortIndices(args: usize, chunk: i32, scratch: usize): void {
  const indices = address(args, 0);
  const n = count(args, 1);
  const rows = count(args, 2);
  const starts = address(args, 3);
  const order = address(args, 4);
  memory.fill(starts, 0, <usize>(rows + 2) << 2);
  for (let k = 0; k < n; k++) {
    const index = load<i32>(indices + (k << 2));
    if (index < 0 || index >= rows) continue;
    const at = starts + (<usize>index << 2);
    store<i32>(at, load<i32>(at, 8) + 1, 8);
  }
  let sum = 0;
  for (let r = 0; r < rows; r++) {
    sum += load<i32>(starts + (<usize>r << 2), 8);
    store<i32>(starts + (<usize>r << 2), sum, 8);
  }
  for (let k = 0; k < n; k++) {
    const index = load<i32>(indices + (k << 2));
    if (index < 0 || index >= rows) continue;
    const at = starts + (<usize>index << 2);
    const position = load<i32>(at, 4);
    store<i32>(order + (<usize>position << 2), k);
    store<i32>(at, position + 1, 4);
  }
}

/**
 * Adds rows that were sorted by sortIndices, in float64. Arguments: g, starts, order, out, rows, width, rows of a
 * slice, column blocks, columns of a block. Scratch: one block of float64.
 */
// @ts-ignore: decorator
@inline function addRows<T>(args: usize, chunk: i32, sums: usize): void {
  const width = count(args, 5);
  const size = count(args, 6);
  const blocks = count(args, 7);
  const begin = (chunk % blocks) * count(args, 8);
  const columns = min(count(args, 8), width - begin);
  const first = chunk / blocks * size;
  const last = min(count(args, 4), first + size);
  const starts = address(args, 1);
  for (let row = first; row < last; row++) {
    memory.fill(sums, 0, <usize>columns << 3);
    const end = load<i32>(starts + (<usize>row << 2), 4);
    for (let k = load<i32>(starts + (<usize>row << 2)); k < end; k++) {
      const position = load<i32>(address(args, 2) + (<usize>k << 2));
      addRow<T>(address(args, 0) + bytes<T>(position * width + begin), sums, columns);
    }
    const out = address(args, 3) + bytes<T>(row * width + begin);
    for (let c = 0; c < columns; c++) store<T>(out + bytes<T>(c), <T>load<f64>(sums + (c << 3)));
  }
}

// @ts-ignore: decorator
@inline function addRow<T>(g: usize, sums: usize, columns: i32): void {
  const end = sums + (<usize>(columns & ~1) << 3);
  for (; sums < end; sums += 16, g += 2 * sizeof<T>()) {
    v128.store(sums, f64x2.add(v128.load(sums), loadPair<T>(g)));
  }
  if (columns & 1) store<f64>(sums, load<f64>(sums) + <f64>load<T>(g));
}
export function addRows32(args: usize, chunk: i32, scratch: usize): void {
  addRows<f32>(args, chunk, scratch);
}
export function addRowsInt(args: usize, chunk: i32, scratch: usize): void {
  addRows<i32>(args, chunk, scratch);
}
export function addRows64(args: usize, chunk: i32, scratch: usize): void {
  addRows<f64>(args, chunk, scratch);
}

/** Arguments: indices, out, number of indices, depth, indices of a slice. */
// @ts-ignore: decorator
@inline function oneHot<T>(args: usize, chunk: i32): void {
  const depth = count(args, 3);
  const size = count(args, 4);
  const last = min(count(args, 2), (chunk + 1) * size);
  const out = address(args, 1);
  memory.fill(out + bytes<T>(chunk * size * depth), 0, bytes<T>((last - chunk * size) * depth));
  for (let k = chunk * size; k < last; k++) {
    const index = load<i32>(address(args, 0) + (k << 2));
    if (index >= 0 && index < depth) store<T>(out + bytes<T>(k * depth + index), <T>1);
  }
}
export function oneHot32(args: usize, chunk: i32, scratch: usize): void {
  oneHot<f32>(args, chunk);
}
export function oneHot64(args: usize, chunk: i32, scratch: usize): void {
  oneHot<f64>(args, chunk);
}
export function oneHotInt(args: usize, chunk: i32, scratch: usize): void {
  oneHot<i32>(args, chunk);
}
