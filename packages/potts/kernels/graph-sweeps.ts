// Sweeps of many Potts chains on a graph in lockstep: a block's chains share the neighbour lists, four chains share the
// instructions. No fused multiply-add, so that a plain program with float32 rounding gives the same bits.
import { address, whole } from './_conditional';
import {
  BETAS, BLOCK, blockChains, blockValues, CHAINS, CHANGED, ENERGIES, FIELDS, KEYS, ORDER, PLACES, REAL, RULE, SITES, STARTS,
  STATES, SWEEP_HIGH, SWEEP_LOW, SWEEPS, TABLE, VECTORS,
} from './_graph';
import { philoxLanes } from './_philox';
import { heatBathLanes, metropolisLanes } from './_updates';

/** Counter word 3 of the two streams of a chain: what chooses or accepts, and what proposes. */
const CHOOSE = 0, PROPOSE = 1;

/** The words of four updates for every chain of the block: [4][chains] at `out`. */
function drawWords(args: usize, out: usize, first: i32, chains: i32, group: i32, low: i32, high: i32, purpose: i32): void {
  const keys = address(args, KEYS) + (<usize>first << 2), second = <usize>whole(args, CHAINS) << 2;
  for (let c: usize = 0; c < <usize>chains << 2; c += 16)
    philoxLanes(out + c, <usize>chains << 2, v128.load(keys + c), v128.load(keys + second + c),
      i32x4.splat(group), i32x4.splat(low), i32x4.splat(high), i32x4.splat(purpose));
}

/** β times the logits of one site for four chains, [states][4 chains]; one vector of four states at a time. */
function siteLogits(places: usize, end: usize, table: usize, rowBytes: usize, field: usize, values: usize, chains: i32, beta: v128, out: usize): void {
  for (let at: usize = 0; at < rowBytes; at += 16, out += 64) {
    let r0 = v128.load(field + at), r1 = r0, r2 = r0, r3 = r0;
    const rows = table + at;
    for (let place = places; place < end; place += 8) {
      const four = load<u32>(values + <usize>load<u32>(place) * <usize>chains), matrix = rows + <usize>load<u32>(place, 4);
      r0 = f32x4.add(r0, v128.load(matrix + <usize>(four & 255) * rowBytes));
      r1 = f32x4.add(r1, v128.load(matrix + <usize>((four >> 8) & 255) * rowBytes));
      r2 = f32x4.add(r2, v128.load(matrix + <usize>((four >> 16) & 255) * rowBytes));
      r3 = f32x4.add(r3, v128.load(matrix + <usize>(four >> 24) * rowBytes));
    }
    const t0 = v128.shuffle<i32>(r0, r1, 0, 4, 1, 5), t1 = v128.shuffle<i32>(r0, r1, 2, 6, 3, 7);
    const t2 = v128.shuffle<i32>(r2, r3, 0, 4, 1, 5), t3 = v128.shuffle<i32>(r2, r3, 2, 6, 3, 7);
    v128.store(out, f32x4.mul(v128.shuffle<i32>(t0, t2, 0, 1, 4, 5), beta));
    v128.store(out, f32x4.mul(v128.shuffle<i32>(t0, t2, 2, 3, 6, 7), beta), 16);
    v128.store(out, f32x4.mul(v128.shuffle<i32>(t1, t3, 0, 1, 4, 5), beta), 32);
    v128.store(out, f32x4.mul(v128.shuffle<i32>(t1, t3, 2, 3, 6, 7), beta), 48);
  }
}

/** Bytes of four lanes below 256, side by side in one word. */
// @ts-ignore: decorator
@inline
function packBytes(lanes: v128): u32 {
  return <u32>i32x4.extract_lane(v128.shuffle<u8>(lanes, lanes, 0, 4, 8, 12, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0), 0);
}

/** Four bytes as four lanes. */
// @ts-ignore: decorator
@inline
function spreadBytes(word: u32): v128 {
  return i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(i32x4.splat(<i32>word)));
}

