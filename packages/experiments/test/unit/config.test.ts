import { ConfigError } from '@spinformer/numerics';
import { describe, expect, it } from 'vitest';
import { describeConfig } from '../../src/config/describe-config.ts';
import {
  experiments,
  findExperiment,
  parseAssignment,
  resolveConfig,
  setPath,
  words,
} from '../../src/index.ts';

describe('parseAssignment', () => {
  it.each([
    ['length=5', { path: ['length'], value: 5 }],
    ['training.rate=1e-3', { path: ['training', 'rate'], value: 1e-3 }],
    ['sizes=100,300', { path: ['sizes'], value: [100, 300] }],
    ['sizes=[100]', { path: ['sizes'], value: [100] }],
    ['flag=true', { path: ['flag'], value: true }],
    ['weighting=log', { path: ['weighting'], value: 'log' }],
    ['text=a=b', { path: ['text'], value: 'a=b' }],
    ['focus=', { path: ['focus'], value: '' }],
  ])('reads %s', (text, expected) => {
    expect(parseAssignment(text)).toEqual(expected);
  });

  it.each(['length', '=5', 'a..b=1', ''])('refuses %j', (text) => {
    expect(() => parseAssignment(text)).toThrow(ConfigError);
    expect(() => parseAssignment(text)).toThrow(/expected key=value/);
  });
});

describe('setPath', () => {
  it('makes the objects on its way and leaves the tree as it is', () => {
    const tree = { a: { b: 1 } };
    expect(setPath(tree, ['a', 'c'], 2)).toEqual({ a: { b: 1, c: 2 } });
    expect(setPath(tree, ['x', 'y'], 3)).toEqual({ a: { b: 1 }, x: { y: 3 } });
    expect(tree).toEqual({ a: { b: 1 } });
  });

  it('refuses to go through a number and to touch prototypes', () => {
    expect(() => setPath({ a: 1 }, ['a', 'b'], 2)).toThrow('set: a is 1, it has no field b.');
    expect(() => setPath({}, ['__proto__', 'polluted'], 1)).toThrow(ConfigError);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});

describe('resolveConfig', () => {
  it('puts overrides over the preset and the preset over the defaults', () => {
    expect(resolveConfig(words, 'paper').length).toBe(words.presets.paper.length);
    expect(resolveConfig(words, 'paper', { length: 3 }).length).toBe(3);
    expect(resolveConfig(words).weighting).toBe('counts');
  });

  it('names the field, its value and what is allowed', () => {
    expect(() => resolveConfig(words, 'quick', { length: 12 })).toThrow(
      'words: length must be a whole number from 3 to 8, got 12. (letters per word)',
    );
    expect(() => resolveConfig(words, 'quick', { weighting: 'often' })).toThrow(
      'words: weighting must be one of counts, log, types, got "often".',
    );
    const listed = findExperiment('known-truth');
    expect(() => resolveConfig(listed, 'quick', { sampleSizes: [3] })).toThrow(
      'known-truth: sampleSizes.0 must be a whole number from 20 to 1000000, got 3.',
    );
  });

  it('refuses a list that is none, and what a list must not hold', () => {
    const study = findExperiment('known-truth');
    expect(() => resolveConfig(study, 'quick', { sampleSizes: 300 })).toThrow(
      'known-truth: sampleSizes must be a list of whole numbers from 20 to 1000000, got 300.',
    );
  });

  it('refuses unknown fields with a suggestion, and unknown presets', () => {
    expect(() => resolveConfig(words, 'quick', { lenght: 4 })).toThrow(
      'words: there is no setting "lenght". Did you mean length?',
    );
    expect(() => resolveConfig(words, 'fast' as 'quick')).toThrow(
      'words: there is no preset "fast". Choose one of quick, paper.',
    );
  });

  it('tells every mistake at once', () => {
    const attempt = () => resolveConfig(words, 'quick', { length: 2, sweeps: -1 });
    expect(attempt).toThrow(/length.*\n.*sweeps/);
  });
});

describe('findExperiment', () => {
  it('finds by name and suggests', () => {
    expect(findExperiment('words')).toBe(words);
    expect(() => findExperiment('word')).toThrow(
      'experiments: there is no study "word". Did you mean words?',
    );
  });
});

describe('describeConfig', () => {
  it.each(experiments.map((experiment) => [experiment.id, experiment] as const))(
    'describes every setting of %s',
    (_, experiment) => {
      for (const field of describeConfig(experiment)) {
        expect(field.description, field.name).not.toBe('');
        expect(field.allowed, field.name).not.toBe('');
      }
    },
  );
});
