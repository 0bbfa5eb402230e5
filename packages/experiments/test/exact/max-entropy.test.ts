import { seededRng } from '@spinformer/numerics';
import { describe, expect, it } from 'vitest';
import { entropyBits, independentEntropyBits } from '../../src/words/entropies.ts';
import { maxEntropyProblem } from '../../src/words/max-entropy.ts';
import { pairwiseSupport } from '../../src/words/pairwise-support.ts';
import { countWords, lettersOf, spell, type WordCounts } from '../../src/words/word-counts.ts';

const LIMIT = 1e6;

/** Proportional fitting of these small problems has converged to rounding after so many sweeps. */
const SWEEPS = 4000;
const ROUNDING = 1e-10;

function counted(text: string, length: number): WordCounts {
  return countWords(text, { length, minimumCount: 1, weighting: 'counts' });
}

function fitted(counts: WordCounts) {
  const problem = maxEntropyProblem(counts, LIMIT);
  const probabilities = problem.start();
  let mismatch = 1;
  for (let sweep = 0; sweep < SWEEPS; sweep++) mismatch = problem.sweep(probabilities);
  return { problem, probabilities, mismatch };
}

/** All words over two letters of a length, each with a given number of copies. */
function binaryText(length: number, copies: (word: string) => number): string {
  return Array.from({ length: 2 ** length }, (_, k) => {
    const word = k.toString(2).padStart(length, '0').replaceAll('0', 'a').replaceAll('1', 'b');
    return `${word} `.repeat(copies(word));
  }).join('');
}

describe('pairwise maximum entropy', () => {
  it('is the product of letter frequencies where letters are independent', () => {
    // Copies factorise: 2 for each a at an odd place, 3 for each b.
    const counts = counted(
      binaryText(3, (word) => [...word].reduce((n, c, i) => n * (c === 'b' ? 3 : 1 + (i % 2)), 1)),
      3,
    );
    const { probabilities, problem } = fitted(counts);
    expect(entropyBits(probabilities)).toBeCloseTo(independentEntropyBits(counts), 10);
    expect(problem.crossEntropy(probabilities) / Math.LN2).toBeCloseTo(entropyBits(counts.probabilities), 10);
  });

  it('knows nothing of parity, which no pair shows', () => {
    // Even numbers of b only: all pairs are uniform, so the model is uniform over all 8 strings, the data over 4.
    const counts = counted(
      binaryText(3, (word) => (word.split('b').length % 2 === 1 ? 5 : 0)),
      3,
    );
    const { probabilities } = fitted(counts);
    expect(entropyBits(probabilities)).toBeCloseTo(3, 10);
    expect(entropyBits(counts.probabilities)).toBeCloseTo(2, 10);
  });

  it('matches every pair frequency, and then entropy and cross-entropy are one number', () => {
    const rng = seededRng(3);
    const counts = counted(
      binaryText(4, () => 1 + rng.integer(9)),
      4,
    );
    const { probabilities, problem, mismatch } = fitted(counts);
    expect(mismatch).toBeLessThan(ROUNDING);
    expect(problem.crossEntropy(probabilities) / Math.LN2).toBeCloseTo(entropyBits(probabilities), 9);
    expect(entropyBits(probabilities)).toBeGreaterThan(entropyBits(counts.probabilities));
    expect(entropyBits(probabilities)).toBeLessThan(independentEntropyBits(counts));
  });

  it('never raises the cross-entropy', () => {
    const counts = counted('that this then thin than shin chin ship chip chat what whim when whip', 4);
    const problem = maxEntropyProblem(counts, LIMIT);
    const probabilities = problem.start();
    let before = problem.crossEntropy(probabilities);
    for (let sweep = 0; sweep < 200; sweep++) {
      problem.sweep(probabilities);
      const after = problem.crossEntropy(probabilities);
      expect(after).toBeLessThanOrEqual(before + ROUNDING);
      before = after;
    }
  });
});

describe('pairwiseSupport', () => {
  it('lists exactly the strings all of whose pairs occur', () => {
    const words = ['abc', 'abd', 'aec', 'fbd'];
    const support = pairwiseSupport(counted(words.join(' '), 3), LIMIT);
    const occurs = (i: number, j: number, a: string, b: string) =>
      words.some((word) => word[i] === a && word[j] === b);
    const expected: string[] = [];
    for (const a of 'abcdef') {
      for (const b of 'abcdef') {
        for (const c of 'abcdef') {
          if (occurs(0, 1, a, b) && occurs(0, 2, a, c) && occurs(1, 2, b, c)) expected.push(a + b + c);
        }
      }
    }
    const listed = Array.from({ length: support.size }, (_, k) =>
      spell(support.strings.subarray(3 * k, 3 * k + 3)),
    );
    expect(listed).toEqual(expected);
    words.forEach((word) => {
      expect(lettersOf(word)).toEqual([
        ...support.strings.subarray(3 * listed.indexOf(word), 3 * listed.indexOf(word) + 3),
      ]);
    });
  });

  it('refuses a support above the limit, with a remedy', () => {
    expect(() =>
      pairwiseSupport(
        counted(
          binaryText(4, () => 1),
          4,
        ),
        10,
      ),
    ).toThrow(/more than 10 strings .* Raise minimumCount/);
  });
});
