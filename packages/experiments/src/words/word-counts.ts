import { type Configurations, DataError, DomainError } from '@spinformer/numerics';

/** Letters a…z. */
export const LETTERS = 26;

/** The words of one length in a text, most frequent first. */
export interface WordCounts {
  /** Letters per word. */
  readonly length: number;
  /** What `probabilities` are proportional to. */
  readonly weighting: Weighting;
  readonly words: readonly string[];
  /** How often each word occurs, [words]. */
  readonly occurrences: Float64Array;
  /** Probability of each word in the data that models are fitted to, [words], sums to 1. */
  readonly probabilities: Float64Array;
}

/** What a word weighs: as often as it occurs, log(1 + that), or the same as all others. */
export type Weighting = 'counts' | 'log' | 'types';

/** What to count. */
export interface CountOptions {
  /** Letters per word. */
  readonly length: number;
  /** Rarer words are dropped. */
  readonly minimumCount: number;
  readonly weighting: Weighting;
}

/**
 * Counts the words of one length in a text. A word is a run of letters between anything but letters, apostrophes and
 * hyphens, so that `don't` and `well-known` do not turn into fragments; capitals count as small letters.
 *
 * @param text any text
 * @param options length, threshold and weighting
 * @returns words, most frequent first, alphabetical among equals
 * @throws {DataError} when fewer than two different words are left
 */
export function countWords(text: string, options: CountOptions): WordCounts {
  const whole = new RegExp(`^[a-z]{${options.length}}$`);
  const counts = new Map<string, number>();
  for (const token of text.toLowerCase().match(/[\p{L}\p{N}'’-]+/gu) ?? []) {
    if (whole.test(token)) counts.set(token, (counts.get(token) ?? 0) + 1);
  }
  const kept = [...counts].filter(([, count]) => count >= options.minimumCount);
  if (kept.length < 2) throw tooFewWords(options, kept.length);
  kept.sort(([left, many], [right, more]) => more - many || (left < right ? -1 : 1));
  const occurrences = Float64Array.from(kept, ([, count]) => count);
  const masses = occurrences.map(massOf[options.weighting]);
  const total = masses.reduce((sum, mass) => sum + mass, 0);
  return {
    length: options.length,
    weighting: options.weighting,
    words: kept.map(([word]) => word),
    occurrences,
    probabilities: masses.map((mass) => mass / total),
  };
}

/**
 * The words as configurations of letters 0…25 with weights that sum to the number of distinct words.
 *
 * @param counts the words
 * @returns values [words, length], states 26
 */
export function wordConfigurations(counts: WordCounts): Configurations & { readonly weights: Float64Array } {
  const values = new Int32Array(counts.words.length * counts.length);
  counts.words.forEach((word, index) => {
    values.set(lettersOf(word), index * counts.length);
  });
  return {
    samples: counts.words.length,
    sites: counts.length,
    states: LETTERS,
    values,
    weights: counts.probabilities.map((probability) => probability * counts.words.length),
  };
}

/** The letters of a word as numbers, a = 0. */
export function lettersOf(word: string): number[] {
  return [...word].map((letter) => letter.charCodeAt(0) - CODE_OF_A);
}

/**
 * The word that numbers spell, a = 0.
 *
 * @throws {DomainError} for a number that is no letter
 */
export function spell(letters: ArrayLike<number>): string {
  return Array.from(letters, (letter) => {
    if (!(letter >= 0 && letter < LETTERS)) throw new DomainError(`spell: letters are 0…25, got ${letter}.`);
    return String.fromCharCode(CODE_OF_A + letter);
  }).join('');
}

const CODE_OF_A = 97;

const massOf = {
  counts: (count: number) => count,
  log: (count: number) => Math.log1p(count),
  types: () => 1,
} as const;

function tooFewWords(options: CountOptions, found: number): DataError {
  return new DataError(
    `words: ${found} different word(s) of ${options.length} letters occur at least ${options.minimumCount} time(s). ` +
      'Lower minimumCount, change length, or give a longer text.',
  );
}
