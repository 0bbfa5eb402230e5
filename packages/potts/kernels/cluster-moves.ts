// Cluster moves on a graph, a chain at a time: states are bytes, [chains][sites]. Bonds are drawn by comparing random
// words with BONDS, [temperatures][different strengths]: 2^32 times the probability that an edge that would break is bound.
import { address, whole } from './_conditional';
import {
  BETAS, BONDS, CHANGED, EDGE_COUNT, EDGES, FIELDS, HAS_FIELDS, KEYS, PLACES, REAL, RECOLOUR, SITES, STARTS, STATES,
  SWEEP_HIGH, SWEEP_LOW, SWEEPS, VALUES, VECTORS, CHAINS,
} from './_graph';
import { expPlain } from './_lanes';
import { philoxLanes } from './_philox';

/** Counter word 3 of the streams of a chain: bonds, new states, one cluster. */
const BIND = 4, MOVE = 5, GROW = 6;

/** Sixteen words of a chain, numbers 16·block…, at `out`. */
function drawSixteen(args: usize, chain: i32, out: usize, block: i32, low: i32, high: i32, purpose: i32): void {
  const key = address(args, KEYS) + (<usize>chain << 2), second = <usize>whole(args, CHAINS) << 2;
  philoxLanes(out, 16, i32x4.splat(load<i32>(key)), i32x4.splat(load<i32>(key + second)),
    i32x4.add(i32x4.splat(block << 2), i32x4(0, 1, 2, 3)), i32x4.splat(low), i32x4.splat(high), i32x4.splat(purpose));
}

// @ts-ignore: decorator
@inline function below(word: u32, count: i32): i32 { return <i32>((<u64>word * <u64>count) >> 32); }

// @ts-ignore: decorator
@inline function unit(word: u32): f32 { return <f32>(word >> 8) * 5.9604644775390625e-8; }

// @ts-ignore: decorator
@inline function exponential(x: f32): f32 { return f32x4.extract_lane(expPlain(f32x4.splat(x)), 0); }

// @ts-ignore: decorator
@inline function exchanged(state: i32, one: i32, two: i32): i32 { return state == one ? two : state == two ? one : state; }

/** A site's representative, halving the path on the way. */
function find(parents: usize, site: u32): u32 {
  let up = load<u32>(parents + (<usize>site << 2)), top = load<u32>(parents + (<usize>up << 2));
  while (up != top) {
    store<u32>(parents + (<usize>site << 2), top);
    site = top;
    up = load<u32>(parents + (<usize>site << 2));
    top = load<u32>(parents + (<usize>up << 2));
  }
  return up;
}

/** Whether an edge would break: for new states equal ones; for an exchange, which loses K(δ(a,b) − δ(a,Rb)) > 0. */
// @ts-ignore: decorator
@inline
function breaks(a: i32, b: i32, negative: bool, recolour: bool, one: i32, two: i32): bool {
  if (recolour) return a == b;
  const image = exchanged(b, one, two);
  return negative ? a == image && a != b : a == b && a != image;
}

/** Binds equal (or exchangeable) neighbours at random into a forest of representatives at `parents`. */
function bindSites(args: usize, chain: i32, values: usize, parents: usize, words: usize, low: i32, high: i32, one: i32, two: i32): void {
  const sites = whole(args, SITES), edges = address(args, EDGES), count = whole(args, EDGE_COUNT), recolour = whole(args, RECOLOUR) != 0;
  const bonds = address(args, BONDS) + <usize>load<u32>(address(args, BETAS) + (<usize>chain << 2));
  for (let site = 0; site < sites; site++) store<u32>(parents + (<usize>site << 2), site);
  for (let e = 0; e < count; e++) {
    if ((e & 15) == 0) drawSixteen(args, chain, words, e >> 4, low, high, BIND);
    const edge = edges + <usize>e * 12, i = load<u32>(edge), j = load<u32>(edge, 4), bond = bonds + (<usize>load<u32>(edge, 8) << 3);
    if (!breaks(load<u8>(values + i), load<u8>(values + j), load<u32>(bond, 4) != 0, recolour, one, two)) continue;
    if (load<u32>(words + (<usize>(e & 15) << 2)) >= load<u32>(bond)) continue;
    const a = find(parents, i), b = find(parents, j);
    if (a < b) store<u32>(parents + (<usize>b << 2), a);
    else store<u32>(parents + (<usize>a << 2), b);
  }
}

