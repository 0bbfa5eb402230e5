import type { Experiment } from '../experiment.ts';
import { type PhaseState, runPhases } from '../shared/phases.ts';
import { type WordsConfig, wordsConfig } from './words-config.ts';
import { wordsFigures } from './words-figures.ts';
import { wordsFindings } from './words-findings.ts';
import { wordsPhases } from './words-phases.ts';
import type { WordsProducts } from './words-products.ts';
import type { WordsResult } from './words-result.ts';

/**
 * How much of the structure of English words is in pairs of letters: a layer of attention, pseudo-likelihood and the
 * exact maximum-entropy model on the same words, and the entropies that tell.
 *
 * @source stephens2010letters
 * @source rende2024mapping
 */
export const words: Experiment<WordsConfig, PhaseState, WordsResult> = {
  id: 'words',
  title: 'Letters in words',
  claim: 'Pairs of letters explain most of the statistical structure of English words.',
  citation: ['stephens2010letters', 'rende2024mapping', 'ekeberg2013plmdca', 'besag1975'],
  config: wordsConfig,
  presets: {
    quick: { length: 4, epochs: 30, iterations: 400 },
    paper: { length: 5, epochs: 100, iterations: 1000 },
  },
  run: (config, context) => runPhases(plan, config, context),
  findings: wordsFindings,
  figures: wordsFigures,
};

const plan = {
  experiment: 'words',
  phases: wordsPhases,
  summarize: (products: WordsProducts) => products.measurement as unknown as WordsResult,
};
