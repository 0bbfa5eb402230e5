import { DomainError } from '../errors.ts';
import type { Rng } from '../rng-contract.ts';

function checkPositive(value: number, name: string, caller: string): void {
  if (value > 0 && value < Number.POSITIVE_INFINITY) return;
  throw new DomainError(`${caller}: ${name} must be a finite number > 0, got ${value}.`);
}

function checkCount(value: number, name: string, caller: string): void {
  if (Number.isSafeInteger(value) && value >= 0) return;
  throw new DomainError(`${caller}: ${name} must be an integer ≥ 0, got ${value}.`);
}

/**
 * An exponential variable: density rate · exp(−rate · x) on x ≥ 0. Takes one uniform.
 *
 * @param rate - inverse mean, > 0, default 1.
 * @throws {DomainError} when the rate is not a finite number > 0.
 */
export function exponential(rng: Rng, rate = 1): number {
  checkPositive(rate, 'rate', 'exponential');
  return -Math.log1p(-rng.uniform()) / rate;
}

/**
 * A gamma variable: density ∝ x^(shape−1) exp(−x/scale) on x > 0; mean shape · scale. Takes a random number of draws.
 *
 * @param shape - > 0; below 1 too.
 * @param scale - > 0, default 1.
 * @throws {DomainError} when shape or scale is not a finite number > 0.
 * @source marsaglia2000gamma
 */
export function gamma(rng: Rng, shape: number, scale = 1): number {
  checkPositive(shape, 'shape', 'gamma');
  checkPositive(scale, 'scale', 'gamma');
  if (shape < 1) {
    const boosted = standardGamma(rng, shape + 1);
    return scale * boosted * (1 - rng.uniform()) ** (1 / shape);
  }
  return scale * standardGamma(rng, shape);
}

/** Marsaglia and Tsang's squeeze for shape ≥ 1. */
function standardGamma(rng: Rng, shape: number): number {
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = rng.normal();
    const v = (1 + c * x) ** 3;
    if (v <= 0) continue;
    if (Math.log(1 - rng.uniform()) < (x * x) / 2 + d * (1 - v + Math.log(v))) return d * v;
  }
}

/**
 * A beta variable: density ∝ x^(a−1) (1−x)^(b−1) on (0, 1); mean a / (a + b). Two gamma draws.
 *
 * @param a - > 0.
 * @param b - > 0.
 * @throws {DomainError} when a or b is not a finite number > 0.
 */
export function beta(rng: Rng, a: number, b: number): number {
  checkPositive(a, 'a', 'beta');
  checkPositive(b, 'b', 'beta');
  const x = gamma(rng, a);
  const y = gamma(rng, b);
  // Both underflow only when a and b are tiny: then the mass sits at the ends in the proportion a : b.
  if (x + y === 0) return rng.uniform() * (a + b) < a ? 1 : 0;
  return x / (x + y);
}

/**
 * Shuffles in place, every order with equal probability (Fisher and Yates).
 *
 * @param items - any list or typed array; it is written to and returned.
 */
export function shuffle<Items extends { [index: number]: unknown; readonly length: number }>(
  rng: Rng,
  items: Items,
): Items {
  for (let last = items.length - 1; last > 0; last--) {
    const other = rng.integer(last + 1);
    const held = items[last];
    items[last] = items[other];
    items[other] = held;
  }
  return items;
}

/**
 * A random order of 0…size−1.
 *
 * @returns a new Int32Array that the caller owns.
 * @throws {DomainError} when size is not an integer ≥ 0.
 */
export function permutation(rng: Rng, size: number): Int32Array {
  checkCount(size, 'size', 'permutation');
  return shuffle(
    rng,
    Int32Array.from({ length: size }, (_, i) => i),
  );
}

/**
 * `size` different integers of 0…population−1 in random order: the beginning of a permutation, without making all of it.
 *
 * @returns a new Int32Array that the caller owns.
 * @throws {DomainError} when size is larger than the population, the population than 2³¹, or either is not an integer ≥ 0.
 * @complexity size, in time and memory.
 */
export function sampleWithoutReplacement(rng: Rng, population: number, size: number): Int32Array {
  checkCount(population, 'population', 'sampleWithoutReplacement');
  checkCount(size, 'size', 'sampleWithoutReplacement');
  if (population > 2 ** 31) {
    throw new DomainError(`sampleWithoutReplacement: population must be at most 2^31, got ${population}.`);
  }
  if (size > population) {
    throw new DomainError(
      `sampleWithoutReplacement: size must be at most the population of ${population}, got ${size}. Ask for fewer, or draw with replacement.`,
    );
  }
  const moved = new Map<number, number>();
  const sample = new Int32Array(size);
  for (let i = 0; i < size; i++) {
    const other = i + rng.integer(population - i);
    sample[i] = moved.get(other) ?? other;
    moved.set(other, moved.get(i) ?? i);
  }
  return sample;
}
