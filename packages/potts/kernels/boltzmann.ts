// Boltzmann learning: frequencies of pairs of sites over many chains, how they compare with those of the data, and the
// step of the couplings, written into the rows that the sampling kernels read. Every array of pairs is
// [pairs, states, 4·vectors], padded with zeros; chunk = pair of sites i < j.
import { address, real, whole } from './_conditional';
import { madd } from './_lanes';

const CHAINS = 0, STRIDE = 1, SITES = 2, STATES = 3, VECTORS = 4, LETTERS = 5, PAIRS = 6, DATA = 7, MODEL = 8,
  DATA_SINGLES = 9, MODEL_SINGLES = 10, SUMS = 11, COUPLINGS = 12, TABLE = 13, FIELD_STEPS = 14, ACTIVE = 15, RULE = 16,
  RATE = 17, DECAY = 18, DAMPING = 19, FIRST = 20, SECOND = 21, MEMORY = 22, SPREAD = 23, FIRST_SCALE = 24, SECOND_SCALE = 25;

const GRADIENT = 0, ADAM = 1;
/** Histograms that take turns, so that two equal letters in a row do not wait for one another. */
const TURNS = 4;
/** ADAM's smallest root of the second moment. */
const ADAM_FLOOR: f32 = 1e-8;

// @ts-ignore: decorator
@inline
function siteOf(args: usize, pair: i32, which: i32): i32 {
  return <i32>load<u16>(address(args, PAIRS) + (<usize>(2 * pair + which) << 1));
}

// @ts-ignore: decorator
@inline
function column(args: usize, site: i32): usize { return address(args, LETTERS) + <usize>site * whole(args, STRIDE); }

/** Adds the four lanes to two float64 sums. */
// @ts-ignore: decorator
@inline
function addWide(sums: v128, a: v128): v128 {
  return f64x2.add(sums, f64x2.add(f64x2.promote_low_f32x4(a), f64x2.promote_low_f32x4(v128.shuffle<i32>(a, a, 2, 3, 2, 3))));
}

// @ts-ignore: decorator
@inline
function total(sums: v128): f64 { return f64x2.extract_lane(sums, 0) + f64x2.extract_lane(sums, 1); }

/** Chunk = site: frequencies of its states over the chains, [4·vectors]. */
export function singles(args: usize, site: i32, scratch: usize): void {
  const chains = whole(args, CHAINS), states = whole(args, STATES), bytes = <usize>whole(args, VECTORS) << 4;
  const letters = column(args, site), out = address(args, MODEL_SINGLES) + <usize>site * bytes;
  memory.fill(scratch, 0, <usize>states << 2);
  for (let c = 0; c < chains; c++) {
    const at = scratch + (<usize>load<u8>(letters + c) << 2);
    store<u32>(at, load<u32>(at) + 1);
  }
  memory.fill(out, 0, bytes);
  for (let a = 0; a < states; a++) store<f32>(out + (<usize>a << 2), <f32>(<f64>load<u32>(scratch + (<usize>a << 2)) / <f64>chains));
}

/** How often each pair of letters stands in two columns: histograms of [states, states] counts, of which the first is the sum. */
function countPairs(first: usize, second: usize, chains: i32, states: i32, scratch: usize): void {
  const size = <usize>(states * states) << 2;
  memory.fill(scratch, 0, TURNS * size);
  const s1 = scratch + size, s2 = s1 + size, s3 = s2 + size;
  let c = 0;
  for (; c + 4 <= chains; c += 4) {
    const a = load<u32>(first + c), b = load<u32>(second + c);
    const p0 = scratch + (<usize>((a & 255) * states + (b & 255)) << 2), p1 = s1 + (<usize>(((a >> 8) & 255) * states + ((b >> 8) & 255)) << 2);
    const p2 = s2 + (<usize>(((a >> 16) & 255) * states + ((b >> 16) & 255)) << 2), p3 = s3 + (<usize>((a >> 24) * states + (b >> 24)) << 2);
    store<u32>(p0, load<u32>(p0) + 1);
    store<u32>(p1, load<u32>(p1) + 1);
    store<u32>(p2, load<u32>(p2) + 1);
    store<u32>(p3, load<u32>(p3) + 1);
  }
  for (; c < chains; c++) {
    const at = scratch + (<usize>(<i32>load<u8>(first + c) * states + <i32>load<u8>(second + c)) << 2);
    store<u32>(at, load<u32>(at) + 1);
  }
  for (let at: usize = 0; at < size; at += 4)
    store<u32>(scratch + at, load<u32>(scratch + at) + load<u32>(s1 + at) + load<u32>(s2 + at) + load<u32>(s3 + at));
}

