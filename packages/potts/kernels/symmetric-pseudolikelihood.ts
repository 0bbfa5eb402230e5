// Symmetric pseudo-likelihood in centred, diagonally scaled variables, float32 with float64 sums of the objective.
//
// A vector of variables holds the fields [site][state] and then a block [state of j][state of i] for every pair i < j,
// in the order of j·(j−1)/2 + i; both states are padded to whole vectors of four. With x = scale · u (element-wise)
// and centred features the raw parameters are J = x and h_i = x_i − Σ_j Σ_b f_j(b) J_ij(·, b).
import { COUPLING_PENALTY, FIELD_PENALTY, FREE, FREQUENCIES, SITES, STATES, VECTORS, address, conditional, real, rowBytes, whole } from './_conditional';
import { firstLanes, madd, sumLanes, transposeScaled } from './_lanes';

// Words after those of the problem.
const SCALE = FREE, RAW_FIELDS = FREE + 1, FIELD_GRADIENTS = FREE + 2, ROW_GRADIENTS = FREE + 3, PARTIAL = FREE + 4,
  VARIABLES = FREE + 5, GRADIENT = FREE + 6, VARIANCES = FREE + 7, TOTAL_WEIGHT = FREE + 8, GROUP_PENALTY = FREE + 9, GROUP_SMOOTHING = FREE + 10;

/** Byte offset of the block of the pair i < j within a vector of variables. */
// @ts-ignore: decorator
@inline
function pairOffset(args: usize, i: i32, j: i32): usize {
  const bytes = rowBytes(args), padded = <usize>whole(args, VECTORS) << 2;
  return <usize>whole(args, SITES) * bytes + (<usize>((j * (j - 1)) >> 1) + i) * padded * bytes;
}

/** Subtracts factor · (row at `from`) from the row at `to`. */
function subtractScaled(to: usize, from: usize, factor: f32, bytes: usize): void {
  const f = f32x4.splat(-factor);
  for (let at: usize = 0; at < bytes; at += 16) v128.store(to + at, madd(v128.load(from + at), f, v128.load(to + at)));
}

/** Coupling rows [j·q + b][a] of `site`, a row of zeros after them, and the raw field of the site. */
function expand(args: usize, site: i32, couplings: usize): void {
  const sites = whole(args, SITES), states = whole(args, STATES), bytes = rowBytes(args);
  const variables = address(args, VARIABLES), scale = address(args, SCALE), padded = <i32>(bytes >> 2);
  const field = address(args, RAW_FIELDS) + <usize>site * bytes, own = <usize>site * bytes;
  for (let at: usize = 0; at < bytes; at += 16)
    v128.store(field + at, f32x4.mul(v128.load(variables + own + at), v128.load(scale + own + at)));
  for (let j = 0; j < sites; j++) {
    const rows = couplings + <usize>(j * states) * bytes;
    if (j == site) {
      memory.fill(rows, 0, <usize>states * bytes);
      continue;
    }
    const offset = pairOffset(args, min(site, j), max(site, j));
    const u = variables + offset, d = scale + offset;
    if (j > site) {
      const all = <usize>states * bytes;
      for (let at: usize = 0; at < all; at += 16) v128.store(rows + at, f32x4.mul(v128.load(u + at), v128.load(d + at)));
    } else {
      for (let a = 0; a < padded; a += 4)
        for (let b = 0; b < states; b += 4) {
          const from = <usize>a * bytes + (<usize>b << 2);
          transposeScaled(u + from, d + from, bytes, rows + <usize>b * bytes + (<usize>a << 2), states - b);
        }
    }
    const frequencies = address(args, FREQUENCIES) + <usize>j * bytes;
    for (let b = 0; b < states; b++)
      subtractScaled(field, rows + <usize>b * bytes, load<f32>(frequencies + (<usize>b << 2)), bytes);
  }
  memory.fill(couplings + <usize>(sites * states) * bytes, 0, bytes);
}

