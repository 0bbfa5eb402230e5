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
