import { address, count, real } from '../../tensor/kernels/_args';

// H·x in a sector of fixed S^z, matrix-free. Configurations are bits, ascending; the position of one is
// first[high half] + rank[low half]. A bond is 24 bytes: its two bits (u32), then exchange/2 and ising/2 (f64).

/** Position of a configuration. */
// @ts-ignore: decorator
@inline function position(state: u32, first: usize, rank: usize, half: u32): u32 {
  const low = state & ((1 << half) - 1);
  return load<u32>(first + (<usize>(state >>> half) << 2)) + load<u32>(rank + (<usize>low << 2));
}

/**
 * A band of y = H·x. Arguments: states, dimension, x, y, first, rank, bits of the low half, bonds, number of bonds,
 * Σ ising/4, states of a band; with symmetry then codes and √(orbit lengths): position → code, and x[code] is the
 * amplitude of each member of the orbit, x being stored with its negative as its mirror image around code 0.
 */
// @ts-ignore: decorator
@inline function multiplyBand(withSymmetry: bool, args: usize, chunk: i32): void {
  const states = address(args, 0);
  const x = address(args, 2);
  const y = address(args, 3);
  const first = address(args, 4);
  const rank = address(args, 5);
  const half = <u32>count(args, 6);
  const bonds = address(args, 7);
  const end = bonds + <usize>count(args, 8) * 24;
  const base = real(args, 9);
  const codes = withSymmetry ? address(args, 11) : 0;
  const roots = withSymmetry ? address(args, 12) : 0;
  const from = chunk * count(args, 10);
  const last = min(count(args, 1), from + count(args, 10));
  for (let k = from; k < last; k++) {
    const state = load<u32>(states + (<usize>k << 2));
    let diagonal = base;
    let sum: f64 = 0;
    for (let bond = bonds; bond != end; bond += 24) {
      const mask = load<u32>(bond);
      const isAntiparallel = popcnt<u32>(state & mask) & 1;
      const factor = <f64>isAntiparallel;
      const other = position(state ^ (mask & (0 - isAntiparallel)), first, rank, half);
      const at: isize = withSymmetry ? <isize>load<i32>(codes + (<usize>other << 2)) : <isize>other;
      sum += factor * load<f64>(bond, 8) * load<f64>(x + (at << 3));
      diagonal -= factor * load<f64>(bond, 16);
    }
    const own = withSymmetry ? k + 1 : k;
    sum += diagonal * load<f64>(x + (<usize>own << 3));
    if (withSymmetry) sum *= load<f64>(roots + (<usize>k << 3));
    store<f64>(y + (<usize>k << 3), sum);
  }
}
export function multiply(args: usize, chunk: i32, scratch: usize): void {
  multiplyBand(false, args, chunk);
}
export function multiplySymmetric(args: usize, chunk: i32, scratch: usize): void {
  multiplyBand(true, args, chunk);
}

/**
 * A band of y = H·x with complex characters: amplitudes are pairs (re, im), position → code, x[code] times the phase of
 * the position is its amplitude, and x[0] = 0. Arguments: as for `multiplySymmetric`, then phases of the positions
 * (u16) and the cosine and sine of each phase.
 */
export function multiplyComplex(args: usize, chunk: i32, scratch: usize): void {
  const states = address(args, 0);
  const x = address(args, 2);
  const first = address(args, 4);
  const rank = address(args, 5);
  const half = <u32>count(args, 6);
  const bonds = address(args, 7);
  const end = bonds + <usize>count(args, 8) * 24;
  const codes = address(args, 11);
  const phases = address(args, 13);
  const table = address(args, 14);
  const from = chunk * count(args, 10);
  const last = min(count(args, 1), from + count(args, 10));
  for (let k = from; k < last; k++) {
    const state = load<u32>(states + (<usize>k << 2));
    let diagonal = real(args, 9);
    let sum = f64x2.splat(0);
    for (let bond = bonds; bond != end; bond += 24) {
      const mask = load<u32>(bond);
      if ((popcnt<u32>(state & mask) & 1) == 0) continue;
      const other = <usize>position(state ^ mask, first, rank, half);
      const amplitude = v128.load(x + (<usize>load<i32>(codes + (other << 2)) << 4));
      const turned = table + (<usize>load<u16>(phases + (other << 1)) << 4);
      const swapped = i8x16.shuffle(amplitude, f64x2.neg(amplitude), 24, 25, 26, 27, 28, 29, 30, 31, 0, 1, 2, 3, 4, 5, 6, 7);
      const product = f64x2.add(
        f64x2.mul(v128.load64_splat(turned), amplitude),
        f64x2.mul(v128.load64_splat(turned, 8), swapped),
      );
      sum = f64x2.add(sum, f64x2.mul(v128.load64_splat(bond, 8), product));
      diagonal -= load<f64>(bond, 16);
    }
    const own = v128.load(x + (<usize>(k + 1) << 4));
    sum = f64x2.add(sum, f64x2.mul(f64x2.splat(diagonal), own));
    const root = v128.load64_splat(address(args, 12) + (<usize>k << 3));
    v128.store(address(args, 3) + (<usize>k << 4), f64x2.mul(root, sum));
  }
}

/**
 * ⟨S^z S^z⟩ and ⟨S^x S^x + S^y S^y⟩ of one pair of sites in each chunk. Arguments: states, dimension, x, out [pairs,
 * 2], first, rank, bits of the low half, masks of the pairs (u32).
 */
export function correlate(args: usize, chunk: i32, scratch: usize): void {
  const states = address(args, 0);
  const dimension = count(args, 1);
  const x = address(args, 2);
  const out = address(args, 3) + (<usize>chunk << 4);
  const first = address(args, 4);
  const rank = address(args, 5);
  const half = <u32>count(args, 6);
  const mask = load<u32>(address(args, 7) + (<usize>chunk << 2));
  let parallel: f64 = 0;
  let antiparallel: f64 = 0;
  let exchange: f64 = 0;
  for (let k = 0; k < dimension; k++) {
    const state = load<u32>(states + (<usize>k << 2));
    const amplitude = load<f64>(x + (<usize>k << 3));
    if (popcnt<u32>(state & mask) & 1) {
      antiparallel += amplitude * amplitude;
      exchange += amplitude * load<f64>(x + (<usize>position(state ^ mask, first, rank, half) << 3));
    } else parallel += amplitude * amplitude;
  }
  store<f64>(out, (parallel - antiparallel) / 4);
  store<f64>(out + 8, exchange / 2);
}