/** Chunk = site: objective of the site and λ_h |h_i|² into PARTIAL, gradients of its field and of its coupling rows. */
export function site(args: usize, chunk: i32, scratch: usize): void {
  const sites = whole(args, SITES), states = whole(args, STATES), vectors = whole(args, VECTORS), bytes = rowBytes(args);
  const rowsOfSite = <usize>(sites * states + 1) * bytes;
  const field = address(args, RAW_FIELDS) + <usize>chunk * bytes;
  const fieldGradient = address(args, FIELD_GRADIENTS) + <usize>chunk * bytes;
  expand(args, chunk, scratch);
  let value = conditional(args, chunk, scratch, field, scratch + rowsOfSite,
    address(args, ROW_GRADIENTS) + <usize>chunk * rowsOfSite, fieldGradient);
  const penalty = real(args, FIELD_PENALTY);
  let squares: f64 = 0;
  for (let k = 0; k < vectors; k++) {
    const at = <usize>k << 4;
    const h = firstLanes(v128.load(field + at), states - (k << 2));
    const g = firstLanes(v128.load(fieldGradient + at), states - (k << 2));
    v128.store(fieldGradient + at, madd(h, f32x4.splat(2 * penalty), g));
    squares += <f64>sumLanes(f32x4.mul(h, h));
  }
  store<f64>(address(args, PARTIAL) + (<usize>chunk << 3), value + load<f64>(args + (FIELD_PENALTY << 3)) * squares);
}

/**
 * Gradient of one 4×4 tile of a pair's block, rows b…b+3 (those below `states`) and lanes a…a+3; returns Σ J².
 * `mine` and `theirs` are the coupling gradients seen from i (rows b) and from j (rows a).
 */
// @ts-ignore: decorator
@inline
function tile(mine: usize, theirs: usize, u: usize, d: usize, g: usize, bytes: usize, rows: i32, fi: v128, gi: v128,
  fj: usize, gj: usize, twice: v128): v128 {
  const r0 = v128.load(theirs), r1 = v128.load(theirs + bytes), r2 = v128.load(theirs + 2 * bytes), r3 = v128.load(theirs + 3 * bytes);
  const t0 = v128.shuffle<i32>(r0, r1, 0, 4, 1, 5), t1 = v128.shuffle<i32>(r0, r1, 2, 6, 3, 7);
  const t2 = v128.shuffle<i32>(r2, r3, 0, 4, 1, 5), t3 = v128.shuffle<i32>(r2, r3, 2, 6, 3, 7);
  let squares = line(mine, v128.shuffle<i32>(t0, t2, 0, 1, 4, 5), u, d, g, fi, gi, fj, gj, twice);
  if (rows > 1) squares = f32x4.add(squares, line(mine + bytes, v128.shuffle<i32>(t0, t2, 2, 3, 6, 7), u + bytes, d + bytes, g + bytes, fi, gi, fj + 4, gj + 4, twice));
  if (rows > 2) squares = f32x4.add(squares, line(mine + 2 * bytes, v128.shuffle<i32>(t1, t3, 0, 1, 4, 5), u + 2 * bytes, d + 2 * bytes, g + 2 * bytes, fi, gi, fj + 8, gj + 8, twice));
  if (rows > 3) squares = f32x4.add(squares, line(mine + 3 * bytes, v128.shuffle<i32>(t1, t3, 2, 3, 6, 7), u + 3 * bytes, d + 3 * bytes, g + 3 * bytes, fi, gi, fj + 12, gj + 12, twice));
  return squares;
}

// @ts-ignore: decorator
@inline
function line(mine: usize, theirs: v128, u: usize, d: usize, g: usize, fi: v128, gi: v128, fj: usize, gj: usize, twice: v128): v128 {
  const scale = v128.load(d);
  const x = f32x4.mul(scale, v128.load(u));
  let sum = madd(twice, x, f32x4.add(v128.load(mine), theirs));
  sum = f32x4.sub(sum, f32x4.mul(v128.load32_splat(fj), gi));
  sum = f32x4.sub(sum, f32x4.mul(fi, v128.load32_splat(gj)));
  v128.store(g, f32x4.mul(scale, sum));
  return f32x4.mul(x, x);
}

/** Σ J² of a pair's block: its variables times their scales, zero in the padding. */
function squaredNorm(u: usize, d: usize, bytes: usize): f32 {
  let squares = f32x4.splat(0);
  for (let at: usize = 0; at < bytes; at += 16) {
    const x = f32x4.mul(v128.load(u + at), v128.load(d + at));
    squares = madd(x, x, squares);
  }
  return sumLanes(squares);
}

