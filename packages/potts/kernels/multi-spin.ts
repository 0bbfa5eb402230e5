// Heat-bath of Ising spins, one bit each: the 128 chains of a group share every instruction. Counts of neighbours that
// favour state 0 are added up bit by bit, and each chain's uniform number, one bit plane after another, is compared with
// the probability that belongs to its count until every chain has decided: nine planes on average of 32.
import { address, whole } from './_conditional';
import { philoxLanes } from './_philox';

const GROUPS = 0, SITES = 1, STARTS = 2, PLACES = 3, THRESHOLDS = 4, PLANES = 5, KEYS = 6, CHANGED = 7, SWEEP_LOW = 8,
  SWEEP_HIGH = 9, SWEEPS = 10, MASKS = 11, UNSATISFIED = 12, ORDER = 13;

/** Counter word 3 begins here; the planes of one decision follow in steps of one. */
const DECIDE = 16;
/** Counters of unsatisfied edges and of sites in state 1 have this many bit planes. */
const COUNTER = 32;

/** Neighbours of a site that favour state 0, as four bit planes at `out`. */
// @ts-ignore: decorator
@inline
function countFavourable(planes: usize, place: usize, end: usize, out: usize): void {
  let c0 = i32x4.splat(0), c1 = c0, c2 = c0, c3 = c0;
  for (; place < end; place += 8) {
    const up = v128.xor(v128.load(planes + (<usize>load<u32>(place) << 4)), i32x4.splat(load<i32>(place, 4)));
    const k0 = v128.and(c0, up), k1 = v128.and(c1, k0), k2 = v128.and(c2, k1);
    c0 = v128.xor(c0, up);
    c1 = v128.xor(c1, k0);
    c2 = v128.xor(c2, k1);
    c3 = v128.xor(c3, k2);
  }
  v128.store(out, c0);
  v128.store(out, c1, 16);
  v128.store(out, c2, 32);
  v128.store(out, c3, 48);
}

/** One mask per count 0…degree: the chains that have it; [degree + 1] at `masks`. */
// @ts-ignore: decorator
@inline
function classMasks(counts: usize, degree: i32, masks: usize): void {
  const c0 = v128.load(counts), c1 = v128.load(counts, 16), c2 = v128.load(counts, 32), c3 = v128.load(counts, 48);
  for (let n = 0; n <= degree; n++) {
    const low = v128.and(v128.xor(c0, i32x4.splat((n & 1) - 1)), v128.xor(c1, i32x4.splat(((n >> 1) & 1) - 1)));
    const high = v128.and(v128.xor(c2, i32x4.splat(((n >> 2) & 1) - 1)), v128.xor(c3, i32x4.splat(((n >> 3) & 1) - 1)));
    v128.store(masks + (<usize>n << 4), v128.and(low, high));
  }
}

/** The chains whose uniform number lies below the threshold of their count; `thresholds` is [32 planes][16], −1 or 0. */
function decide(masks: usize, degree: i32, thresholds: usize, words: usize, key0: v128, key1: v128, site: i32, low: i32, high: i32): v128 {
  let undecided = i32x4.splat(-1), less = i32x4.splat(0);
  for (let plane = 0; plane < 32; plane++) {
    if ((plane & 3) == 0)
      philoxLanes(words, 16, key0, key1, i32x4.add(i32x4.splat(plane), i32x4(0, 1, 2, 3)), i32x4.splat(site), i32x4.splat(low),
        i32x4.splat(high + DECIDE));
    let digit = i32x4.splat(0);
    for (let n = 0; n <= degree; n++) {
      const bit = v128.load_splat<u32>(thresholds + (<usize>n << 2));
      digit = v128.or(digit, v128.and(v128.load(masks + (<usize>n << 4)), bit));
    }
    const random = v128.load(words + (<usize>(plane & 3) << 4));
    less = v128.or(less, v128.and(undecided, v128.andnot(digit, random)));
    undecided = v128.andnot(undecided, v128.xor(random, digit));
    if (!v128.any_true(undecided)) break;
    thresholds += 64;
  }
  return less;
}

