/** The state of a stream as plain data: enough to continue it bit for bit, in JSON or in a checkpoint. */
export type RngState = {
  /** Name and version of the algorithm; a state of another algorithm is refused. */
  readonly algorithm: 'philox4x32-10/1';
  /** 64-bit key as two unsigned 32-bit words. */
  readonly key: readonly [number, number];
  /** 128-bit counter as four unsigned 32-bit words, of the next block. */
  readonly counter: readonly [number, number, number, number];
  /** How many of the current block's four words have been used, 0…4. */
  readonly used: number;
  /** A second normal deviate that waits, or null. */
  readonly spare: number | null;
};

/**
 * A stream of random numbers. Counter-based, so that numbers depend on the seed and the names of the forks alone,
 * never on the number of threads or on who else drew.
 */
export interface Rng {
  /** The next 32 random bits as an unsigned integer. */
  uint32(): number;
  /** Uniform on [0, 1), 53 bits. */
  uniform(): number;
  /** Uniform integer in 0…below−1, unbiased. */
  integer(below: number): number;
  /** Standard normal. */
  normal(): number;
  /** Index drawn with probability ∝ exp(logits). */
  categorical(logits: ArrayLike<number>): number;
  /** An independent stream that depends on this stream's key and the name only, not on what was drawn. */
  fork(name: string): Rng;
  state(): RngState;
}
