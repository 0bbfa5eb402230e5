// Pseudo-likelihood site by site: every chunk takes one site through one trial step of L-BFGS (step, evaluation, inner
// products), with vectors that stay in the cache. The caller judges the trials of all sites in flight.
//
// A site's variables are a row for its field and then rows [j·q + b][a] of its own couplings, centred and scaled as in
// the symmetric fit; scales are zero for the site itself and in the padding.
import { COUPLING_PENALTY, FIELD_PENALTY, FREE, FREQUENCIES, SITES, STATES, address, conditional, real, rowBytes, whole } from './_conditional';
import { firstLanes, madd, sumLanes } from './_lanes';
import { direction, gram, rescale } from './_limited-memory';

// Word after those of the problem: where the blocks of the sites in flight begin.
const BLOCKS = FREE;
/** Words of a block; the first are the arguments of the vector passes. */
const BLOCK_WORDS = 64, GRADIENT = 5, POINT = 10, TRIAL = 11, SITE = 48, MOVE = 49, SCALE = 50, VALUE = 51, NEXT = 52;
/** Moves: evaluate the point, take a new direction, or another length of it. */
const TURN = 1, LENGTHEN = 2;

/** Coupling rows from variables; the raw field into `field`; returns Σ J². */
function expand(args: usize, variables: usize, scale: usize, field: usize, couplings: usize): f64 {
  const bytes = rowBytes(args), rows = whole(args, SITES) * whole(args, STATES), states = whole(args, STATES), padded = <i32>(bytes >> 2);
  let frequency = address(args, FREQUENCIES), left = states;
  for (let at: usize = 0; at < bytes; at += 16)
    v128.store(field + at, f32x4.mul(v128.load(variables + at), v128.load(scale + at)));
  let u = variables + bytes, d = scale + bytes, total: f64 = 0;
  for (let row = 0; row < rows; row++) {
    const factor = f32x4.splat(-load<f32>(frequency));
    let squares = f32x4.splat(0);
    for (let at: usize = 0; at < bytes; at += 16) {
      const x = f32x4.mul(v128.load(u + at), v128.load(d + at));
      v128.store(couplings + at, x);
      v128.store(field + at, madd(x, factor, v128.load(field + at)));
      squares = madd(x, x, squares);
    }
    total += <f64>sumLanes(squares);
    u += bytes;
    d += bytes;
    couplings += bytes;
    frequency += 4;
    if (--left == 0) {
      frequency += <usize>(padded - states) << 2;
      left = states;
    }
  }
  memory.fill(couplings, 0, bytes);
  return total;
}

/** Gradient by the variables from those by the raw parameters. */
function contract(args: usize, scale: usize, fieldGradient: usize, couplings: usize, couplingGradient: usize, gradient: usize): void {
  const bytes = rowBytes(args), states = whole(args, STATES), rows = whole(args, SITES) * states, padded = <i32>(bytes >> 2);
  const twice = f32x4.splat(2 * real(args, COUPLING_PENALTY));
  let frequency = address(args, FREQUENCIES), left = states;
  for (let at: usize = 0; at < bytes; at += 16)
    v128.store(gradient + at, f32x4.mul(v128.load(fieldGradient + at), v128.load(scale + at)));
  for (let row = 0; row < rows; row++) {
    scale += bytes;
    gradient += bytes;
    const factor = f32x4.splat(-load<f32>(frequency));
    for (let at: usize = 0; at < bytes; at += 16) {
      const raw = madd(twice, v128.load(couplings + at), v128.load(couplingGradient + at));
      v128.store(gradient + at, f32x4.mul(v128.load(scale + at), madd(factor, v128.load(fieldGradient + at), raw)));
    }
    couplings += bytes;
    couplingGradient += bytes;
    frequency += 4;
    if (--left == 0) {
      frequency += <usize>(padded - states) << 2;
      left = states;
    }
  }
}

/** Objective of one site at `variables`; its gradient to `gradient`. */
function evaluate(args: usize, site: i32, variables: usize, scale: usize, gradient: usize, scratch: usize): f64 {
  const bytes = rowBytes(args), states = whole(args, STATES), all = <usize>(whole(args, SITES) * states + 1) * bytes;
  const couplings = scratch, couplingGradient = couplings + all, field = couplingGradient + all, fieldGradient = field + bytes;
  const squares = expand(args, variables, scale, field, couplings);
  let value = conditional(args, site, couplings, field, fieldGradient + bytes, couplingGradient, fieldGradient);
  value += load<f64>(args + (COUPLING_PENALTY << 3)) * squares;
  const penalty = real(args, FIELD_PENALTY);
  let fieldSquares: f64 = 0;
  for (let at: usize = 0; at < bytes; at += 16) {
    const valid = states - <i32>(at >> 2);
    const h = firstLanes(v128.load(field + at), valid), g = firstLanes(v128.load(fieldGradient + at), valid);
    v128.store(fieldGradient + at, madd(h, f32x4.splat(2 * penalty), g));
    fieldSquares += <f64>sumLanes(f32x4.mul(h, h));
  }
  contract(args, scale, fieldGradient, couplings, couplingGradient, gradient);
  return value + load<f64>(args + (FIELD_PENALTY << 3)) * fieldSquares;
}

/** Chunk = site in flight. */
export function siteStep(args: usize, chunk: i32, scratch: usize): void {
  const block = address(args, BLOCKS) + (<usize>(chunk * BLOCK_WORDS) << 3), move = whole(block, MOVE);
  if (move == TURN) direction(block, 0, scratch);
  if (move == LENGTHEN) rescale(block, 0, scratch);
  // A direction is made of the gradient at the point; everything after it concerns the gradient at the trial.
  store<f64>(block + (GRADIENT << 3), load<f64>(block + (NEXT << 3)));
  const variables = address(block, move == 0 ? POINT : TRIAL);
  const value = evaluate(args, whole(block, SITE), variables, address(block, SCALE), address(block, GRADIENT), scratch);
  store<f64>(block + (VALUE << 3), value);
  gram(block, 0, scratch);
}
