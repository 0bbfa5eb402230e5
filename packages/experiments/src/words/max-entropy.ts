import { type PairwiseSupport, pairwiseSupport } from './pairwise-support.ts';
import type { WordCounts } from './word-counts.ts';

/** The pairwise maximum-entropy problem of a set of words, with exact sums over its support. */
export interface MaxEntropyProblem {
  readonly support: PairwiseSupport;
  /** The uniform distribution on the support, [size], from which fitting starts. */
  start(): Float64Array;
  /**
   * One sweep of proportional fitting, in place: for each pair of positions in turn, all strings are rescaled so that
   * the pair's letter frequencies are those of the data. Never raises the cross-entropy.
   *
   * @returns the largest difference between a pair frequency of the model and of the data that was met
   */
  sweep(probabilities: Float64Array): number;
  /** −Σ_w p(w) log p_model(w), nats per word: never below the entropy S₂ and equal to it at the optimum. */
  crossEntropy(probabilities: Float64Array): number;
}

/**
 * The model of largest entropy among those with the observed frequencies of letter pairs, p(w) ∝ exp Σ_{i<j}
 * J_ij(w_i, w_j), found by iterative proportional fitting. Pairs that never occur have probability zero, so that all
 * sums run over the {@link pairwiseSupport} only and are exact. Single-letter frequencies follow from those of pairs.
 *
 * @param counts the words and their probabilities
 * @param limit refuse above this many strings in the support
 * @returns the problem; every distribution that sweeps reach from the start is in the model's family
 * @throws {DomainError} when the support is above the limit
 * @source stephens2010letters
 * @complexity a sweep costs support · L(L − 1)
 */
export function maxEntropyProblem(counts: WordCounts, limit: number): MaxEntropyProblem {
  const support = pairwiseSupport(counts, limit);
  const observed = observedFrequencies(counts, support);
  return {
    support,
    start: () => new Float64Array(support.size).fill(1 / support.size),
    sweep: (probabilities) => fitEachPair(support, observed, probabilities),
    crossEntropy: (probabilities) =>
      counts.probabilities.reduce(
        (sum, probability, word) => sum - probability * Math.log(probabilities[support.wordIndex[word]]),
        0,
      ),
  };
}

function fitEachPair(support: PairwiseSupport, observed: Float64Array, probabilities: Float64Array): number {
  const { size, pairsOf } = support;
  const perString = pairsOf.length / size;
  const factors = new Float64Array(support.pairs);
  let worst = 0;
  for (let pair = 0; pair < perString; pair++) {
    factors.fill(0);
    for (let index = 0, at = pair; index < size; index++, at += perString) {
      factors[pairsOf[at]] += probabilities[index];
    }
    for (let k = 0; k < factors.length; k++) {
      if (factors[k] === 0) continue;
      worst = Math.max(worst, Math.abs(factors[k] - observed[k]));
      factors[k] = observed[k] / factors[k];
    }
    for (let index = 0, at = pair; index < size; index++, at += perString) {
      probabilities[index] *= factors[pairsOf[at]];
    }
  }
  return worst;
}

function observedFrequencies(
  counts: WordCounts,
  { pairs, pairsOf, size, wordIndex }: PairwiseSupport,
): Float64Array {
  const perString = pairsOf.length / size;
  const frequencies = new Float64Array(pairs);
  counts.probabilities.forEach((probability, word) => {
    const start = wordIndex[word] * perString;
    for (let at = start; at < start + perString; at++) frequencies[pairsOf[at]] += probability;
  });
  return frequencies;
}