/** β times the gain in field energy of each of a cluster's moves, summed at its representative: [sites][states]. */
function sumFields(args: usize, values: usize, parents: usize, gains: usize, beta: f32, one: i32, two: i32): void {
  const sites = whole(args, SITES), states = whole(args, STATES), width = <usize>whole(args, VECTORS) << 4, recolour = whole(args, RECOLOUR) != 0;
  memory.fill(gains, 0, <usize>(sites * states) << 2);
  for (let site = 0; site < sites; site++) {
    const field = address(args, FIELDS) + <usize>site * width, gain = gains + (<usize>find(parents, site) * <usize>states << 2);
    const state = <i32>load<u8>(values + site), moves = recolour ? states : 2;
    for (let k = 0; k < moves; k++) {
      const to = recolour ? k : k ? exchanged(state, one, two) : state;
      store<f32>(gain + (<usize>k << 2), load<f32>(gain + (<usize>k << 2)) + beta * load<f32>(field + (<usize>to << 2)));
    }
  }
}

/** A move with probability ∝ exp(gain). */
function chooseMove(gain: usize, moves: i32, word: u32): i32 {
  let top = load<f32>(gain), total: f32 = 0;
  for (let k = 1; k < moves; k++) top = max(top, load<f32>(gain + (<usize>k << 2)));
  for (let k = 0; k < moves; k++) {
    total += exponential(load<f32>(gain + (<usize>k << 2)) - top);
    store<f32>(gain + (<usize>k << 2), total);
  }
  const target = unit(word) * total;
  let move = 0;
  while (move < moves - 1 && load<f32>(gain + (<usize>move << 2)) <= target) move++;
  return move;
}

/** Gives every cluster its new state, or exchanges it or not; returns the sites that changed. */
function moveClusters(args: usize, values: usize, parents: usize, gains: usize, words: usize, chain: i32, low: i32, high: i32, one: i32, two: i32): i32 {
  const sites = whole(args, SITES), states = whole(args, STATES), recolour = whole(args, RECOLOUR) != 0, moves = recolour ? states : 2;
  const fields = whole(args, HAS_FIELDS) != 0;
  let changed = 0;
  for (let site = 0; site < sites; site++) {
    if ((site & 15) == 0) drawSixteen(args, chain, words, site >> 4, low, high, MOVE);
    const root = find(parents, site), slot = gains + (<usize>root * <usize>states << 2);
    if (root == site) {
      const word = load<u32>(words + (<usize>(site & 15) << 2));
      store<u32>(slot, fields ? chooseMove(slot, moves, word) : below(word, moves));
    }
    const move = load<i32>(slot), old = <i32>load<u8>(values + site);
    const state = recolour ? move : move ? exchanged(old, one, two) : old;
    changed += i32(state != old);
    store<u8>(values + site, state);
  }
  return changed;
}

/** Chunk = chain: SWEEPS moves of all clusters; the number of changed states into CHANGED. */
export function swendsenWang(args: usize, chunk: i32, scratch: usize): void {
  const sites = whole(args, SITES), states = whole(args, STATES), values = address(args, VALUES) + <usize>chunk * <usize>sites;
  if (chunk >= whole(args, REAL)) return;
  const words = scratch, parents = scratch + 64, gains = parents + (<usize>sites << 2);
  const beta = load<f32>(address(args, BETAS) + (<usize>(whole(args, CHAINS) + chunk) << 2));
  let low = <u32>load<f64>(args + (SWEEP_LOW << 3)), high = <u32>load<f64>(args + (SWEEP_HIGH << 3));
  let changed: f64 = 0;
  for (let sweep = whole(args, SWEEPS); sweep > 0; sweep--) {
    drawSixteen(args, chunk, words, 0, low, high, GROW);
    const one = below(load<u32>(words), states), rest = below(load<u32>(words, 4), states - 1), two = rest < one ? rest : rest + 1;
    bindSites(args, chunk, values, parents, words, low, high, one, two);
    if (whole(args, HAS_FIELDS)) sumFields(args, values, parents, gains, beta, one, two);
    changed += <f64>moveClusters(args, values, parents, gains, words, chunk, low, high, one, two);
    if (++low == 0) high++;
  }
  store<f64>(address(args, CHANGED) + (<usize>chunk << 3), changed);
}

