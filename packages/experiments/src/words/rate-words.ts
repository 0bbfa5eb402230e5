import type { Rng } from '@spinformer/numerics';
import type { PairwiseSupport } from './pairwise-support.ts';
import { spell, type WordCounts } from './word-counts.ts';
import type { RatedWord, WordsResult } from './words-result.ts';

/** Ranks in the rank plot. */
const RANKS = 3000;

/**
 * What the maximum-entropy model says of words and of strings that are none.
 *
 * @param counts the words of the data
 * @param support the strings of the model
 * @param probabilities of those strings, [size]
 * @param options how many to list, and the stream that draws examples
 * @returns lists and rank curves of the study's result
 */
export function rateWords(
  counts: WordCounts,
  support: PairwiseSupport,
  probabilities: Float64Array,
  options: { readonly listed: number; readonly rng: Rng },
): Pick<WordsResult, 'massOnWords' | 'invented' | 'surprising' | 'expected' | 'drawn' | 'zipf'> {
  const { listed } = options;
  const stringAt = (index: number) =>
    spell(support.strings.subarray(index * support.length, (index + 1) * support.length));
  const rated = counts.words.map((word, index) => ({
    word,
    model: probabilities[support.wordIndex[index]],
    data: counts.probabilities[index],
  }));
  const order = descending(probabilities);
  const isWord = new Set(support.wordIndex);
  const invented = order.filter((index) => !isWord.has(index)).slice(0, listed);
  return {
    massOnWords: rated.reduce((sum, { model }) => sum + model, 0),
    invented: invented.map((index) => ({ word: stringAt(index), model: probabilities[index], data: 0 })),
    surprising: [...rated].sort((a, b) => missedBits(b) - missedBits(a)).slice(0, listed),
    expected: [...rated].sort((a, b) => b.model - a.model).slice(0, listed),
    drawn: draw(probabilities, listed, options.rng).map(stringAt),
    zipf: [
      ...rankCurve('data', Float64Array.from(counts.probabilities).sort().reverse()),
      ...rankCurve(
        'pairwise model',
        Float64Array.from(order.slice(0, RANKS), (index) => probabilities[index]),
      ),
    ],
  };
}

/** What a word adds to the data's code length in the model beyond its entropy, bits. */
export function missedBits({ data, model }: RatedWord): number {
  return data * Math.log2(data / model);
}

function descending(probabilities: Float64Array): number[] {
  return Array.from(probabilities.keys()).sort((a, b) => probabilities[b] - probabilities[a] || a - b);
}

function rankCurve(series: 'data' | 'pairwise model', sorted: Float64Array): WordsResult['zipf'][number][] {
  return Array.from(sorted.subarray(0, RANKS), (probability, index) => ({
    series,
    rank: index + 1,
    probability,
  })).filter(({ rank }) => rank <= 20 || keepsRank(rank));
}

/** About forty ranks per decade, the same for all curves. */
function keepsRank(rank: number): boolean {
  return Math.floor(40 * Math.log10(rank)) !== Math.floor(40 * Math.log10(rank - 1));
}

function draw(probabilities: Float64Array, count: number, rng: Rng): number[] {
  return Array.from({ length: count }, () => {
    let left = rng.uniform();
    const index = probabilities.findIndex((probability) => (left -= probability) < 0);
    return index < 0 ? probabilities.length - 1 : index;
  });
}