/** Writes the pair's frequencies over the chains into MODEL. */
export function pairs(args: usize, pair: i32, scratch: usize): void {
  const states = whole(args, STATES), width = whole(args, VECTORS) << 2;
  countPairs(column(args, siteOf(args, pair, 0)), column(args, siteOf(args, pair, 1)), whole(args, CHAINS), states, scratch);
  const scale = 1.0 / <f64>whole(args, CHAINS);
  let out = address(args, MODEL) + (<usize>(pair * states) * width << 2), from = scratch;
  for (let a = 0; a < states; a++, out += <usize>width << 2)
    for (let b = 0; b < states; b++, from += 4) store<f32>(out + (<usize>b << 2), <f32>(<f64>load<u32>(from) * scale));
}

/**
 * Writes eight sums of the pair into SUMS: of the connected correlations of data x and chains y, of x², y² and x·y, of
 * the squared gradient (data − chains − DECAY · couplings) of an active pair, and of squared couplings.
 */
export function compare(args: usize, pair: i32, scratch: usize): void {
  const states = whole(args, STATES), bytes = <usize>whole(args, VECTORS) << 4;
  const i = siteOf(args, pair, 0), j = siteOf(args, pair, 1), at = <usize>pair * states * bytes;
  let f = address(args, DATA) + at, p = address(args, MODEL) + at, w = address(args, COUPLINGS) + at;
  const fi = address(args, DATA_SINGLES) + i * bytes, fj = address(args, DATA_SINGLES) + j * bytes;
  const pi = address(args, MODEL_SINGLES) + i * bytes, pj = address(args, MODEL_SINGLES) + j * bytes;
  const decay = f32x4.splat(real(args, DECAY));
  let x1 = f64x2.splat(0), y1 = x1, x2 = x1, y2 = x1, xy = x1, gap = x1, norm = x1;
  for (let a = 0; a < states; a++) {
    const fa = v128.load32_splat(fi + (<usize>a << 2)), pa = v128.load32_splat(pi + (<usize>a << 2));
    for (let b: usize = 0; b < bytes; b += 16, f += 16, p += 16, w += 16) {
      const x = f32x4.sub(v128.load(f), f32x4.mul(fa, v128.load(fj + b))), y = f32x4.sub(v128.load(p), f32x4.mul(pa, v128.load(pj + b)));
      const value = v128.load(w), g = f32x4.sub(f32x4.sub(v128.load(f), v128.load(p)), f32x4.mul(decay, value));
      x1 = addWide(x1, x);
      y1 = addWide(y1, y);
      x2 = addWide(x2, f32x4.mul(x, x));
      y2 = addWide(y2, f32x4.mul(y, y));
      xy = addWide(xy, f32x4.mul(x, y));
      gap = addWide(gap, f32x4.mul(g, g));
      norm = addWide(norm, f32x4.mul(value, value));
    }
  }
  const out = address(args, SUMS) + (<usize>pair << 6);
  store<f64>(out, total(x1));
  store<f64>(out, total(y1), 8);
  store<f64>(out, total(x2), 16);
  store<f64>(out, total(y2), 24);
  store<f64>(out, total(xy), 32);
  store<f64>(out, load<u8>(address(args, ACTIVE) + pair) ? total(gap) : 0, 40);
  store<f64>(out, total(norm), 48);
}

/** ADAM's step along the gradient `g` of the four parameters whose moments lie at `first` and `second`. */
// @ts-ignore: decorator
@inline
function adamStep(args: usize, g: v128, first: usize, second: usize): v128 {
  const memory = real(args, MEMORY), spread = real(args, SPREAD);
  const m = f32x4.add(f32x4.mul(f32x4.splat(memory), v128.load(first)), f32x4.mul(f32x4.splat(1 - memory), g));
  const v = f32x4.add(f32x4.mul(f32x4.splat(spread), v128.load(second)), f32x4.mul(f32x4.splat(1 - spread), f32x4.mul(g, g)));
  v128.store(first, m);
  v128.store(second, v);
  const root = f32x4.add(f32x4.sqrt(f32x4.mul(v, f32x4.splat(real(args, SECOND_SCALE)))), f32x4.splat(ADAM_FLOOR));
  return f32x4.div(f32x4.mul(m, f32x4.splat(real(args, FIRST_SCALE))), root);
}

