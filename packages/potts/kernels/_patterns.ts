// Loops over column patterns: the distinct letter groups of w adjacent columns, each listed once. A table holds one
// row of `stride` bytes per pattern; sequences address rows by 16-bit numbers counted in vectors of 16 bytes.
// A specialised loop keeps up to eight vectors of a row in registers; wider rows are worked off in slabs of eight.
import { Vectors1, Vectors2, Vectors3, Vectors4, Vectors5, Vectors6, Vectors7, Vectors8 } from './_lanes';

/** Adds to each sequence's row at `rows` the table rows of its `groups` patterns, one after another; numbers are read two at a time. */
function gatherSlab<V>(rows: usize, stride: usize, sequences: i32, ids: usize, groups: i32, table: usize): void {
  const last = rows + stride * sequences;
  const idBytes = <usize>groups << 1;
  while (rows < last) {
    let a0 = v128.load(rows), a1 = a0, a2 = a0, a3 = a0, a4 = a0, a5 = a0, a6 = a0, a7 = a0;
    if (offsetof<V>() > 1) a1 = v128.load(rows, 16);
    if (offsetof<V>() > 2) a2 = v128.load(rows, 32);
    if (offsetof<V>() > 3) a3 = v128.load(rows, 48);
    if (offsetof<V>() > 4) a4 = v128.load(rows, 64);
    if (offsetof<V>() > 5) a5 = v128.load(rows, 80);
    if (offsetof<V>() > 6) a6 = v128.load(rows, 96);
    if (offsetof<V>() > 7) a7 = v128.load(rows, 112);
    const end = ids + idBytes;
    for (; ids + 4 <= end; ids += 4) {
      const both = load<u32>(ids);
      const row = table + (<usize>(both & 0xffff) << 4), next = table + (<usize>(both >> 16) << 4);
      a0 = f32x4.add(f32x4.add(a0, v128.load(row)), v128.load(next));
      if (offsetof<V>() > 1) a1 = f32x4.add(f32x4.add(a1, v128.load(row, 16)), v128.load(next, 16));
      if (offsetof<V>() > 2) a2 = f32x4.add(f32x4.add(a2, v128.load(row, 32)), v128.load(next, 32));
      if (offsetof<V>() > 3) a3 = f32x4.add(f32x4.add(a3, v128.load(row, 48)), v128.load(next, 48));
      if (offsetof<V>() > 4) a4 = f32x4.add(f32x4.add(a4, v128.load(row, 64)), v128.load(next, 64));
      if (offsetof<V>() > 5) a5 = f32x4.add(f32x4.add(a5, v128.load(row, 80)), v128.load(next, 80));
      if (offsetof<V>() > 6) a6 = f32x4.add(f32x4.add(a6, v128.load(row, 96)), v128.load(next, 96));
      if (offsetof<V>() > 7) a7 = f32x4.add(f32x4.add(a7, v128.load(row, 112)), v128.load(next, 112));
    }
    if (ids < end) {
      const row = table + (<usize>load<u16>(ids) << 4);
      a0 = f32x4.add(a0, v128.load(row));
      if (offsetof<V>() > 1) a1 = f32x4.add(a1, v128.load(row, 16));
      if (offsetof<V>() > 2) a2 = f32x4.add(a2, v128.load(row, 32));
      if (offsetof<V>() > 3) a3 = f32x4.add(a3, v128.load(row, 48));
      if (offsetof<V>() > 4) a4 = f32x4.add(a4, v128.load(row, 64));
      if (offsetof<V>() > 5) a5 = f32x4.add(a5, v128.load(row, 80));
      if (offsetof<V>() > 6) a6 = f32x4.add(a6, v128.load(row, 96));
      if (offsetof<V>() > 7) a7 = f32x4.add(a7, v128.load(row, 112));
      ids += 2;
    }
    v128.store(rows, a0);
    if (offsetof<V>() > 1) v128.store(rows, a1, 16);
    if (offsetof<V>() > 2) v128.store(rows, a2, 32);
    if (offsetof<V>() > 3) v128.store(rows, a3, 48);
    if (offsetof<V>() > 4) v128.store(rows, a4, 64);
    if (offsetof<V>() > 5) v128.store(rows, a5, 80);
    if (offsetof<V>() > 6) v128.store(rows, a6, 96);
    if (offsetof<V>() > 7) v128.store(rows, a7, 112);
    rows += stride;
  }
}

