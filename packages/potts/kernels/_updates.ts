// How four chains draw the next state of a site from its logits, [states][4 chains], and random words. No fused
// multiply-add, so that a plain program with float32 rounding gives the same bits.
import { expPlain } from './_lanes';

/** The upper 24 bits of random words as numbers in [0, 1). */
// @ts-ignore: decorator
@inline
export function uniforms(words: v128): v128 {
  return f32x4.mul(f32x4.convert_i32x4_s(i32x4.shr_u(words, 8)), f32x4.splat(5.9604644775390625e-8));
}

/** Transposes the logits of four chains to [states][4 chains] at `out`, each chain's times its number in `scale`. */
export function transposeRows(rows: usize, bytes: usize, out: usize, scale: v128): void {
  for (let at: usize = 0; at < bytes; at += 16, out += 64) {
    const r0 = v128.load(rows + at), r1 = v128.load(rows + bytes + at);
    const r2 = v128.load(rows + 2 * bytes + at), r3 = v128.load(rows + 3 * bytes + at);
    const t0 = v128.shuffle<i32>(r0, r1, 0, 4, 1, 5), t1 = v128.shuffle<i32>(r0, r1, 2, 6, 3, 7);
    const t2 = v128.shuffle<i32>(r2, r3, 0, 4, 1, 5), t3 = v128.shuffle<i32>(r2, r3, 2, 6, 3, 7);
    v128.store(out, f32x4.mul(v128.shuffle<i32>(t0, t2, 0, 1, 4, 5), scale));
    v128.store(out, f32x4.mul(v128.shuffle<i32>(t0, t2, 2, 3, 6, 7), scale), 16);
    v128.store(out, f32x4.mul(v128.shuffle<i32>(t1, t3, 0, 1, 4, 5), scale), 32);
    v128.store(out, f32x4.mul(v128.shuffle<i32>(t1, t3, 2, 3, 6, 7), scale), 48);
  }
}

/** Heat-bath: the first state whose cumulative weight exceeds uniform · total, in four chains at once. */
export function heatBathLanes(logits: usize, states: i32, words: v128): v128 {
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
export function metropolisLanes(logits: usize, states: i32, old: v128, proposals: v128, words: v128): v128 {
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
