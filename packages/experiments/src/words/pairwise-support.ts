import { DomainError } from '@spinformer/numerics';
import { LETTERS, lettersOf, type WordCounts } from './word-counts.ts';

/**
 * All strings each of whose letter pairs occurs in the data at its two positions. The maximum-entropy model that
 * matches the observed pair frequencies gives every other string the probability zero, so that its sums over 26^L
 * strings reduce exactly to this short list.
 */
export interface PairwiseSupport {
  readonly length: number;
  /** How many strings there are. */
  readonly size: number;
  /** Letters, [size, length]. */
  readonly strings: Uint8Array;
  /** Number of (i, j, a, b), i < j, that occur in the data. */
  readonly pairs: number;
  /** Index of each string's pairs among those, [size, length·(length − 1)/2], pairs (0,1), (0,2), … */
  readonly pairsOf: Int32Array;
  /** Index in the support of each word of the data. */
  readonly wordIndex: Int32Array;
}

/**
 * Lists the support of the pairwise maximum-entropy model by extending prefixes letter by letter.
 *
 * @param counts the words
 * @param limit refuse above this many strings
 * @returns the strings in alphabetical order
 * @throws {DomainError} above the limit
 * @complexity proportional to the support, 26 times the prefixes
 */
export function pairwiseSupport(counts: WordCounts, limit: number): PairwiseSupport {
  const numbering = numberPairs(counts);
  const strings = listStrings(counts.length, numbering, limit);
  const { length } = counts;
  const size = strings.length / length;
  const perString = (length * (length - 1)) / 2;
  const pairsOf = new Int32Array(size * perString);
  for (let index = 0, at = 0; index < size; index++) {
    const start = index * length;
    for (let i = 0; i < length; i++) {
      for (let j = i + 1; j < length; j++) {
        pairsOf[at++] = numbering.number[pairSlot(length, i, j, strings[start + i], strings[start + j])];
      }
    }
  }
  return { length, size, strings, pairs: numbering.count, pairsOf, wordIndex: locate(counts, strings) };
}

/** Place of (i, j, a, b) in a table [sites, sites, 26, 26]. */
function pairSlot(length: number, i: number, j: number, a: number, b: number): number {
  return ((i * length + j) * LETTERS + a) * LETTERS + b;
}

interface PairNumbering {
  readonly count: number;
  /** [sites, sites, 26, 26]; −1 for a pair that does not occur. */
  readonly number: Int32Array;
  /** Letters that occur, [sites, 26]. */
  readonly occurs: Uint8Array;
}

function numberPairs(counts: WordCounts): PairNumbering {
  const { length } = counts;
  const number = new Int32Array(length * length * LETTERS * LETTERS).fill(-1);
  const occurs = new Uint8Array(length * LETTERS);
  let count = 0;
  for (const word of counts.words) {
    const letters = lettersOf(word);
    for (let i = 0; i < length; i++) {
      occurs[i * LETTERS + letters[i]] = 1;
      for (let j = i + 1; j < length; j++) {
        const slot = pairSlot(length, i, j, letters[i], letters[j]);
        if (number[slot] < 0) number[slot] = count++;
      }
    }
  }
  return { count, number, occurs };
}

function listStrings(length: number, numbering: PairNumbering, limit: number): Uint8Array {
  let strings = new Uint8Array(1024 * length);
  let used = 0;
  const prefix = new Uint8Array(length);
  const fits = (at: number, letter: number): boolean => {
    if (!numbering.occurs[at * LETTERS + letter]) return false;
    for (let i = 0; i < at; i++) {
      if (numbering.number[pairSlot(length, i, at, prefix[i], letter)] < 0) return false;
    }
    return true;
  };
  const extend = (at: number): void => {
    if (at === length) {
      if (used === limit * length) throw supportTooLarge(limit);
      if (used === strings.length) strings = doubled(strings);
      strings.set(prefix, used);
      used += length;
      return;
    }
    for (let letter = 0; letter < LETTERS; letter++) {
      if (!fits(at, letter)) continue;
      prefix[at] = letter;
      extend(at + 1);
    }
  };
  extend(0);
  return strings.slice(0, used);
}

function doubled(strings: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(strings.length * 2);
  larger.set(strings);
  return larger;
}

function locate(counts: WordCounts, strings: Uint8Array): Int32Array {
  const { length } = counts;
  return Int32Array.from(counts.words, (word) => {
    const letters = lettersOf(word);
    let low = 0;
    let high = strings.length / length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (compare(strings, middle * length, letters) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  });
}

function compare(strings: Uint8Array, start: number, letters: readonly number[]): number {
  for (let i = 0; i < letters.length; i++) {
    const difference = strings[start + i] - letters[i];
    if (difference !== 0) return difference;
  }
  return 0;
}

function supportTooLarge(limit: number): DomainError {
  return new DomainError(
    `words: more than ${limit} strings are made of letter pairs that occur. Raise minimumCount (rare words bring most of them), or choose a smaller length.`,
  );
}
