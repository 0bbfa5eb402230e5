import { bytes, fma, loadSplat, transposeTile4 } from './_simd';

// Matrix products in tiles of 4 rows by two vectors (8 columns of float32, 4 of float64): larger tiles spill.
// A panel holds 4 rows of A (or one tile's columns of B) next to each other for every k, padded with zeroes.

/** Rows of a tile. */
export const ROWS: i32 = 4;
/** Length of the products that are summed before they go to memory. */
export const DEPTH: i32 = 256;

/** Columns of a tile. */
// @ts-ignore: decorator
@inline export function columns<T>(): i32 {
  return 32 >> alignof<T>();
}

/** n rounded up to a multiple of a power of two. */
// @ts-ignore: decorator
@inline export function roundUp(n: i32, multiple: i32): i32 {
  return (n + multiple - 1) & -multiple;
}

/**
 * c = start + A·B for one tile; element (r, k) of A lies at a + r·ra + k·sa, row k of B at b + k·sb, row r of c at
 * c + r·sc (all in bytes), or both are packed panels. start: 0 nothing, 1 the tile itself, 2 the row at `bias`.
 */
// @ts-ignore: decorator
@inline function tile<T>(
  packed: bool, k: i32, a: usize, ra: usize, sa: usize, b: usize, sb: usize, c: usize, sc: usize, start: i32, bias: usize,
): void {
  let c00: v128, c01: v128, c10: v128, c11: v128, c20: v128, c21: v128, c30: v128, c31: v128;
  if (start == 1) {
    c00 = v128.load(c); c01 = v128.load(c, 16);
    c10 = v128.load(c + sc); c11 = v128.load(c + sc, 16);
    c20 = v128.load(c + 2 * sc); c21 = v128.load(c + 2 * sc, 16);
    c30 = v128.load(c + 3 * sc); c31 = v128.load(c + 3 * sc, 16);
  } else {
    c00 = c01 = v128.splat<T>(0);
    if (start == 2) {
      c00 = v128.load(bias);
      c01 = v128.load(bias, 16);
    }
    c10 = c20 = c30 = c00;
    c11 = c21 = c31 = c01;
  }
  if (packed) {
    // Offsets that are part of the instruction save an addition each.
    for (const end = b + (<usize>k << 5); b != end; b += 32) {
      const b0 = v128.load(b), b1 = v128.load(b, 16);
      let x = loadSplat<T>(a); c00 = fma<T>(x, b0, c00); c01 = fma<T>(x, b1, c01);
      x = sizeof<T>() == 4 ? v128.load32_splat(a, 4) : v128.load64_splat(a, 8);
      c10 = fma<T>(x, b0, c10); c11 = fma<T>(x, b1, c11);
      x = sizeof<T>() == 4 ? v128.load32_splat(a, 8) : v128.load64_splat(a, 16);
      c20 = fma<T>(x, b0, c20); c21 = fma<T>(x, b1, c21);
      x = sizeof<T>() == 4 ? v128.load32_splat(a, 12) : v128.load64_splat(a, 24);
      c30 = fma<T>(x, b0, c30); c31 = fma<T>(x, b1, c31);
      a += bytes<T>(ROWS);
    }
  } else {
    for (const end = b + k * sb; b != end; b += sb) {
      const b0 = v128.load(b), b1 = v128.load(b, 16);
      let x = loadSplat<T>(a); c00 = fma<T>(x, b0, c00); c01 = fma<T>(x, b1, c01);
      x = loadSplat<T>(a + ra); c10 = fma<T>(x, b0, c10); c11 = fma<T>(x, b1, c11);
      x = loadSplat<T>(a + 2 * ra); c20 = fma<T>(x, b0, c20); c21 = fma<T>(x, b1, c21);
      x = loadSplat<T>(a + 3 * ra); c30 = fma<T>(x, b0, c30); c31 = fma<T>(x, b1, c31);
      a += sa;
    }
  }
  v128.store(c, c00); v128.store(c, c01, 16);
  v128.store(c + sc, c10); v128.store(c + sc, c11, 16);
  v128.store(c + 2 * sc, c20); v128.store(c + 2 * sc, c21, 16);
  v128.store(c + 3 * sc, c30); v128.store(c + 3 * sc, c31, 16);
}

/** The tile of packed panels. */
// @ts-ignore: decorator
@inline function packedTile32(k: i32, a: usize, b: usize, c: usize, sc: usize, start: i32, bias: usize): void {
  tile<f32>(true, k, a, 0, 0, b, 0, c, sc, start, bias);
}
// @ts-ignore: decorator
@inline function packedTile64(k: i32, a: usize, b: usize, c: usize, sc: usize, start: i32, bias: usize): void {
  tile<f64>(true, k, a, 0, 0, b, 0, c, sc, start, bias);
}

// @ts-ignore: decorator
@inline function packedTile<T>(k: i32, a: usize, b: usize, c: usize, sc: usize, start: i32, bias: usize): void {
  if (sizeof<T>() == 4) packedTile32(k, a, b, c, sc, start, bias);
  else packedTile64(k, a, b, c, sc, start, bias);
}

