import { DataError, type Floats } from '@spinformer/numerics';
import type { PottsModel } from '../model.ts';
import { fullCouplings } from '../model-file.ts';

/** A binary parameter file of plmc (`-o`). */
export interface PlmcParameters {
  /** float64 fields, float32 couplings; in the gauge in which plmc left them. */
  readonly model: PottsModel;
  /** `letters[state]`. */
  readonly letters: string;
  readonly sequences: number;
  readonly sequencesDropped: number;
  readonly iterations: number;
  /** Divergence below which sequences are neighbours: 1 − identity. */
  readonly theta: number;
  readonly fieldPenalty: number;
  readonly couplingPenalty: number;
  readonly groupPenalty: number;
  readonly effectiveSequences: number;
  /** Neighbours of each sequence, itself included; 0 for a dropped one. */
  readonly neighbours: Float32Array;
  /** Letters of the focus sequence, or of the first state throughout where there was none. */
  readonly target: string;
  /** Number of each site, as plmc counts: columns of the alignment from the start of the region. */
  readonly numbers: Int32Array;
  /** Weighted frequencies, [sites, states]. */
  readonly frequencies: Floats<'sites states'>;
}

const NUMBER_BYTES = 4;
/** Above these a file is surely none of plmc's. */
const MAX_SITES = 100_000;
const MAX_STATES = 256;

/**
 * Reads plmc's binary parameters.
 *
 * @throws {DataError} for a file whose length does not fit its header, or that holds impossible sizes.
 * @source plmc, OutputParametersFull in src/plm.c
 */
export function readPlmcParameters(bytes: Uint8Array): PlmcParameters {
  const reader = new Reader(bytes);
  const [sites, states, sequences, sequencesDropped, iterations] = reader.integers(5);
  const total = sequences + sequencesDropped;
  const pairs = (sites * (sites - 1)) / 2;
  const possible = sites > 0 && sites <= MAX_SITES && states > 1 && states <= MAX_STATES && total >= 0;
  const numbers = 10 + total + sites + 2 * sites * states + 2 * pairs * states * states;
  if (!possible || numbers * NUMBER_BYTES + states + sites !== bytes.length)
    throw new DataError(
      `readPlmcParameters: ${bytes.length} bytes do not fit the header (${sites} sites, ${states} states, ${total} ` +
        'sequences). Is this a parameter file of plmc (-o), and complete?',
    );
  const [theta, fieldPenalty, couplingPenalty, groupPenalty, effectiveSequences] = reader.floats(5);
  const letters = reader.text(states);
  const neighbours = reader.floats(total);
  const target = reader.text(sites);
  const siteNumbers = reader.integers(sites);
  const frequencies = Float64Array.from(reader.floats(sites * states));
  const fields = Float64Array.from(reader.floats(sites * states));
  reader.skip(pairs * states * states * NUMBER_BYTES);
  const couplings = fullCouplings(reader.floats(pairs * states * states), sites, states);
  return {
    model: { sites, states, fields, couplings },
    letters,
    sequences,
    sequencesDropped,
    iterations,
    theta,
    fieldPenalty,
    couplingPenalty,
    groupPenalty,
    effectiveSequences,
    neighbours,
    target,
    numbers: siteNumbers,
    frequencies,
  };
}

/** Reads little-endian numbers one after the other; beyond the end it reads zeros, and the caller checks the length. */
class Reader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  integers(count: number): Int32Array {
    return new Int32Array(this.#take(count * NUMBER_BYTES));
  }

  floats(count: number): Float32Array {
    return new Float32Array(this.#take(count * NUMBER_BYTES));
  }

  text(count: number): string {
    return String.fromCharCode(...new Uint8Array(this.#take(count)));
  }

  skip(count: number): void {
    this.#at += count;
  }

  #take(count: number): ArrayBuffer {
    const copy = new Uint8Array(count);
    copy.set(this.#bytes.subarray(this.#at, this.#at + count));
    this.#at += count;
    return copy.buffer;
  }
}
