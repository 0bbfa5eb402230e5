import { DataError, DomainError } from '../errors.ts';
import type { Rng, RngState } from '../rng-contract.ts';
import { multiplyHigh, writePhiloxBlock } from './philox.ts';
import { hashedKey, type PhiloxKey } from './philox-key.ts';

const ALGORITHM = 'philox4x32-10/1';
const WORD = 2 ** 32;
const HALF_MANTISSA = 2 ** 26;
const MANTISSA = 2 ** 53;

/** The stream behind {@link seededRng}: see there for how draws consume words. */
class PhiloxRng implements Rng {
  readonly #key: PhiloxKey;
  /** Counter of the next block, as signed words. */
  readonly #counter = new Int32Array(4);
  readonly #block = new Int32Array(4);
  #used = 4;
  #spare: number | null = null;

  constructor(key: PhiloxKey, state?: RngState) {
    this.#key = [key[0] >>> 0, key[1] >>> 0];
    if (!state) return;
    this.#counter.set(state.counter.map((word) => word | 0));
    this.#spare = state.spare;
    if (state.used === 4) return;
    stepBack(this.#counter);
    this.#refill();
    this.#used = state.used;
  }

  #refill(): void {
    const c = this.#counter;
    writePhiloxBlock(this.#block, c[0], c[1], c[2], c[3], this.#key[0], this.#key[1]);
    if ((c[0] = (c[0] + 1) | 0) === 0) carry(c);
    this.#used = 0;
  }

  #word(): number {
    if (this.#used === 4) this.#refill();
    return this.#block[this.#used++];
  }

  uint32(): number {
    return this.#word() >>> 0;
  }

  uniform(): number {
    const high = this.#word() >>> 5;
    const low = this.#word() >>> 6;
    return (high * HALF_MANTISSA + low) / MANTISSA;
  }

  integer(below: number): number {
    if (!(Number.isInteger(below) && below >= 1 && below <= MANTISSA)) {
      throw new DomainError(
        `integer: below must be an integer in 1…2^53, got ${below}. The draw is in 0…below−1.`,
      );
    }
    return below < WORD ? this.#smallInteger(below) : this.#largeInteger(below);
  }

  #smallInteger(below: number): number {
    let word = this.#word();
    let low = Math.imul(word, below) >>> 0;
    if (low < below) {
      const threshold = (WORD - below) % below;
      while (low < threshold) {
        word = this.#word();
        low = Math.imul(word, below) >>> 0;
      }
    }
    return multiplyHigh(word, below) >>> 0;
  }