/** Adds each sequence's row at `rows` to the table rows of its patterns. */
function scatterSlab<V>(rows: usize, stride: usize, sequences: i32, ids: usize, groups: i32, table: usize): void {
  const last = rows + stride * sequences;
  const idBytes = <usize>groups << 1;
  while (rows < last) {
    let a0 = v128.load(rows), a1 = a0, a2 = a0, a3 = a0, a4 = a0, a5 = a0, a6 = a0, a7 = a0;
    if (offsetof<V>() > 1) a1 = v128.load(rows, 16);
    if (offsetof<V>() > 2) a2 = v128.load(rows, 32);
    if (offsetof<V>() > 3) a3 = v128.load(rows, 48);
    if (offsetof<V>() > 4) a4 = v128.load(rows, 64);
    if (offsetof<V>() > 5) a5 = v128.load(rows, 80);
    if (offsetof<V>() > 6) a6 = v128.load(rows, 96);
    if (offsetof<V>() > 7) a7 = v128.load(rows, 112);
    const end = ids + idBytes;
    while (ids < end) {
      const row = table + (<usize>load<u16>(ids) << 4);
      v128.store(row, f32x4.add(v128.load(row), a0));
      if (offsetof<V>() > 1) v128.store(row, f32x4.add(v128.load(row, 16), a1), 16);
      if (offsetof<V>() > 2) v128.store(row, f32x4.add(v128.load(row, 32), a2), 32);
      if (offsetof<V>() > 3) v128.store(row, f32x4.add(v128.load(row, 48), a3), 48);
      if (offsetof<V>() > 4) v128.store(row, f32x4.add(v128.load(row, 64), a4), 64);
      if (offsetof<V>() > 5) v128.store(row, f32x4.add(v128.load(row, 80), a5), 80);
      if (offsetof<V>() > 6) v128.store(row, f32x4.add(v128.load(row, 96), a6), 96);
      if (offsetof<V>() > 7) v128.store(row, f32x4.add(v128.load(row, 112), a7), 112);
      ids += 2;
    }
    rows += stride;
  }
}

export function gatherPatterns(rows: usize, vectors: i32, sequences: i32, ids: usize, groups: i32, table: usize): void {
  const stride = <usize>vectors << 4;
  for (let k = 0; k < vectors; k += 8) {
    const at = <usize>k << 4;
    switch (min(8, vectors - k)) {
      case 1: gatherSlab<Vectors1>(rows + at, stride, sequences, ids, groups, table + at); break;
      case 2: gatherSlab<Vectors2>(rows + at, stride, sequences, ids, groups, table + at); break;
      case 3: gatherSlab<Vectors3>(rows + at, stride, sequences, ids, groups, table + at); break;
      case 4: gatherSlab<Vectors4>(rows + at, stride, sequences, ids, groups, table + at); break;
      case 5: gatherSlab<Vectors5>(rows + at, stride, sequences, ids, groups, table + at); break;
      case 6: gatherSlab<Vectors6>(rows + at, stride, sequences, ids, groups, table + at); break;
      case 7: gatherSlab<Vectors7>(rows + at, stride, sequences, ids, groups, table + at); break;
      default: gatherSlab<Vectors8>(rows + at, stride, sequences, ids, groups, table + at);
    }
  }
}

export function scatterPatterns(rows: usize, vectors: i32, sequences: i32, ids: usize, groups: i32, table: usize): void {
  const stride = <usize>vectors << 4;
  for (let k = 0; k < vectors; k += 8) {
    const at = <usize>k << 4;
    switch (min(8, vectors - k)) {
      case 1: scatterSlab<Vectors1>(rows + at, stride, sequences, ids, groups, table + at); break;
      case 2: scatterSlab<Vectors2>(rows + at, stride, sequences, ids, groups, table + at); break;
      case 3: scatterSlab<Vectors3>(rows + at, stride, sequences, ids, groups, table + at); break;
      case 4: scatterSlab<Vectors4>(rows + at, stride, sequences, ids, groups, table + at); break;
      case 5: scatterSlab<Vectors5>(rows + at, stride, sequences, ids, groups, table + at); break;
      case 6: scatterSlab<Vectors6>(rows + at, stride, sequences, ids, groups, table + at); break;
      case 7: scatterSlab<Vectors7>(rows + at, stride, sequences, ids, groups, table + at); break;
      default: scatterSlab<Vectors8>(rows + at, stride, sequences, ids, groups, table + at);
    }
  }
}

/** Table rows of patterns first…last−1: sums of the `width` rows that `members` names by byte offset into `source`. */
export function buildTable(table: usize, source: usize, members: usize, width: i32, first: i32, last: i32, vectors: i32): void {
  const stride = <usize>vectors << 4;
  members += <usize>(first * width) << 2;
  for (let p = first; p < last; p++) {
    const end = table + stride;
    let r0 = source + <usize>load<u32>(members);
    if (width == 1) {
      for (; table < end; table += 16, r0 += 16) v128.store(table, v128.load(r0));
    } else if (width == 2) {
      let r1 = source + <usize>load<u32>(members, 4);
      for (; table < end; table += 16, r0 += 16, r1 += 16) v128.store(table, f32x4.add(v128.load(r0), v128.load(r1)));
    } else {
      let r1 = source + <usize>load<u32>(members, 4);
      let r2 = source + <usize>load<u32>(members, 8);
      for (; table < end; table += 16, r0 += 16, r1 += 16, r2 += 16)
        v128.store(table, f32x4.add(f32x4.add(v128.load(r0), v128.load(r1)), v128.load(r2)));
    }
    members += <usize>width << 2;
  }
}

/** The transpose of {@link buildTable}: adds each pattern's row to the rows of its members. */
export function spreadTable(table: usize, target: usize, members: usize, width: i32, first: i32, last: i32, vectors: i32): void {
  const stride = <usize>vectors << 4;
  members += <usize>(first * width) << 2;
  for (let p = first; p < last; p++) {
    for (let t = 0; t < width; t++) {
      let row = target + <usize>load<u32>(members);
      const end = row + stride;
      let from = table;
      for (; row < end; row += 16, from += 16) v128.store(row, f32x4.add(v128.load(row), v128.load(from)));
      members += 4;
    }
    table += stride;
  }
}
