import { ConfigError, DataError } from '@spinformer/numerics';
import { describe, expect, it } from 'vitest';
import { alphabet, guessAlphabet } from '../../src/alphabet.ts';

describe('alphabet', () => {
  it.each([
    ['protein', '-ACDEFGHIKLMNPQRSTVWY', 0],
    ['rna', '-ACGU', 0],
    ['dna', '-ACGT', 0],
    ['binary', '01', -1],
  ] as const)('%s', (name, symbols, gapCode) => {
    expect(alphabet(name)).toEqual({ name, symbols, gapCode, caseSensitive: false });
  });

  it('takes letters in their order, with the gap wherever it stands', () => {
    expect(alphabet('_*^')).toEqual({ name: 'custom', symbols: '_*^', gapCode: -1, caseSensitive: false });
    expect(alphabet('AB-')).toMatchObject({ gapCode: 2 });
    expect(alphabet('ab')).toMatchObject({ caseSensitive: true });
  });

  it.each([
    ['A', /at least 2 letters, got "A"/],
    ['', /at least 2 letters/],
    ['ABA', /the letter "A" stands twice/],
    ['-.AB', /both "-" and "\."/],
    ['A B', /without white space/],
    ['>AB', /">"/],
    ['Aé', /printable ASCII/],
  ])('refuses %j', (symbols, message) => {
    expect(() => alphabet(symbols)).toThrow(ConfigError);
    expect(() => alphabet(symbols)).toThrow(message);
  });
});

describe('guessAlphabet', () => {
  it.each([
    [['ACDE-FG', 'MKLXHW'], 'protein'],
    [['acgu--', 'GGCNAU'], 'rna'],
    [['ACGT', 'TTGA'], 'dna'],
    [['0101', '1100'], 'binary'],
  ])('of %j is %s', (sequences, name) => {
    expect(guessAlphabet(sequences).name).toBe(name);
  });

  it('says which letters it cannot place', () => {
    expect(() => guessAlphabet(['_*^', '^^_'])).toThrow(DataError);
    expect(() => guessAlphabet(['_*^', '^^_'])).toThrow(/letters "\*\^_"\. Name it/);
    expect(() => guessAlphabet(['---', '...'])).toThrow(/only gaps/);
  });
});