/**
 * Moves the couplings of an active pair by RATE times their direction: the gradient (data − chains − DECAY · couplings),
 * ADAM's direction, or the gradient of centred couplings over their variance in a model of independent sites. The
 * last moves fields as well, by FIELD_STEPS, [pairs, 2, 4·vectors].
 */
export function update(args: usize, pair: i32, scratch: usize): void {
  if (!load<u8>(address(args, ACTIVE) + pair)) return;
  const states = whole(args, STATES), bytes = <usize>whole(args, VECTORS) << 4, rule = whole(args, RULE);
  const i = siteOf(args, pair, 0), j = siteOf(args, pair, 1), at = <usize>pair * states * bytes;
  const fi = address(args, DATA_SINGLES) + i * bytes, fj = address(args, DATA_SINGLES) + j * bytes;
  const pi = address(args, MODEL_SINGLES) + i * bytes, pj = address(args, MODEL_SINGLES) + j * bytes;
  const rate = f32x4.splat(real(args, RATE)), decay = f32x4.splat(real(args, DECAY)), damping = f32x4.splat(real(args, DAMPING));
  let f = address(args, DATA) + at, p = address(args, MODEL) + at, w = address(args, COUPLINGS) + at;
  let first = address(args, FIRST) + at, second = address(args, SECOND) + at;
  const stepsI = address(args, FIELD_STEPS) + <usize>(2 * pair) * bytes, stepsJ = stepsI + bytes;
  memory.fill(stepsI, 0, 2 * bytes);
  for (let a = 0; a < states; a++) {
    const fa = v128.load32_splat(fi + (<usize>a << 2)), ga = f32x4.sub(fa, v128.load32_splat(pi + (<usize>a << 2)));
    let moved = f32x4.splat(0);
    for (let b: usize = 0; b < bytes; b += 16, f += 16, p += 16, w += 16, first += 16, second += 16) {
      const value = v128.load(w);
      let g = f32x4.sub(v128.load(f), v128.load(p));
      let step: v128;
      if (rule <= ADAM) {
        g = f32x4.sub(g, f32x4.mul(decay, value));
        step = rule == GRADIENT ? f32x4.mul(rate, g) : f32x4.mul(rate, adamStep(args, g, first, second));
      } else {
        const fb = v128.load(fj + b), gb = f32x4.sub(fb, v128.load(pj + b));
        g = f32x4.sub(f32x4.sub(g, f32x4.mul(fa, gb)), f32x4.mul(ga, fb));
        g = f32x4.sub(g, f32x4.mul(decay, value));
        step = f32x4.mul(rate, f32x4.div(g, f32x4.add(f32x4.mul(fa, fb), damping)));
        moved = madd(step, fb, moved);
        v128.store(stepsJ + b, f32x4.sub(v128.load(stepsJ + b), f32x4.mul(step, fa)));
      }
      v128.store(w, f32x4.add(value, step));
    }
    if (rule > ADAM) {
      const sums = f32x4.add(moved, v128.shuffle<i32>(moved, moved, 2, 3, 0, 1));
      store<f32>(stepsI + (<usize>a << 2), -(f32x4.extract_lane(sums, 0) + f32x4.extract_lane(sums, 1)));
    }
  }
  writeRows(args, pair);
}

/** Copies the couplings of a pair into the sampler's rows of both sites: TABLE is [sites, sites, states, 4·vectors]. */
export function write(args: usize, pair: i32, scratch: usize): void { writeRows(args, pair); }

function writeRows(args: usize, pair: i32): void {
  const states = whole(args, STATES), bytes = <usize>whole(args, VECTORS) << 4, sites = whole(args, SITES);
  const i = siteOf(args, pair, 0), j = siteOf(args, pair, 1), block = <usize>states * bytes, table = address(args, TABLE);
  let w = address(args, COUPLINGS) + <usize>pair * block;
  memory.copy(table + <usize>(j * sites + i) * block, w, block);
  let column = table + <usize>(i * sites + j) * block;
  for (let a = 0; a < states; a++, w += bytes, column += 4)
    for (let b = 0, to = column; b < states; b++, to += bytes) store<f32>(to, load<f32>(w + (<usize>b << 2)));
}