  #largeInteger(below: number): number {
    const limit = MANTISSA - (MANTISSA % below);
    for (;;) {
      const value = this.uniform() * MANTISSA;
      if (value < limit) return value % below;
    }
  }

  normal(): number {
    if (this.#spare !== null) {
      const spare = this.#spare;
      this.#spare = null;
      return spare;
    }
    const radius = Math.sqrt(-2 * Math.log(1 - this.uniform()));
    const angle = 2 * Math.PI * this.uniform();
    this.#spare = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  }

  categorical(logits: ArrayLike<number>): number {
    let top = Number.NEGATIVE_INFINITY;
    for (let state = 0; state < logits.length; state++) if (logits[state] > top) top = logits[state];
    let total = 0;
    for (let state = 0; state < logits.length; state++) total += Math.exp(logits[state] - top);
    if (!(total >= 1 && top < Number.POSITIVE_INFINITY)) throw logitsError(logits);
    const target = this.uniform() * total;
    let cumulative = 0;
    let last = 0;
    for (let state = 0; state < logits.length; state++) {
      const mass = Math.exp(logits[state] - top);
      if (mass === 0) continue;
      cumulative += mass;
      if (target < cumulative) return state;
      last = state;
    }
    return last;
  }

  fork(name: string): Rng {
    return new PhiloxRng(hashedKey(this.#key, name, 'fork'));
  }

  state(): RngState {
    const [c0, c1, c2, c3] = this.#counter;
    return {
      algorithm: ALGORITHM,
      key: [this.#key[0], this.#key[1]],
      counter: [c0 >>> 0, c1 >>> 0, c2 >>> 0, c3 >>> 0],
      used: this.#used,
      spare: this.#spare,
    };
  }
}

function carry(counter: Int32Array): void {
  for (let word = 1; word < 4; word++) if ((counter[word] = (counter[word] + 1) | 0) !== 0) return;
}

function stepBack(counter: Int32Array): void {
  for (let word = 0; word < 4; word++) {
    counter[word] = (counter[word] - 1) | 0;
    if (counter[word] !== -1) return;
  }
}

function logitsError(logits: ArrayLike<number>): DomainError {
  const what = 'categorical: logits must be numbers below +Infinity, at least one of them above −Infinity';
  if (logits.length === 0) return new DomainError(`${what}, got none. Pass one logit per state.`);
  for (let state = 0; state < logits.length; state++) {
    const value = logits[state];
    if (Number.isNaN(value) || value === Number.POSITIVE_INFINITY) {
      return new DomainError(`${what}, got ${value} at state ${state}. Check what computed it.`);
    }
  }
  return new DomainError(`${what}, got −Infinity everywhere. Allow at least one state.`);
}

/**
 * A stream of random numbers that depends on the seed alone. Counter-based (Philox 4×32-10): the n-th block of four
 * 32-bit words is `philox4x32(n, key)`, so any other program can reproduce it.
 *
 * How draws consume words, in order, w₀ being the next word (a change here is a new algorithm name, and breaking):
 * - `uint32` takes one word.
 * - `uniform` takes two: ((w₀ >>> 5)·2²⁶ + (w₁ >>> 6))·2⁻⁵³. They may belong to two blocks, after an odd number of words.
 * - `integer(n)` with n < 2³² takes one word and returns the upper half of w₀·n; words whose lower half is below
 *   2³² mod n are skipped. For n ≥ 2³² it takes 53 bits as `uniform` does, skips values ≥ 2⁵³ − 2⁵³ mod n, returns the rest mod n.
 * - `normal` takes two uniforms u, v and returns r·cos 2πv with r = √(−2 log(1 − u)); the next call returns r·sin 2πv
 *   and takes nothing.
 * - `categorical` takes one uniform u and returns the first state whose cumulative Σ exp(logit − max) exceeds u·total.
 *   States with probability zero are never returned.
 * - `fork(name)` takes nothing: the new stream starts at counter 0 under the key that {@link hashedKey} makes.
 *
 * Integer and uniform draws are the same bits on every machine; `normal` and `categorical` go through Math.log, cos,
 * sin and exp, whose last bit belongs to the JavaScript engine.
 *
 * @param seed - an integer in 0…2⁵³−1 (0 is a seed like any other), which is the key, least significant word first;
 *   or any text, which is hashed. `'1'` and `1` are different seeds.
 * @throws {DomainError} when the number is not such an integer.
 * @source salmon2011philox; lemire2019integers (integer); box1958normal (normal)
 * @example
 * ```ts
 * const rng = seededRng(7);
 * const thermal = rng.fork('thermal'); // does not depend on what rng has drawn
 * thermal.uniform();
 * ```
 */
export function seededRng(seed: number | string): Rng {
  if (typeof seed === 'string') return new PhiloxRng(hashedKey([0, 0], seed, 'seed'));
  if (!(Number.isSafeInteger(seed) && seed >= 0)) {
    throw new DomainError(
      `seededRng: seed must be an integer in 0…2^53−1 or a text, got ${seed}. Round it, or pass a text such as 'run-7'.`,
    );
  }
  return new PhiloxRng([seed % WORD, Math.floor(seed / WORD)]);
}

/**
 * Continues a stream from its state, bit for bit.
 *
 * @param state - what `rng.state()` returned, possibly through JSON.
 * @throws {DataError} when it is the state of another algorithm or is damaged.
 */
export function restoreRng(state: RngState): Rng {
  const isWord = (value: unknown) => typeof value === 'number' && value >>> 0 === value;
  const isWords = (value: unknown, length: number) =>
    Array.isArray(value) && value.length === length && value.every(isWord);
  if (state?.algorithm !== ALGORITHM) {
    throw new DataError(
      `restoreRng: state must be of algorithm ${ALGORITHM}, got ${state?.algorithm}. It was saved by another version, or is not the state of a random stream.`,
    );
  }
  const used = Number.isInteger(state.used) && state.used >= 0 && state.used <= 4;
  const spare = state.spare === null || Number.isFinite(state.spare);
  if (!isWords(state.key, 2) || !isWords(state.counter, 4) || !used || !spare) {
    throw new DataError(
      `restoreRng: state is damaged: ${JSON.stringify(state)}. key needs two and counter four unsigned 32-bit words, used 0…4, spare a number or null.`,
    );
  }
  return new PhiloxRng(state.key, state);
}
