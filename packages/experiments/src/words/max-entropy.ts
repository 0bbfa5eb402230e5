import { type PairwiseSupport, pairwiseSupport } from './pairwise-support.ts';
import type { WordCounts } from './word-counts.ts';

/** The pairwise maximum-entropy problem of a set of words, with exact sums over its support. */
export interface MaxEntropyProblem {
  readonly support: PairwiseSupport;
  /** Number of parameters: one per letter pair that occurs. */
  readonly parameters: number;
  /** Where to start: as if letter pairs were independent of each other. */
  start(): Float64Array;
  /**
   * Mean negative log-likelihood of a word, nats: never below the entropy S₂, which it reaches at the optimum. Fills
   * the gradient: pair frequencies of the model less those of the data.
   */
  objective(parameters: Float64Array, gradient: Float64Array): number;
  /** Probability of every string of the support, sums to 1. */
  probabilities(parameters: Float64Array): Float64Array;
}

/**
 * The model of largest entropy among those with the observed frequencies of letter pairs: p(w) ∝ exp Σ_{i<j}
 * J_ij(w_i, w_j). Single-letter frequencies follow from those of the pairs.
 *
 * @param counts the words and their probabilities
 * @param options `limit` on the number of strings
 * @returns the problem, for a minimiser
 * @throws {DomainError} when the support is above the limit
 * @source stephens2010letters
 * @complexity one evaluation costs support · L(L − 1)/2
 */
export function maxEntropyProblem(
  counts: WordCounts,
  options: { readonly limit: number },
): MaxEntropyProblem {
  const support = pairwiseSupport(counts, options.limit);
  const observed = pairFrequencies(support, counts.probabilities, support.wordIndex);
  const masses = new Float64Array(support.size);
  return {
    support,
    parameters: support.pairs,
    start: () => observed.map((frequency) => Math.log(frequency) / (counts.length - 1)),
    objective(parameters, gradient) {
      const logZ = boltzmann(support, parameters, masses);
      let value = logZ;
      gradient.fill(0);
      addFrequencies(support, masses, gradient);
      for (let k = 0; k < gradient.length; k++) {
        value -= parameters[k] * observed[k];
        gradient[k] -= observed[k];
      }
      return value;
    },
    probabilities(parameters) {
      const probabilities = new Float64Array(support.size);
      boltzmann(support, parameters, probabilities);
      return probabilities;
    },
  };
}

/** Fills `masses` with probabilities and returns log Z. */
function boltzmann(support: PairwiseSupport, parameters: Float64Array, masses: Float64Array): number {
  const { size, pairsOf } = support;
  const perString = pairsOf.length / size;
  let highest = Number.NEGATIVE_INFINITY;
  for (let index = 0, at = 0; index < size; index++) {
    let sum = 0;
    for (let end = at + perString; at < end; at++) sum += parameters[pairsOf[at]];
    masses[index] = sum;
    if (sum > highest) highest = sum;
  }
  let total = 0;
  for (let index = 0; index < size; index++) total += masses[index] = Math.exp(masses[index] - highest);
  for (let index = 0; index < size; index++) masses[index] /= total;
  return highest + Math.log(total);
}

function addFrequencies(support: PairwiseSupport, masses: Float64Array, frequencies: Float64Array): void {
  const { size, pairsOf } = support;
  const perString = pairsOf.length / size;
  for (let index = 0, at = 0; index < size; index++) {
    const mass = masses[index];
    for (let end = at + perString; at < end; at++) frequencies[pairsOf[at]] += mass;
  }
}

function pairFrequencies(support: PairwiseSupport, weights: Float64Array, strings: Int32Array): Float64Array {
  const masses = new Float64Array(support.size);
  weights.forEach((weight, word) => {
    masses[strings[word]] += weight;
  });
  const frequencies = new Float64Array(support.pairs);
  addFrequencies(support, masses, frequencies);
  return frequencies;
}