/** Chunk = group of 128 chains: SWEEPS sweeps over all sites in ORDER; the number of changed states into CHANGED. */
export function sweeps(args: usize, chunk: i32, scratch: usize): void {
  const sites = whole(args, SITES), planes = address(args, PLANES) + (<usize>chunk * <usize>sites << 4);
  const starts = address(args, STARTS), places = address(args, PLACES), order = address(args, ORDER);
  const words = scratch, counts = scratch + 64, masks = scratch + 128, keys = address(args, KEYS) + (<usize>chunk << 3);
  const key0 = i32x4.splat(load<i32>(keys)), key1 = i32x4.splat(load<i32>(keys, 4));
  const real = v128.load(address(args, MASKS) + (<usize>chunk << 4));
  let low = <u32>load<f64>(args + (SWEEP_LOW << 3)), high = <u32>load<f64>(args + (SWEEP_HIGH << 3));
  let changed: i64 = 0;
  for (let sweep = whole(args, SWEEPS); sweep > 0; sweep--) {
    for (let position = 0; position < sites; position++) {
      const site = <usize>load<u32>(order + (<usize>position << 2)), own = planes + (site << 4);
      const from = load<u32>(starts + (site << 2)), to = load<u32>(starts + (site << 2), 4), degree = <i32>(to - from);
      countFavourable(planes, places + (<usize>from << 3), places + (<usize>to << 3), counts);
      classMasks(counts, degree, masks);
      const zero = decide(masks, degree, address(args, THRESHOLDS) + (<usize>degree << 11), words, key0, key1, <i32>site, low, high << 8);
      const state = v128.not(zero), flips = v128.and(v128.xor(state, v128.load(own)), real);
      v128.store(own, state);
      changed += popcnt<i64>(i64x2.extract_lane(flips, 0)) + popcnt<i64>(i64x2.extract_lane(flips, 1));
    }
    if (++low == 0) high++;
  }
  store<f64>(address(args, CHANGED) + (<usize>chunk << 3), <f64>changed);
}

/** Adds a number of four bit planes per chain, at `digits`, to a counter of bit planes, and clears it. */
function flush(counter: usize, digits: usize): void {
  let carry = i32x4.splat(0);
  for (let plane: usize = 0; plane < <usize>COUNTER << 4; plane += 16) {
    const digit = plane < 64 ? v128.load(digits + plane) : i32x4.splat(0);
    if (plane >= 64 && !v128.any_true(carry)) break;
    const value = v128.load(counter + plane), either = v128.xor(value, digit);
    v128.store(counter + plane, v128.xor(either, carry));
    carry = v128.or(v128.and(value, digit), v128.and(either, carry));
  }
  memory.fill(digits, 0, 64);
}

/** Adds one bit per chain to a number of four bit planes. */
// @ts-ignore: decorator
@inline
function increment(digits: usize, bit: v128): void {
  const d0 = v128.load(digits), d1 = v128.load(digits, 16), d2 = v128.load(digits, 32), d3 = v128.load(digits, 48);
  const k0 = v128.and(d0, bit), k1 = v128.and(d1, k0), k2 = v128.and(d2, k1);
  v128.store(digits, v128.xor(d0, bit));
  v128.store(digits, v128.xor(d1, k0), 16);
  v128.store(digits, v128.xor(d2, k1), 32);
  v128.store(digits, v128.xor(d3, k2), 48);
}

/** Chunk = group: unsatisfied edges and sites in state 1 of each chain, two counters of bit planes into UNSATISFIED. */
export function counts(args: usize, chunk: i32, scratch: usize): void {
  const sites = <usize>whole(args, SITES), planes = address(args, PLANES) + (<usize>chunk * sites << 4);
  const edges = address(args, UNSATISFIED) + (<usize>chunk * 2 * COUNTER << 4), ones = edges + (COUNTER << 4);
  const starts = address(args, STARTS), places = address(args, PLACES), edgeDigits = scratch, oneDigits = scratch + 64;
  memory.fill(edges, 0, 2 * COUNTER << 4);
  memory.fill(scratch, 0, 128);
  let counted = 0;
  for (let site: usize = 0; site < sites; site++) {
    const own = v128.load(planes + (site << 4)), end = places + (<usize>load<u32>(starts + (site << 2), 4) << 3);
    increment(oneDigits, own);
    if (site % 15 == 14) flush(ones, oneDigits);
    for (let place = places + (<usize>load<u32>(starts + (site << 2)) << 3); place < end; place += 8) {
      const other = <usize>load<u32>(place);
      if (other < site) continue;
      // The stored word is −1 where equal states are favoured: the neighbour's plane then says "favours 0" inverted.
      increment(edgeDigits, v128.not(v128.xor(v128.xor(own, v128.load(planes + (other << 4))), i32x4.splat(load<i32>(place, 4)))));
      if (++counted % 15 == 0) flush(edges, edgeDigits);
    }
  }
  flush(ones, oneDigits);
  flush(edges, edgeDigits);
}
