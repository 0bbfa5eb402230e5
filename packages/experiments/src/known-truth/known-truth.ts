import type { Experiment } from '../experiment.ts';
import { type PhaseState, runPhases } from '../shared/phases.ts';
import { type KnownTruthConfig, knownTruthConfig } from './known-truth-config.ts';
import { knownTruthFigures } from './known-truth-figures.ts';
import { knownTruthFindings } from './known-truth-findings.ts';
import { knownTruthPhases } from './known-truth-phases.ts';
import type { KnownTruthProducts } from './known-truth-products.ts';
import type { KnownTruthResult } from './known-truth-result.ts';

/**
 * The main claim where everything is known: a generalised Potts model is drawn and sampled, one factored-attention
 * layer is trained on the samples by masked language modelling, and pseudo-likelihood is solved independently.
 *
 * @source rende2024mapping
 */
export const knownTruth: Experiment<KnownTruthConfig, PhaseState, KnownTruthResult> = {
  id: 'known-truth',
  title: 'A known truth',
  claim:
    'Training one layer of factored attention by masked language modelling solves the inverse Potts problem.',
  citation: ['rende2024mapping', 'besag1975', 'ekeberg2013plmdca', 'aurell2012'],
  config: knownTruthConfig,
  presets: {
    quick: {
      trainSamples: 3000,
      testSamples: 2000,
      sweeps: 150,
      epochs: 15,
      batch: 64,
      learningRate: 0.02,
      sampleSizes: [300, 1000, 3000],
    },
    paper: {
      trainSamples: 10_000,
      testSamples: 10_000,
      sweeps: 200,
      epochs: 20,
      sampleSizes: [300, 1000, 3000, 10_000],
    },
  },
  run: (config, context) => runPhases(plan, config, context),
  findings: knownTruthFindings,
  figures: knownTruthFigures,
};

const plan = {
  experiment: 'known-truth',
  phases: knownTruthPhases,
  summarize: (products: KnownTruthProducts) => products.measurement as unknown as KnownTruthResult,
};