/** Undoes the exchange of a cluster with probability 1 − min(1, exp(gain)); returns the sites that stay changed. */
function judge(args: usize, values: usize, stack: usize, size: i32, beta: f32, one: i32, two: i32, word: u32): i32 {
  const width = <usize>whole(args, VECTORS) << 4;
  let gain: f64 = 0;
  for (let k = 0; k < size; k++) {
    const site = <usize>load<u32>(stack + (<usize>k << 2)), state = <i32>load<u8>(values + site), field = address(args, FIELDS) + site * width;
    gain += <f64>load<f32>(field + (<usize>state << 2)) - <f64>load<f32>(field + (<usize>exchanged(state, one, two) << 2));
  }
  if (gain >= 0 || unit(word) < exponential(<f32>(<f64>beta * gain))) return size;
  for (let k = 0; k < size; k++) {
    const at = values + <usize>load<u32>(stack + (<usize>k << 2));
    store<u8>(at, exchanged(load<u8>(at), one, two));
  }
  return 0;
}

/** Chunk = chain: SWEEPS single clusters; the number of changed states into CHANGED. */
export function wolff(args: usize, chunk: i32, scratch: usize): void {
  const sites = whole(args, SITES), states = whole(args, STATES), values = address(args, VALUES) + <usize>chunk * <usize>sites;
  if (chunk >= whole(args, REAL)) return;
  const starts = address(args, STARTS), places = address(args, PLACES), words = scratch, stack = scratch + 64, inside = stack + (<usize>sites << 2);
  const bonds = address(args, BONDS) + <usize>load<u32>(address(args, BETAS) + (<usize>chunk << 2));
  const beta = load<f32>(address(args, BETAS) + (<usize>(whole(args, CHAINS) + chunk) << 2));
  let low = <u32>load<f64>(args + (SWEEP_LOW << 3)), high = <u32>load<f64>(args + (SWEEP_HIGH << 3));
  let changed: f64 = 0;
  memory.fill(inside, 0, sites);
  for (let sweep = whole(args, SWEEPS); sweep > 0; sweep--) {
    drawSixteen(args, chunk, words, 0, low, high, GROW);
    const seed = below(load<u32>(words), sites), one = <i32>load<u8>(values + seed), rest = below(load<u32>(words, 4), states - 1);
    const two = rest < one ? rest : rest + 1, verdict = load<u32>(words, 8);
    let used = 3, size = 1;
    store<u32>(stack, seed);
    store<u8>(inside + seed, 1);
    store<u8>(values + seed, two);
    for (let k = 0; k < size; k++) {
      const site = <usize>load<u32>(stack + (<usize>k << 2)), a = exchanged(load<u8>(values + site), one, two);
      const end = places + (<usize>load<u32>(starts + (site << 2), 4) << 3);
      for (let place = places + (<usize>load<u32>(starts + (site << 2)) << 3); place < end; place += 8) {
        const other = <usize>load<u32>(place), bond = bonds + (<usize>load<u32>(place, 4) << 3), b = <i32>load<u8>(values + other);
        if (load<u8>(inside + other) || !breaks(a, b, load<u32>(bond, 4) != 0, false, one, two)) continue;
        if ((used & 15) == 0) drawSixteen(args, chunk, words, used >> 4, low, high, GROW);
        const word = load<u32>(words + (<usize>(used & 15) << 2));
        used++;
        if (word >= load<u32>(bond)) continue;
        store<u8>(inside + other, 1);
        store<u8>(values + other, exchanged(b, one, two));
        store<u32>(stack + (<usize>size << 2), <u32>other);
        size++;
      }
    }
    for (let k = 0; k < size; k++) store<u8>(inside + <usize>load<u32>(stack + (<usize>k << 2)), 0);
    changed += <f64>(whole(args, HAS_FIELDS) ? judge(args, values, stack, size, beta, one, two, verdict) : size);
    if (++low == 0) high++;
  }
  store<f64>(address(args, CHANGED) + (<usize>chunk << 3), changed);
}
