import { toPotts } from '@spinformer/attention';
import { type PottsLike, pearson, type Rng } from '@spinformer/numerics';
import { energy, toZeroSumGauge } from '@spinformer/potts';
import { dispose } from '@spinformer/tensor';
import { fittedModel } from '../shared/fit-phase.ts';
import { layerParameters } from '../shared/training-phase.ts';
import { BITS_PER_NAT, entropyBits, independentEntropyBits, millerMadowBits } from './entropies.ts';
import { ENUMERATION_LIMIT, logPartition } from './log-partition.ts';
import { rateWords } from './rate-words.ts';
import { LETTERS, type WordCounts, wordConfigurations } from './word-counts.ts';
import type { WordsConfig } from './words-config.ts';
import { headsOf, type WordsProducts, wordCounts, wordsLayer, wordsProblem } from './words-products.ts';
import type { WordEntropies, WordsResult } from './words-result.ts';

/**
 * Turns what the phases made into the study's result.
 *
 * @param products counts and the three fitted models
 * @param config the configuration of the run
 * @param rng draws the example words
 * @returns entropies, maps, rated words
 */
export async function measureWords(
  products: WordsProducts,
  config: WordsConfig,
  rng: Rng,
): Promise<WordsResult> {
  const counts = wordCounts(products);
  const pairwise = toZeroSumGauge(fittedModel(products.pseudolikelihood));
  const attention = await readAttention(products, config);
  const entropies = measureEntropies(counts, {
    pairwise,
    attention,
    maxEntropy: products.maxEntropy.crossEntropy,
  });
  const problem = wordsProblem(products, config);
  const { probabilities } = products.maxEntropy;
  const { independent, maxEntropy, data } = entropies;
  return {
    length: counts.length,
    distinctWords: counts.words.length,
    occurrences: counts.occurrences.reduce((sum, count) => sum + count, 0),
    heads: headsOf(config),
    possibleStrings: problem.support.size,
    entropies,
    pairwiseFraction: (independent - maxEntropy) / (independent - data),
    ...rateWords(counts, problem.support, probabilities, { listed: config.generated, rng }),
    couplingMap: blockNorms(pairwise),
    attentionMap: blockNorms({ ...attention, couplings: attention.asymmetric }),
    couplingCorrelation: pearson(Float64Array.from(pairwise.couplings), attention.couplings),
    strongestPair: strongestPair(pairwise),
    warnings: warnings(products),
  };
}

async function readAttention(products: WordsProducts, config: WordsConfig) {
  const parameters = layerParameters(products.attention);
  try {
    return await toPotts(wordsLayer(config), parameters);
  } finally {
    dispose(parameters);
  }
}

function measureEntropies(
  counts: WordCounts,
  models: { readonly pairwise: PottsLike; readonly attention: PottsLike; readonly maxEntropy: number },
): WordEntropies {
  const draws = counts.occurrences.reduce((sum, count) => sum + count, 0);
  const correction = counts.weighting === 'counts' ? millerMadowBits(counts.words.length, draws) : 0;
  return {
    uniform: counts.length * Math.log2(LETTERS),
    independent: independentEntropyBits(counts),
    maxEntropy: models.maxEntropy * BITS_PER_NAT,
    pseudolikelihood: codeLengthBits(models.pairwise, counts),
    attention: codeLengthBits(models.attention, counts),
    data: entropyBits(counts.probabilities) + correction,
    correction,
  };
}

/** −Σ_w p(w) log₂ p_model(w), or null where the model's partition sum is out of reach. */
function codeLengthBits(model: PottsLike, counts: WordCounts): number | null {
  if (model.states ** model.sites > ENUMERATION_LIMIT) return null;
  const energies = energy(model, wordConfigurations(counts).values);
  const mean = counts.probabilities.reduce((sum, probability, word) => sum + probability * energies[word], 0);
  return (mean + logPartition(model)) * BITS_PER_NAT;
}

/** Frobenius norm of every block, [sites, sites]. */
function blockNorms({ sites, states, couplings }: PottsLike): Float64Array {
  const block = states * states;
  return Float64Array.from({ length: sites * sites }, (_, pair) => {
    let sum = 0;
    for (let k = pair * block; k < (pair + 1) * block; k++) sum += couplings[k] ** 2;
    return Math.sqrt(sum);
  });
}

function strongestPair(model: PottsLike): WordsResult['strongestPair'] {
  const norms = blockNorms(model);
  const strongest = norms.indexOf(Math.max(...norms));
  const block = model.states ** 2;
  return {
    first: Math.floor(strongest / model.sites),
    second: strongest % model.sites,
    couplings: Float64Array.from(model.couplings.subarray(strongest * block, (strongest + 1) * block)),
  };
}

function warnings({ attention, pseudolikelihood, maxEntropy }: WordsProducts): string[] {
  const found: string[] = [];
  if (attention.status !== 'converged') found.push(`Attention did not converge. ${attention.remedy}`);
  if (pseudolikelihood.status !== 'converged') {
    found.push(`Pseudo-likelihood did not converge. ${pseudolikelihood.remedy}`);
  }
  if (maxEntropy.mismatch > MISMATCH_WORTH_TELLING) {
    found.push(
      `The maximum-entropy model misses a pair frequency by ${maxEntropy.mismatch.toExponential(1)}. Raise sweeps.`,
    );
  }
  return found;
}

/** A pair frequency that is off by this much can move the entropy in its second decimal. */
const MISMATCH_WORTH_TELLING = 1e-3;
