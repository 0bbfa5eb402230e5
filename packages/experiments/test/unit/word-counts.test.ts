import { DataError } from '@spinformer/numerics';
import { describe, expect, it } from 'vitest';
import { countWords, lettersOf, spell, wordConfigurations } from '../../src/words/word-counts.ts';

const options = { length: 4, minimumCount: 1, weighting: 'counts' } as const;

describe('countWords', () => {
  it('counts whole words only, capitals as small letters', () => {
    const counts = countWords('That word, that WORD: don’t well-made than4 naïf words. That!', options);
    expect(counts.words).toEqual(['that', 'word']);
    expect([...counts.occurrences]).toEqual([3, 2]);
    expect([...counts.probabilities]).toEqual([0.6, 0.4]);
  });

  it('weighs by types and by logarithms', () => {
    const text = 'that that that word';
    expect([...countWords(text, { ...options, weighting: 'types' }).probabilities]).toEqual([0.5, 0.5]);
    const logs = countWords(text, { ...options, weighting: 'log' }).probabilities;
    expect(logs[0] / logs[1]).toBeCloseTo(2, 12); // log 4 / log 2
  });

  it('refuses a text without words, with a remedy', () => {
    const attempt = () => countWords('no such thing', { ...options, length: 8 });
    expect(attempt).toThrow(DataError);
    expect(attempt).toThrow(/0 different word\(s\) of 8 letters .* Lower minimumCount, change length/);
  });

  it('turns words into configurations whose weights sum to their number', () => {
    const data = wordConfigurations(countWords('that that word', options));
    expect(data).toMatchObject({ samples: 2, sites: 4, states: 26 });
    expect(spell(data.values.subarray(0, 4))).toBe('that');
    expect(data.weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(2, 12);
  });

  it('spells what it read', () => {
    expect(spell(lettersOf('zebra'))).toBe('zebra');
    expect(() => spell([26])).toThrow('spell: letters are 0…25, got 26.');
  });
});
