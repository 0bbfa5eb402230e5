import type { Experiment } from '../experiment.ts';
import { type PhaseState, runPhases } from '../shared/phases.ts';
import { compareWithTheory } from './compare-with-theory.ts';
import { type ReplicaCurveConfig, replicaCurveConfig } from './replica-curve-config.ts';
import { replicaCurveFigures } from './replica-curve-figures.ts';
import { replicaCurveFindings } from './replica-curve-findings.ts';
import { replicaCurvePhases } from './replica-curve-phases.ts';
import type { ReplicaCurveResult } from './replica-curve-result.ts';

/**
 * Theory and experiment on one axis: how well one layer of attention does with so many sequences, by the replica method
 * for infinitely many sites and by training on finitely many.
 *
 * @source rende2024mapping; bachschmid2017
 */
export const replicaCurve: Experiment<ReplicaCurveConfig, PhaseState, ReplicaCurveResult> = {
  id: 'replica-curve',
  title: 'The learning curve of one layer of attention',
  claim:
    'The replica method predicts, without a free parameter, how the loss of one layer of attention falls with the number of sequences.',
  citation: ['rende2024mapping', 'bachschmid2017', 'besag1975'],
  config: replicaCurveConfig,
  presets: {
    quick: {
      ...{ loads: [0.5, 1, 2, 4, 8], ridges: [0.1, 1, 10], neighbours: 250, rows: 24 },
      ...{ sites: 100, repeats: 8, sweeps: 100, testSamples: 1000, theoryPoints: 31 },
    },
    paper: {
      ...{ loads: [0.5, 1, 2, 4, 8], ridges: [0.1, 1, 10], neighbours: 500, rows: 64 },
      ...{ sites: 500, repeats: 16, sweeps: 200, testSamples: 2000, theoryPoints: 61 },
    },
  },
  run: (config, context) => runPhases(plan, config, context),
  findings: replicaCurveFindings,
  figures: replicaCurveFigures,
};

const plan = { experiment: 'replica-curve', phases: replicaCurvePhases, summarize: compareWithTheory };
