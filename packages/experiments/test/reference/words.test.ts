import { expect, it } from 'vitest';
import { loadAddresses } from '../../src/words/corpus.ts';
import { entropyBits, independentEntropyBits, millerMadowBits } from '../../src/words/entropies.ts';
import { maxEntropyProblem } from '../../src/words/max-entropy.ts';
import { countWords } from '../../src/words/word-counts.ts';

/** Stephens and Bialek find that pairs explain about 92 % of the structure of four-letter words (in other texts). */
const PUBLISHED_FRACTION = 0.92;
/** How far another text may be from theirs: addresses to Congress are not novels. */
const BETWEEN_TEXTS = 0.03;
const SWEEPS = 150;

it('explains as much of four-letter words by pairs as published (stephens2010letters)', async () => {
  const text = await loadAddresses();
  const counts = countWords(text, { length: 4, minimumCount: 1, weighting: 'counts' });
  const draws = counts.occurrences.reduce((sum, count) => sum + count, 0);
  const problem = maxEntropyProblem(counts, 1e6);
  const probabilities = problem.start();
  for (let sweep = 0; sweep < SWEEPS; sweep++) problem.sweep(probabilities);
  const independent = independentEntropyBits(counts);
  const pairwise = problem.crossEntropy(probabilities) / Math.LN2;
  const data = entropyBits(counts.probabilities) + millerMadowBits(counts.words.length, draws);
  const fraction = (independent - pairwise) / (independent - data);
  expect(Math.abs(fraction - PUBLISHED_FRACTION)).toBeLessThan(BETWEEN_TEXTS);
});
