// Passes over long float32 vectors for L-BFGS in Gram-matrix form: every inner product that an iteration needs in one
// pass, and the next direction in another. Chunks of a fixed length keep sums independent of the number of threads.
import { address, real, whole } from './_conditional';
import { madd, sumLanes } from './_lanes';

const LENGTH = 0, CHUNK = 1, HISTORY = 2, STEPS = 3, CHANGES = 4, GRADIENT = 5, PREVIOUS = 6, SLOT = 7, HAVE = 8, OUT = 9,
  POINT = 10, TRIAL = 11, FACTOR = 12, USED = 13, COEFFICIENTS = 30;
const SECTION = 1024;

/** Address of basis vector b: the steps, then the changes of the gradient, then the gradient. */
// @ts-ignore: decorator
@inline
function basis(args: usize, b: i32): usize {
  const history = whole(args, HISTORY), bytes = <usize>whole(args, LENGTH) << 2;
  if (b < history) return address(args, STEPS) + <usize>b * bytes;
  if (b < 2 * history) return address(args, CHANGES) + <usize>(b - history) * bytes;
  return address(args, GRADIENT);
}

/**
 * Stores change[slot] = gradient − previous (if HAVE), and for every basis vector its products with step[slot],
 * change[slot] and the gradient into OUT[chunk][3][2·history + 1]. USED is a bit mask of the basis vectors wanted.
 */
export function gram(args: usize, chunk: i32, scratch: usize): void {
  const length = whole(args, LENGTH), history = whole(args, HISTORY), count = 2 * history + 1, used = whole(args, USED);
  const out = address(args, OUT) + (<usize>(chunk * 3 * count) << 3), slot = whole(args, SLOT);
  const step = basis(args, slot), change = basis(args, history + slot), gradient = address(args, GRADIENT);
  memory.fill(out, 0, <usize>(3 * count) << 3);
  const from = chunk * whole(args, CHUNK), to = min(length, from + whole(args, CHUNK));
  for (let k = from; k < to; k += SECTION) {
    const start = <usize>k << 2, end = <usize>min(to, k + SECTION) << 2;
    if (whole(args, HAVE)) {
      const previous = address(args, PREVIOUS);
      for (let at = start; at < end; at += 16)
        v128.store(change + at, f32x4.sub(v128.load(gradient + at), v128.load(previous + at)));
    }
    for (let b = 0; b < count; b++) {
      if (!((used >> b) & 1)) continue;
      const other = basis(args, b);
      let s = f32x4.splat(0), y = s, g = s;
      for (let at = start; at < end; at += 16) {
        const x = v128.load(other + at);
        s = madd(x, v128.load(step + at), s);
        y = madd(x, v128.load(change + at), y);
        g = madd(x, v128.load(gradient + at), g);
      }
      const at = out + (<usize>b << 3), row = <usize>count << 3;
      store<f64>(at, load<f64>(at) + <f64>sumLanes(s));
      store<f64>(at + row, load<f64>(at + row) + <f64>sumLanes(y));
      store<f64>(at + 2 * row, load<f64>(at + 2 * row) + <f64>sumLanes(g));
    }
  }
}

/** step[slot] = Σ_b coefficient_b · basis_b; trial = point + step[slot]. */
export function direction(args: usize, chunk: i32, scratch: usize): void {
  const history = whole(args, HISTORY), count = 2 * history + 1, step = basis(args, whole(args, SLOT));
  const point = address(args, POINT), trial = address(args, TRIAL);
  const from = chunk * whole(args, CHUNK), to = min(whole(args, LENGTH), from + whole(args, CHUNK));
  for (let k = from; k < to; k += SECTION) {
    const start = <usize>k << 2, end = <usize>min(to, k + SECTION) << 2;
    // The step's slot is not among the basis vectors in use, so its old content may go.
    memory.fill(step + start, 0, end - start);
    for (let b = 0; b < count; b++) {
      const coefficient = real(args, COEFFICIENTS + b);
      if (coefficient == 0) continue;
      const factor = f32x4.splat(coefficient), other = basis(args, b);
      for (let at = start; at < end; at += 16)
        v128.store(step + at, madd(v128.load(other + at), factor, v128.load(step + at)));
    }
    for (let at = start; at < end; at += 16)
      v128.store(trial + at, f32x4.add(v128.load(point + at), v128.load(step + at)));
  }
}

/** step[slot] *= FACTOR; trial = point + step[slot]. */
export function rescale(args: usize, chunk: i32, scratch: usize): void {
  const step = basis(args, whole(args, SLOT)), point = address(args, POINT), trial = address(args, TRIAL);
  const factor = f32x4.splat(real(args, FACTOR));
  const from = <usize>(chunk * whole(args, CHUNK)) << 2, to = min(<usize>whole(args, LENGTH) << 2, from + (<usize>whole(args, CHUNK) << 2));
  for (let at = from; at < to; at += 16) {
    const s = f32x4.mul(v128.load(step + at), factor);
    v128.store(step + at, s);
    v128.store(trial + at, f32x4.add(v128.load(point + at), s));
  }
}
