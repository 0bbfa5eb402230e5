import { type FactoredModel, factoredAttention } from '@spinformer/attention';
import type { PlainData } from '@spinformer/numerics';
import type { FittedCouplings } from '../shared/fit-phase.ts';
import type { Products } from '../shared/phases.ts';
import type { TrainedLayer } from '../shared/training-phase.ts';
import { type MaxEntropyProblem, maxEntropyProblem } from './max-entropy.ts';
import { LETTERS, type WordCounts } from './word-counts.ts';
import type { WordsConfig } from './words-config.ts';

/** What the phases of the study make, each under its id. */
export interface WordsProducts extends Products {
  readonly counts: PlainData;
  readonly warmUp: TrainedLayer;
  readonly attention: TrainedLayer;
  readonly pseudolikelihood: FittedCouplings;
  readonly maxEntropy: MaxEntropyFit;
  readonly measurement: PlainData;
}

/** The fitted maximum-entropy model. */
export interface MaxEntropyFit {
  readonly [key: string]: PlainData;
  /** Of each string of the problem's support, [size]. */
  readonly probabilities: Float64Array;
  /** Cross-entropy of the data, nats per word: at the optimum, the entropy S₂. */
  readonly crossEntropy: number;
  /** Largest difference between a pair's frequency in the model and in the data. */
  readonly mismatch: number;
}

/** The layer of attention that reads words: unless said otherwise, with heads enough to hold any pairwise couplings. */
export function wordsLayer(config: WordsConfig): FactoredModel {
  return factoredAttention({ sites: config.length, states: LETTERS, heads: headsOf(config) });
}

/** How many heads the layer has. */
export function headsOf({ length, heads = length * (length - 1) }: WordsConfig): number {
  return heads;
}

/** The words that the first phase counted. */
export function wordCounts(products: Pick<WordsProducts, 'counts'>): WordCounts {
  return products.counts as unknown as WordCounts;
}

/** The maximum-entropy problem of the counted words. */
export function wordsProblem(
  products: Pick<WordsProducts, 'counts'>,
  config: WordsConfig,
): MaxEntropyProblem {
  return maxEntropyProblem(wordCounts(products), config.maximumStrings);
}