/**
 * Chunk = j: scaled gradient of field j and of every pair i < j; Σ_i λ_J |J_ij|² + λ_g √(ε + |J_ij|²) into PARTIAL.
 * The group penalty's gradient is that of an L2 penalty of λ_g / 2√(ε + |J_ij|²) on the pair.
 */
export function combine(args: usize, j: i32, scratch: usize): void {
  const sites = whole(args, SITES), states = whole(args, STATES), bytes = rowBytes(args), padded = <i32>(bytes >> 2);
  const variables = address(args, VARIABLES), scale = address(args, SCALE), gradient = address(args, GRADIENT);
  const frequencies = address(args, FREQUENCIES), fields = address(args, FIELD_GRADIENTS), rows = address(args, ROW_GRADIENTS);
  const perSite = <usize>(sites * states + 1) * bytes, own = <usize>j * bytes;
  const penalty: f32 = 2 * real(args, COUPLING_PENALTY), group = real(args, GROUP_PENALTY), smoothing = real(args, GROUP_SMOOTHING);
  for (let at: usize = own; at < own + bytes; at += 16)
    v128.store(gradient + at, f32x4.mul(v128.load(fields + at), v128.load(scale + at)));
  let total: f64 = 0, groups: f64 = 0;
  for (let i = 0; i < j; i++) {
    const mine = rows + <usize>i * perSite + <usize>(j * states) * bytes;
    const theirs = rows + <usize>j * perSite + <usize>(i * states) * bytes;
    const block = pairOffset(args, i, j), other = <usize>i * bytes;
    let squares = f32x4.splat(0), strength: f32 = penalty;
    if (group > 0) {
      const root = sqrt<f32>(smoothing + squaredNorm(variables + block, scale + block, <usize>padded * bytes));
      strength += group / root;
      groups += <f64>root;
    }
    const twice = f32x4.splat(strength);
    for (let a = 0; a < padded; a += 4) {
      const lane = <usize>a << 2;
      const fi = v128.load(frequencies + other + lane), gi = v128.load(fields + other + lane);
      for (let b = 0; b < states; b += 4) {
        const at = <usize>b * bytes + lane, o = block + at, from = <usize>b << 2;
        squares = f32x4.add(squares, tile(mine + at, theirs + <usize>a * bytes + from, variables + o, scale + o, gradient + o, bytes,
          states - b, fi, gi, frequencies + own + from, fields + own + from, twice));
      }
    }
    total += <f64>sumLanes(squares);
  }
  store<f64>(address(args, PARTIAL) + (<usize>j << 3), load<f64>(args + (COUPLING_PENALTY << 3)) * total +
    load<f64>(args + (GROUP_PENALTY << 3)) * groups);
}

/** Chunk = j: scale = (2 M v_i(a) v_j(b) + 2 λ_J + λ_g)^−½ for every pair i < j, as if |J_ij| = 1; zero in the padding. */
export function scales(args: usize, j: i32, scratch: usize): void {
  const states = whole(args, STATES), bytes = rowBytes(args), padded = <i32>(bytes >> 2), scale = address(args, SCALE);
  const variances = address(args, VARIANCES), penalty = f32x4.splat(2 * real(args, COUPLING_PENALTY) + real(args, GROUP_PENALTY));
  for (let i = 0; i < j; i++) {
    const block = scale + pairOffset(args, i, j);
    memory.fill(block, 0, <usize>padded * bytes);
    for (let b = 0; b < states; b++) {
      const vj = f32x4.splat(2 * real(args, TOTAL_WEIGHT) * load<f32>(variances + <usize>j * bytes + (<usize>b << 2)));
      for (let a = 0; a < padded; a += 4) {
        const curvature = madd(v128.load(variances + <usize>i * bytes + (<usize>a << 2)), vj, penalty);
        const value = f32x4.div(f32x4.splat(1), f32x4.sqrt(curvature));
        v128.store(block + <usize>b * bytes + (<usize>a << 2), firstLanes(value, states - a));
      }
    }
  }
}
