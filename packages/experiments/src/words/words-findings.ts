import type { Finding } from '../experiment.ts';
import { missedBits } from './rate-words.ts';
import type { WordsResult } from './words-result.ts';

/**
 * What the study of letters in words says, most important first.
 *
 * @param result what the run found
 */
export function wordsFindings(result: WordsResult): readonly Finding[] {
  return [
    fraction(result),
    ...codeLengths(result),
    sameCouplings(result),
    invented(result),
    surprising(result),
    ...result.warnings.map((text) => ({ text, values: {}, met: false })),
  ];
}

function fraction({ entropies, pairwiseFraction, length, distinctWords, occurrences }: WordsResult): Finding {
  const { independent, maxEntropy, data, correction } = entropies;
  return {
    text:
      `Pairs of letters explain ${(100 * pairwiseFraction).toFixed(1)} % of the statistical structure of the ` +
      `${distinctWords} different ${length}-letter words (${occurrences} occurrences): a word has ` +
      `${independent.toFixed(2)} bits if letters are independent, ${maxEntropy.toFixed(2)} bits in the ` +
      `maximum-entropy model of pairs, ${data.toFixed(2)} bits in truth.`,
    values: {
      pairwiseFraction,
      independentBits: independent,
      maxEntropyBits: maxEntropy,
      dataBits: data,
      correctionBits: correction,
    },
  };
}

function codeLengths({ entropies }: WordsResult): Finding[] {
  const { attention, pseudolikelihood } = entropies;
  if (attention === null || pseudolikelihood === null) return [];
  return [
    {
      text:
        `Read as a Potts model, the attention layer codes a word with ${attention.toFixed(2)} bits, the ` +
        `pseudo-likelihood model with ${pseudolikelihood.toFixed(2)} bits. Neither maximises the likelihood, so ` +
        `neither reaches ${entropies.maxEntropy.toFixed(2)}.`,
      values: { attentionBits: attention, pseudolikelihoodBits: pseudolikelihood },
    },
  ];
}

/** A layer with heads for all pairs and asymmetric pseudo-likelihood are one problem: this much correlation at least. */
const SAME_COUPLINGS = 0.999;

function sameCouplings({ couplingCorrelation, heads, length }: WordsResult): Finding {
  const complete = heads >= length * (length - 1);
  return {
    text:
      `Couplings read from a layer of attention with ${heads} heads and couplings by pseudo-likelihood correlate at ` +
      `${couplingCorrelation.toFixed(4)}${complete ? '.' : `; ${length * (length - 1)} heads could hold all of them.`}`,
    values: { couplingCorrelation, heads },
    ...(complete && { met: couplingCorrelation >= SAME_COUPLINGS }),
  };
}

function invented({ invented: words, massOnWords, possibleStrings }: WordsResult): Finding {
  const list = words
    .slice(0, 8)
    .map(({ word }) => word)
    .join(', ');
  return {
    text:
      `The pairwise model allows ${possibleStrings} strings and puts ${(100 * massOnWords).toFixed(0)} % of its ` +
      `probability on real words. Likeliest inventions: ${list}.`,
    values: { possibleStrings, massOnWords },
  };
}

function surprising({ surprising: words }: WordsResult): Finding {
  const list = words
    .slice(0, 8)
    .map(({ word }) => word)
    .join(', ');
  return {
    text: `Words that pairs of letters explain least, by the bits they cost: ${list}.`,
    values: words.length > 0 ? { mostMissedBits: missedBits(words[0]) } : {},
  };
}