/** The tile of operands as they lie in memory. */
// @ts-ignore: decorator
@inline function stridedTile32(k: i32, a: usize, ra: usize, sa: usize, b: usize, sb: usize, c: usize, sc: usize): void {
  tile<f32>(false, k, a, ra, sa, b, sb, c, sc, 0, 0);
}
// @ts-ignore: decorator
@inline function stridedTile64(k: i32, a: usize, ra: usize, sa: usize, b: usize, sb: usize, c: usize, sc: usize): void {
  tile<f64>(false, k, a, ra, sa, b, sb, c, sc, 0, 0);
}

/**
 * c = A·B without packing, for operands that fit the first cache and are padded: m to a multiple of 4 and n to one
 * of the tile's columns. Strides in bytes as for a tile.
 */
// @ts-ignore: decorator
@inline export function smallProduct<T>(
  m: i32, n: i32, k: i32, a: usize, ra: usize, sa: usize, b: usize, sb: usize, c: usize, sc: usize,
): void {
  for (let j = 0; j < n; j += columns<T>())
    for (let i = 0; i < m; i += ROWS) {
      const at = c + i * sc + bytes<T>(j);
      if (sizeof<T>() == 4) stridedTile32(k, a + i * ra, ra, sa, b + bytes<T>(j), sb, at, sc);
      else stridedTile64(k, a + i * ra, ra, sa, b + bytes<T>(j), sb, at, sc);
    }
}

/** `width` lines of k numbers each into a panel of `full` lines; strides from line to line and along a line in bytes. */
// @ts-ignore: decorator
@inline function packPanel<T>(
  x: usize, across: usize, along: usize, width: i32, full: i32, k: i32, out: usize,
): void {
  const step = bytes<T>(full);
  let done = 0;
  if (width == full && across == sizeof<T>()) {
    for (const end = out + k * step; out != end; out += step, x += along) {
      v128.store(out, v128.load(x));
      if (full * sizeof<T>() == 32) v128.store(out, v128.load(x, 16), 16);
    }
    return;
  }
  if (width == full && along == sizeof<T>() && sizeof<T>() == 4) {
    done = k & ~3;
    for (let p = 0; p < done; p += 4) {
      transposeTile4(x + (p << 2), across, out + p * step, step);
      if (full == 8) transposeTile4(x + 4 * across + (p << 2), across, out + p * step + 16, step);
    }
  }
  for (let p = done; p < k; p++)
    for (let r = 0; r < full; r++)
      store<T>(out + p * step + bytes<T>(r), r < width ? load<T>(x + r * across + p * along) : 0);
}

/** Packs m rows of A into panels of 4. */
export function packA<T>(a: usize, across: usize, along: usize, m: i32, k: i32, out: usize): void {
  for (let i = 0; i < m; i += ROWS)
    packPanel<T>(a + i * across, across, along, min(ROWS, m - i), ROWS, k, out + bytes<T>(i * k));
}

/** Packs n columns of B into panels as wide as a tile. */
export function packB<T>(b: usize, across: usize, along: usize, n: i32, k: i32, out: usize): void {
  for (let j = 0; j < n; j += columns<T>())
    packPanel<T>(b + j * across, across, along, min(columns<T>(), n - j), columns<T>(), k, out + bytes<T>(j * k));
}

/** A tile of which only m rows and n columns belong to c goes through `spare`, a whole tile of scratch memory. */
// @ts-ignore: decorator
@inline function edgeTile<T>(
  m: i32, n: i32, k: i32, a: usize, b: usize, c: usize, sc: usize, start: i32, bias: usize, spare: usize,
): void {
  if (start == 1)
    for (let r = 0; r < m; r++)
      for (let s = 0; s < n; s++) store<T>(spare + (r << 5) + bytes<T>(s), load<T>(c + r * sc + bytes<T>(s)));
  packedTile<T>(k, a, b, spare, 32, start, bias);
  for (let r = 0; r < m; r++)
    for (let s = 0; s < n; s++) store<T>(c + r * sc + bytes<T>(s), load<T>(spare + (r << 5) + bytes<T>(s)));
}

/** c [m, n] = start + A·B from packed panels; `spare`: 128 bytes of scratch memory. */
export function packedProduct<T>(
  m: i32, n: i32, k: i32, a: usize, b: usize, c: usize, sc: usize, start: i32, bias: usize, spare: usize,
): void {
  for (let j = 0; j < n; j += columns<T>()) {
    const panel = b + bytes<T>(j * k);
    for (let i = 0; i < m; i += ROWS) {
      const at = c + i * sc + bytes<T>(j);
      const offset = start == 2 ? bias + bytes<T>(j) : 0;
      if (m - i >= ROWS && n - j >= columns<T>()) packedTile<T>(k, a + bytes<T>(i * k), panel, at, sc, start, offset);
      else edgeTile<T>(min(ROWS, m - i), min(columns<T>(), n - j), k, a + bytes<T>(i * k), panel, at, sc, start, offset, spare);
    }
  }
}
