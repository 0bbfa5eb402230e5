import { LETTERS, lettersOf, type WordCounts } from './word-counts.ts';

/** Bits in a nat. */
export const BITS_PER_NAT = 1 / Math.LN2;

/**
 * Entropy of a distribution.
 *
 * @param probabilities non-negative, sum to 1
 * @returns −Σ p log₂ p, bits
 */
export function entropyBits(probabilities: ArrayLike<number>): number {
  let sum = 0;
  for (let k = 0; k < probabilities.length; k++) {
    const probability = probabilities[k];
    if (probability > 0) sum -= probability * Math.log(probability);
  }
  return sum * BITS_PER_NAT;
}

/**
 * What the plug-in entropy of a sample misses on average: (K − 1)/2N nats for K outcomes seen in N draws.
 *
 * @param outcomes K
 * @param draws N
 * @returns the first-order correction, bits; add it to the plug-in entropy
 */
export function millerMadowBits(outcomes: number, draws: number): number {
  return ((outcomes - 1) / (2 * draws)) * BITS_PER_NAT;
}

/**
 * Frequencies of letters at each position.
 *
 * @param counts the words
 * @returns [length, 26], each row sums to 1
 */
function letterFrequencies(counts: WordCounts): Float64Array {
  const frequencies = new Float64Array(counts.length * LETTERS);
  counts.words.forEach((word, index) => {
    lettersOf(word).forEach((letter, site) => {
      frequencies[site * LETTERS + letter] += counts.probabilities[index];
    });
  });
  return frequencies;
}

/**
 * Entropy of the model whose letters are independent, each with its own frequencies per position.
 *
 * @param counts the words
 * @returns Σ_i H(w_i), bits per word
 */
export function independentEntropyBits(counts: WordCounts): number {
  const frequencies = letterFrequencies(counts);
  let sum = 0;
  for (let site = 0; site < counts.length; site++) {
    sum += entropyBits(frequencies.subarray(site * LETTERS, (site + 1) * LETTERS));
  }
  return sum;
}
