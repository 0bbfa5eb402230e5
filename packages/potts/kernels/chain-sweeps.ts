// Sequential sweeps of many Potts chains in lockstep: the rows of one site are used by a whole block of chains while
// they are in the cache. No fused multiply-add, so that a plain program with float32 rounding gives the same bits.
import { address, whole } from './_conditional';
import { expPlain } from './_lanes';
import { gatherPatterns } from './_patterns';
import { philoxLanes } from './_philox';

const CHAINS = 0, SITES = 1, STATES = 2, VECTORS = 3, BLOCK = 4, STRIP = 5, TABLE = 6, FIELDS = 7, IDS = 8, KEYS = 9,
  SWEEP_LOW = 10, SWEEP_HIGH = 11, SWEEPS = 12, RULE = 13, CHANGED = 14, REAL = 15;

/** Counter word 3 of the two streams of a chain: what chooses or accepts, and what proposes. */
const CHOOSE = 0, PROPOSE = 1;

/** The upper 24 bits of random words as numbers in [0, 1). */
// @ts-ignore: decorator
@inline
function uniforms(words: v128): v128 {
  return f32x4.mul(f32x4.convert_i32x4_s(i32x4.shr_u(words, 8)), f32x4.splat(5.9604644775390625e-8));
}

/** The words of four sites for every chain of the block: [4][chains] at `out`. */
function drawWords(args: usize, out: usize, first: i32, chains: i32, group: i32, low: i32, high: i32, purpose: i32): void {
  const keys = address(args, KEYS) + (<usize>first << 2), second = <usize>whole(args, CHAINS) << 2;
  for (let c: usize = 0; c < <usize>chains << 2; c += 16)
    philoxLanes(out + c, <usize>chains << 2, v128.load(keys + c), v128.load(keys + second + c),
      i32x4.splat(group), i32x4.splat(low), i32x4.splat(high), i32x4.splat(purpose));
}

/** Transposes the logits of four chains to [states][4 chains] at `out`. */
function transposeRows(rows: usize, bytes: usize, out: usize): void {
  for (let at: usize = 0; at < bytes; at += 16, out += 64) {
    const r0 = v128.load(rows + at), r1 = v128.load(rows + bytes + at);
    const r2 = v128.load(rows + 2 * bytes + at), r3 = v128.load(rows + 3 * bytes + at);
    const t0 = v128.shuffle<i32>(r0, r1, 0, 4, 1, 5), t1 = v128.shuffle<i32>(r0, r1, 2, 6, 3, 7);
    const t2 = v128.shuffle<i32>(r2, r3, 0, 4, 1, 5), t3 = v128.shuffle<i32>(r2, r3, 2, 6, 3, 7);
    v128.store(out, v128.shuffle<i32>(t0, t2, 0, 1, 4, 5));
    v128.store(out, v128.shuffle<i32>(t0, t2, 2, 3, 6, 7), 16);
    v128.store(out, v128.shuffle<i32>(t1, t3, 0, 1, 4, 5), 32);
    v128.store(out, v128.shuffle<i32>(t1, t3, 2, 3, 6, 7), 48);
  }
}

/** Heat-bath: the first state whose cumulative weight exceeds uniform · total, in four chains at once. */
function heatBathLanes(logits: usize, states: i32, words: v128): v128 {
  const end = logits + (<usize>states << 4);
  let top = v128.load(logits);
  for (let at = logits + 16; at < end; at += 16) top = f32x4.pmax(top, v128.load(at));
  let total = f32x4.splat(0);
  for (let at = logits; at < end; at += 16) {
    total = f32x4.add(total, expPlain(f32x4.sub(v128.load(at), top)));
    v128.store(at, total);
  }
  const target = f32x4.mul(uniforms(words), total);
  let state = i32x4.splat(0);
  for (let at = logits; at < end - 16; at += 16) state = i32x4.sub(state, f32x4.le(v128.load(at), target));
  return state;
}

/** Metropolis: another state, each as likely as the next, accepted with probability min(1, exp(−ΔE)). */
function metropolisLanes(logits: usize, states: i32, old: v128, proposals: v128, words: v128): v128 {
  const others = i32x4.splat(states - 1);
  const low = i64x2.extmul_low_i32x4_u(proposals, others), high = i64x2.extmul_high_i32x4_u(proposals, others);
  let candidate = v128.shuffle<i32>(low, high, 1, 3, 5, 7);
  candidate = i32x4.sub(candidate, i32x4.ge_s(candidate, old));
  const end = logits + (<usize>states << 4);
  let before = f32x4.splat(0), after = before, a = i32x4.splat(0);
  for (let at = logits; at < end; at += 16) {
    const value = v128.load(at);
    before = v128.bitselect(value, before, i32x4.eq(a, old));
    after = v128.bitselect(value, after, i32x4.eq(a, candidate));
    a = i32x4.add(a, i32x4.splat(1));
  }
  const accept = f32x4.lt(uniforms(words), expPlain(f32x4.pmin(f32x4.sub(after, before), f32x4.splat(0))));
  return v128.bitselect(candidate, old, accept);
}

