// Sequential sweeps of many Potts chains in lockstep: the rows of one site are used by a whole block of chains while
// they are in the cache. No fused multiply-add, so that a plain program with float32 rounding gives the same bits.
// A row may lack the last state, whose parameters then are all zero.
import { address, whole } from './_conditional';
import { gatherPatterns } from './_patterns';
import { philoxLanes } from './_philox';
import { heatBathLanes, metropolisLanes, transposeRows } from './_updates';

const CHAINS = 0, SITES = 1, STATES = 2, VECTORS = 3, BLOCK = 4, STRIP = 5, TABLE = 6, FIELDS = 7, IDS = 8, KEYS = 9,
  SWEEP_LOW = 10, SWEEP_HIGH = 11, SWEEPS = 12, RULE = 13, CHANGED = 14, REAL = 15, BETAS = 16, ENERGIES = 17;

/** Counter word 3 of the two streams of a chain: what chooses or accepts, and what proposes. */
const CHOOSE = 0, PROPOSE = 1;

/** The words of four sites for every chain of the block: [4][chains] at `out`. */
function drawWords(args: usize, out: usize, first: i32, chains: i32, group: i32, low: i32, high: i32, purpose: i32): void {
  const keys = address(args, KEYS) + (<usize>first << 2), second = <usize>whole(args, CHAINS) << 2;
  for (let c: usize = 0; c < <usize>chains << 2; c += 16)
    philoxLanes(out + c, <usize>chains << 2, v128.load(keys + c), v128.load(keys + second + c),
      i32x4.splat(group), i32x4.splat(low), i32x4.splat(high), i32x4.splat(purpose));
}

/** New states of one site for every chain of a block; returns how many changed. */
function updateSite(args: usize, site: i32, first: i32, chains: i32, rows: usize, words: usize, logits: usize): i32 {
  const states = whole(args, STATES), vectors = whole(args, VECTORS), strip = whole(args, STRIP), rule = whole(args, RULE);
  const bytes = <usize>vectors << 4, start = site - (site % strip), count = min(strip, whole(args, SITES) - start);
  const column = site - start, base = column * states * vectors;
  let id = address(args, IDS) + ((<usize>start * whole(args, CHAINS) + <usize>first * count + column) << 1);
  const step = <usize>count << 1, proposals = words + (<usize>chains << 4);
  const word = <usize>(site & 3) * (<usize>chains << 2), betas = address(args, BETAS) + (<usize>first << 2);
  let changed = 0;
  for (let c = 0; c < chains; c += 4, rows += 4 * bytes, id += 4 * step) {
    transposeRows(rows, bytes, logits, v128.load(betas + (<usize>c << 2)));
    if (states > vectors << 2) v128.store(logits + (<usize>vectors << 6), i32x4.splat(0));
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

/** Chunk = block of chains: their energies at β = 1, float64, into ENERGIES; the couplings of a pair serve all chains. */
export function energies(args: usize, chunk: i32, scratch: usize): void {
  const sites = whole(args, SITES), states = whole(args, STATES), vectors = whole(args, VECTORS), strip = whole(args, STRIP);
  const first = chunk * whole(args, BLOCK), chains = min(whole(args, BLOCK), whole(args, CHAINS) - first);
  const bytes = <usize>vectors << 4, out = address(args, ENERGIES) + (<usize>first << 3);
  memory.fill(out, 0, <usize>chains << 3);
  for (let i = 0; i < sites; i++) {
    const field = address(args, FIELDS) + <usize>i * bytes, own = idPlace(args, i, first), ownStep = idStep(args, i);
    const base = (i % strip) * states * vectors;
    for (let c = 0; c < chains; c++) {
      const a = (<u32>(<i32>load<u16>(own + <usize>c * ownStep) - base) / vectors) << 2;
      store<u32>(scratch + (<usize>c << 2), a);
      const to = out + (<usize>c << 3);
      if (a < <u32>bytes) store<f64>(to, load<f64>(to) - <f64>load<f32>(field + a));
    }
    for (let j = i + 1; j < sites; j++) {
      const rows = address(args, TABLE) + <usize>(i * sites + j - (j % strip)) * <usize>states * bytes;
      const other = idPlace(args, j, first), otherStep = idStep(args, j);
      for (let c = 0; c < chains; c++) {
        const row = rows + (<usize>load<u16>(other + <usize>c * otherStep) << 4), to = out + (<usize>c << 3);
        const a = load<u32>(scratch + (<usize>c << 2));
        if (a < <u32>bytes) store<f64>(to, load<f64>(to) - <f64>load<f32>(row + a));
      }
    }
  }
}

/** Address of the first chain's row number at a site, and the bytes from one chain's to the next. */
function idPlace(args: usize, site: i32, first: i32): usize {
  const column = site % whole(args, STRIP), start = site - column;
  return address(args, IDS) + ((<usize>start * whole(args, CHAINS) + <usize>first * (idStep(args, site) >> 1) + column) << 1);
}

function idStep(args: usize, site: i32): usize {
  const strip = whole(args, STRIP), start = site - (site % strip);
  return <usize>min(strip, whole(args, SITES) - start) << 1;
}