/** Chunk = block of chains: SWEEPS sweeps over all sites in ORDER; the number of changed states into CHANGED. */
export function sweeps(args: usize, chunk: i32, scratch: usize): void {
  const sites = whole(args, SITES), states = whole(args, STATES), rule = whole(args, RULE);
  const first = chunk * whole(args, BLOCK), chains = blockChains(args, chunk), real = whole(args, REAL) - first;
  const values = blockValues(args, chunk), rowBytes = <usize>whole(args, VECTORS) << 4;
  const table = address(args, TABLE), fields = address(args, FIELDS), places = address(args, PLACES);
  const starts = address(args, STARTS), order = address(args, ORDER), betas = address(args, BETAS) + (<usize>first << 2);
  const words = scratch, proposals = words + (<usize>chains << 4), logits = proposals + (<usize>chains << 4);
  let low = <u32>load<f64>(args + (SWEEP_LOW << 3)), high = <u32>load<f64>(args + (SWEEP_HIGH << 3));
  let changed: f64 = 0;
  for (let sweep = whole(args, SWEEPS); sweep > 0; sweep--) {
    for (let position = 0; position < sites; position++) {
      if ((position & 3) == 0) {
        drawWords(args, words, first, chains, position >> 2, low, high, CHOOSE);
        if (rule) drawWords(args, proposals, first, chains, position >> 2, low, high, PROPOSE);
      }
      const site = <usize>load<u32>(order + (<usize>position << 2)), own = values + site * <usize>chains;
      const from = places + (<usize>load<u32>(starts + (site << 2)) << 3), to = places + (<usize>load<u32>(starts + (site << 2), 4) << 3);
      const draw = <usize>(position & 3) * (<usize>chains << 2);
      let flips = 0;
      for (let c = 0; c < chains; c += 4) {
        siteLogits(from, to, table, rowBytes, fields + site * rowBytes, values + <usize>c, chains, v128.load(betas + (<usize>c << 2)), logits);
        const old = spreadBytes(load<u32>(own + <usize>c)), word = v128.load(words + draw + (<usize>c << 2));
        const state = rule ? metropolisLanes(logits, states, old, v128.load(proposals + draw + (<usize>c << 2)), word)
          : heatBathLanes(logits, states, word);
        store<u32>(own + <usize>c, packBytes(state));
        flips += popcnt(~i32x4.bitmask(i32x4.eq(state, old)) & ((1 << max(0, min(4, real - c))) - 1));
      }
      changed += <f64>flips;
    }
    if (++low == 0) high++;
  }
  store<f64>(address(args, CHANGED) + (<usize>chunk << 3), changed);
}

/** Chunk = block of chains: their energies at β = 1, float64 sums of the float32 parameters, into ENERGIES. */
export function energies(args: usize, chunk: i32, scratch: usize): void {
  const sites = <usize>whole(args, SITES), chains = <usize>blockChains(args, chunk), values = blockValues(args, chunk);
  const out = address(args, ENERGIES) + (<usize>(chunk * whole(args, BLOCK)) << 3), rowBytes = <usize>whole(args, VECTORS) << 4;
  const table = address(args, TABLE), places = address(args, PLACES), starts = address(args, STARTS);
  memory.fill(out, 0, chains << 3);
  for (let site: usize = 0; site < sites; site++) {
    const own = values + site * chains, field = address(args, FIELDS) + site * rowBytes;
    for (let c: usize = 0; c < chains; c++)
      store<f64>(out + (c << 3), load<f64>(out + (c << 3)) - <f64>load<f32>(field + (<usize>load<u8>(own + c) << 2)));
    const end = places + (<usize>load<u32>(starts + (site << 2), 4) << 3);
    for (let place = places + (<usize>load<u32>(starts + (site << 2)) << 3); place < end; place += 8) {
      const neighbour = <usize>load<u32>(place), other = values + neighbour * chains, matrix = table + <usize>load<u32>(place, 4);
      if (neighbour < site) continue;
      for (let c: usize = 0; c < chains; c++) {
        const row = matrix + <usize>load<u8>(other + c) * rowBytes;
        store<f64>(out + (c << 3), load<f64>(out + (c << 3)) - <f64>load<f32>(row + (<usize>load<u8>(own + c) << 2)));
      }
    }
  }
}