/** New states of one site for every chain of a block; returns how many changed. */
function updateSite(args: usize, site: i32, first: i32, chains: i32, rows: usize, words: usize, logits: usize): i32 {
  const states = whole(args, STATES), vectors = whole(args, VECTORS), strip = whole(args, STRIP), rule = whole(args, RULE);
  const bytes = <usize>vectors << 4, start = site - (site % strip), count = min(strip, whole(args, SITES) - start);
  const column = site - start, base = column * states * vectors;
  let id = address(args, IDS) + ((<usize>start * whole(args, CHAINS) + <usize>first * count + column) << 1);
  const step = <usize>count << 1, proposals = words + (<usize>chains << 4);
  const word = <usize>(site & 3) * (<usize>chains << 2);
  let changed = 0;
  for (let c = 0; c < chains; c += 4, rows += 4 * bytes, id += 4 * step) {
    transposeRows(rows, bytes, logits);
    const at = word + (<usize>c << 2), draw = v128.load(words + at);
    const o0 = (<i32>load<u16>(id) - base) / vectors, o1 = (<i32>load<u16>(id + step) - base) / vectors;
    const o2 = (<i32>load<u16>(id + 2 * step) - base) / vectors, o3 = (<i32>load<u16>(id + 3 * step) - base) / vectors;
    let old = i32x4.replace_lane(i32x4.splat(o0), 1, o1);
    old = i32x4.replace_lane(i32x4.replace_lane(old, 2, o2), 3, o3);
    const state = rule ? metropolisLanes(logits, states, old, v128.load(proposals + at), draw) : heatBathLanes(logits, states, draw);
    const ids = i32x4.add(i32x4.mul(state, i32x4.splat(vectors)), i32x4.splat(base));
    store<u16>(id, <u16>i32x4.extract_lane(ids, 0));
    store<u16>(id + step, <u16>i32x4.extract_lane(ids, 1));
    store<u16>(id + 2 * step, <u16>i32x4.extract_lane(ids, 2));
    store<u16>(id + 3 * step, <u16>i32x4.extract_lane(ids, 3));
    const valid = (1 << max(0, min(4, whole(args, REAL) - first - c))) - 1;
    changed += popcnt(~i32x4.bitmask(i32x4.eq(state, old)) & valid);
  }
  return changed;
}

/** Logits of one site for every chain of a block: its field and one row per neighbour, strip by strip. */
function siteLogits(args: usize, site: i32, first: i32, chains: i32, rows: usize): void {
  const sites = whole(args, SITES), states = whole(args, STATES), vectors = whole(args, VECTORS), strip = whole(args, STRIP);
  const bytes = <usize>vectors << 4, field = address(args, FIELDS) + <usize>site * bytes;
  const table = address(args, TABLE) + <usize>site * (<usize>(sites * states) * bytes), ids = address(args, IDS);
  for (let c = 0, to = rows; c < chains; c++)
    for (let at: usize = 0; at < bytes; at += 16, to += 16) v128.store(to, v128.load(field + at));
  for (let start = 0; start < sites; start += strip) {
    const count = min(strip, sites - start);
    gatherPatterns(rows, vectors, chains, ids + ((<usize>start * whole(args, CHAINS) + <usize>first * count) << 1), count,
      table + <usize>(start * states) * bytes);
  }
}

/** Chunk = block of chains: SWEEPS sweeps over all sites in order; the number of changed states into CHANGED. */
export function sweeps(args: usize, chunk: i32, scratch: usize): void {
  const sites = whole(args, SITES), first = chunk * whole(args, BLOCK), chains = min(whole(args, BLOCK), whole(args, CHAINS) - first);
  const words = scratch + (<usize>chains * whole(args, VECTORS) << 4), logits = words + (<usize>chains << 5);
  let low = <u32>load<f64>(args + (SWEEP_LOW << 3)), high = <u32>load<f64>(args + (SWEEP_HIGH << 3));
  let changed: f64 = 0;
  for (let sweep = 0; sweep < whole(args, SWEEPS); sweep++) {
    for (let site = 0; site < sites; site++) {
      if ((site & 3) == 0) {
        drawWords(args, words, first, chains, site >> 2, low, high, CHOOSE);
        if (whole(args, RULE)) drawWords(args, words + (<usize>chains << 4), first, chains, site >> 2, low, high, PROPOSE);
      }
      siteLogits(args, site, first, chains, scratch);
      changed += <f64>updateSite(args, site, first, chains, scratch, words, logits);
    }
    if (++low == 0) high++;
  }
  store<f64>(address(args, CHANGED) + (<usize>chunk << 3), changed);
}
