// The negative log-likelihood of one site given all others, over every sequence, with its gradient. Shared by the
// symmetric and the asymmetric pseudo-likelihood. Rows hold the states of the site, padded to whole vectors.
import { expLanes, greatestLane, logLanes, sumLanes } from './_lanes';
import { buildTable, gatherPatterns, scatterPatterns, spreadTable } from './_patterns';

// @ts-ignore: decorator
@inline export function whole(args: usize, word: i32): i32 { return <i32>load<f64>(args + (<usize>word << 3)); }
// @ts-ignore: decorator
@inline export function address(args: usize, word: i32): usize { return <usize>load<f64>(args + (<usize>word << 3)); }
// @ts-ignore: decorator
@inline export function real(args: usize, word: i32): f32 { return <f32>load<f64>(args + (<usize>word << 3)); }

// Words of the argument block; inference/problem-layout.ts writes them in this order.
export const SEQUENCES = 0, SITES = 1, STATES = 2, VECTORS = 3, WIDTH = 4, BLOCKS = 5, LETTERS = 6, WEIGHTS = 7,
  IDS = 8, BLOCK_PATTERNS = 9, BLOCK_GROUPS = 10, MEMBERS = 11, FREQUENCIES = 12, FIELD_PENALTY = 13,
  COUPLING_PENALTY = 14, FREE = 15;

/** Bytes of one row. */
// @ts-ignore: decorator
@inline export function rowBytes(args: usize): usize { return <usize>whole(args, VECTORS) << 4; }

/** Copies the row at `from` to `count` rows at `to`. */
function fillRows(to: usize, from: usize, bytes: usize, count: i32): void {
  for (let s = 0; s < count; s++)
    for (let at: usize = 0; at < bytes; at += 16, to += 16) v128.store(to, v128.load(from + at));
}

/** Adds −10³⁰ to the padding lanes of the last vector of a row, so that they take no part in a softmax. */
function paddingMask(states: i32, vectors: i32): v128 {
  const valid = states - ((vectors - 1) << 2);
  return v128.and(f32x4.splat(-1e30), i32x4.ge_s(i32x4(0, 1, 2, 3), i32x4.splat(valid)));
}

/**
 * Turns each sequence's row of logits into its residual w(p − onehot), adds the residuals into `fieldGradient`, and
 * returns Σ_s w_s (−log p(letter)). Rows of missing letters become zero. Four sequences share one logarithm.
 */
function residuals(args: usize, site: i32, rows: usize, fieldGradient: usize): f64 {
  const sequences = whole(args, SEQUENCES), vectors = whole(args, VECTORS), bytes = rowBytes(args);
  const mask = paddingMask(whole(args, STATES), vectors);
  let letters = address(args, LETTERS) + <usize>site * sequences;
  let weights = address(args, WEIGHTS);
  let total: f64 = 0;
  for (let s = 0; s < sequences; s += 4) {
    let norms = f32x4.splat(1), gaps = f32x4.splat(0);
    for (let t = 0; t < 4; t++) {
      const letter = <i32>load<i8>(letters + t);
      if (letter < 0) {
        for (let at: usize = 0; at < bytes; at += 16) v128.store(rows + at, f32x4.splat(0));
      } else {
        const own = rows + (<usize>letter << 2);
        const chosen = load<f32>(own);
        const last = rows + bytes - 16;
        v128.store(last, f32x4.add(v128.load(last), mask));
        let top = v128.load(rows);
        for (let at = rows + 16; at <= last; at += 16) top = f32x4.pmax(top, v128.load(at));
        top = greatestLane(top);
        let sum = f32x4.splat(0);
        for (let at = rows; at <= last; at += 16) {
          const e = expLanes(f32x4.sub(v128.load(at), top));
          v128.store(at, e);
          sum = f32x4.add(sum, e);
        }
        const norm = sumLanes(sum), weight = load<f32>(weights + (t << 2));
        const factor = f32x4.splat(weight / norm);
        let gradient = fieldGradient;
        for (let at = rows; at <= last; at += 16, gradient += 16) {
          const p = f32x4.mul(v128.load(at), factor);
          v128.store(at, p);
          v128.store(gradient, f32x4.add(v128.load(gradient), p));
        }
        store<f32>(own, load<f32>(own) - weight);
        const g = fieldGradient + (<usize>letter << 2);
        store<f32>(g, load<f32>(g) - weight);
        const gap = f32x4.extract_lane(top, 0) - chosen;
        const lane = i32x4.eq(i32x4(0, 1, 2, 3), i32x4.splat(t));
        norms = v128.bitselect(f32x4.splat(norm), norms, lane);
        gaps = v128.bitselect(f32x4.splat(gap), gaps, lane);
      }
      rows += bytes;
    }
    total += <f64>sumLanes(f32x4.mul(v128.load(weights), f32x4.add(logLanes(norms), gaps)));
    letters += 4;
    weights += 16;
  }
  return total;
}

/** Bytes of scratch that {@link conditional} needs begin with `rows` of every sequence, then the largest table. */
export function conditional(
  args: usize, site: i32, couplings: usize, field: usize, rows: usize,
  couplingGradient: usize, fieldGradient: usize,
): f64 {
  const sequences = whole(args, SEQUENCES), vectors = whole(args, VECTORS), width = whole(args, WIDTH);
  const bytes = rowBytes(args), blocks = whole(args, BLOCKS);
  const ids = address(args, IDS), members = address(args, MEMBERS);
  const patterns = address(args, BLOCK_PATTERNS), groups = address(args, BLOCK_GROUPS);
  const table = rows + bytes * sequences;
  fillRows(rows, field, bytes, sequences);
  memory.fill(fieldGradient, 0, bytes);
  memory.fill(couplingGradient, 0, bytes * (whole(args, SITES) * whole(args, STATES) + 1));
  for (let b = 0; b < blocks; b++) {
    const first = load<i32>(patterns + (b << 2)), last = load<i32>(patterns + (b << 2), 4);
    const from = load<i32>(groups + (b << 2)), to = load<i32>(groups + (b << 2), 4);
    buildTable(table, couplings, members, width, first, last, vectors);
    gatherPatterns(rows, vectors, sequences, ids + (<usize>from * sequences << 1), to - from, table);
  }
  const value = residuals(args, site, rows, fieldGradient);
  for (let b = 0; b < blocks; b++) {
    const first = load<i32>(patterns + (b << 2)), last = load<i32>(patterns + (b << 2), 4);
    const from = load<i32>(groups + (b << 2)), to = load<i32>(groups + (b << 2), 4);
    memory.fill(table, 0, bytes * (last - first));
    scatterPatterns(rows, vectors, sequences, ids + (<usize>from * sequences << 1), to - from, table);
    spreadTable(table, couplingGradient, members, width, first, last, vectors);
  }
  return value;
}
