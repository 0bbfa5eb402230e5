import type { Experiment } from '../experiment.ts';
import { type PhaseState, runPhases } from '../shared/phases.ts';
import { type FamilyConfig, familyConfig } from './family-config.ts';
import { familyFigures } from './family-figures.ts';
import { familyFindings } from './family-findings.ts';
import { familyPhases } from './family-phases.ts';
import type { FamilyProducts } from './family-products.ts';
import type { FamilyResult } from './family-result.ts';

/**
 * Contacts of a family of proteins or RNA from its alignment alone: pseudo-likelihood couplings, and a layer of
 * attention trained on the same sequences, compared with a structure where there is one.
 *
 * @source ekeberg2013plmdca
 * @source bhattacharya2022factored
 */
export const family: Experiment<FamilyConfig, PhaseState, FamilyResult> = {
  id: 'family',
  title: 'Contacts of a family',
  claim: 'Sites that touch in the folded molecule are those whose letters bind each other in the alignment.',
  citation: ['ekeberg2013plmdca', 'bhattacharya2022factored', 'hopf2017mutation', 'rende2024mapping'],
  config: familyConfig,
  presets: {
    quick: { heads: 8, steps: 150, batch: 32, learningRate: 0.05 },
    paper: { method: 'plm', iterations: 500, heads: 32, steps: 3000 },
  },
  run: (config, context) => runPhases(plan, config, context),
  findings: familyFindings,
  figures: familyFigures,
};

const plan = {
  experiment: 'family',
  phases: familyPhases,
  summarize: (products: FamilyProducts) => products.measurement as unknown as FamilyResult,
};
