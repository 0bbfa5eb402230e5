/** Entropies and code lengths of the words, bits per word. */
export interface WordEntropies {
  /** All letters equally likely: L log₂ 26. */
  readonly uniform: number;
  /** Letters independent, each with its own frequencies per position: S₁. */
  readonly independent: number;
  /** The pairwise model of largest entropy: S₂, which is also the data's code length under it. */
  readonly maxEntropy: number;
  /** Code length of the data under the pseudo-likelihood model; null where it cannot be summed exactly. */
  readonly pseudolikelihood: number | null;
  /** Code length of the data under the attention layer read as a Potts model; null where it cannot be summed exactly. */
  readonly attention: number | null;
  /** The data, S_N: plug-in, with the Miller–Madow correction where words weigh their counts. */
  readonly data: number;
  /** The correction that is in `data`. */
  readonly correction: number;
}

/** A word with what data and model say of it. */
export interface RatedWord {
  readonly word: string;
  /** Probability in the pairwise maximum-entropy model. */
  readonly model: number;
  /** Probability in the data; 0 for an invented word. */
  readonly data: number;
}

/** What the study of letters in words found. */
export interface WordsResult {
  readonly length: number;
  readonly distinctWords: number;
  readonly occurrences: number;
  /** Heads of the attention layer; L(L − 1) can hold any pairwise couplings. */
  readonly heads: number;
  /** Strings that the pairwise model allows. */
  readonly possibleStrings: number;
  readonly entropies: WordEntropies;
  /** I₂ / I_N = (S₁ − S₂) / (S₁ − S_N). */
  readonly pairwiseFraction: number;
  /** Probability that the pairwise model gives to words of the data altogether. */
  readonly massOnWords: number;
  /** Non-words with the highest probability. */
  readonly invented: readonly RatedWord[];
  /** Words of the data that pairs explain least: those that cost the model most bits, p log₂(p/p_model). */
  readonly surprising: readonly RatedWord[];
  /** Words of the data that the model finds most likely. */
  readonly expected: readonly RatedWord[];
  /** Strings drawn from the pairwise model. */
  readonly drawn: readonly string[];
  /** Frobenius norm of pseudo-likelihood couplings in zero-sum gauge, [length, length], nats. */
  readonly couplingMap: Float64Array;
  /** Frobenius norm of the attention layer's couplings before averaging both directions, [length, length], nats. */
  readonly attentionMap: Float64Array;
  /** Pearson's correlation between the two sets of couplings, zero-sum gauge. */
  readonly couplingCorrelation: number;
  /** The pair of sites with the strongest coupling, 0-based, and its couplings [26, 26], nats. */
  readonly strongestPair: {
    readonly first: number;
    readonly second: number;
    readonly couplings: Float64Array;
  };
  /** Probabilities by rank: data, and the model's own words in its own order. */
  readonly zipf: readonly {
    readonly series: 'data' | 'pairwise model';
    readonly rank: number;
    readonly probability: number;
  }[];
  readonly warnings: readonly string[];
}
