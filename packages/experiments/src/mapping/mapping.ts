import type { Experiment } from '../experiment.ts';
import { type PhaseState, runPhases } from '../shared/phases.ts';
import { type MappingConfig, mappingConfig } from './mapping-config.ts';
import { mappingFigures } from './mapping-figures.ts';
import { mappingFindings } from './mapping-findings.ts';
import { mappingPhases } from './mapping-phases.ts';
import type { MappingResult } from './mapping-result.ts';
import { summarizeMapping } from './summarize-mapping.ts';

/**
 * Factored attention against standard transformer encoders on the same samples of a generalised Potts model: what one
 * layer learns at once where positions and colours are decoupled, a standard encoder needs several layers, several
 * heads and more data for.
 *
 * @source rende2024mapping
 */
export const mapping: Experiment<MappingConfig, PhaseState, MappingResult> = {
  id: 'mapping',
  title: 'One factored layer against standard encoders',
  claim:
    'A standard transformer needs several layers and heads to approach what one layer of factored attention learns exactly.',
  citation: ['rende2024mapping', 'vaswani2017', 'devlin2019', 'besag1975'],
  config: mappingConfig,
  presets: {
    quick: {
      ...{ sites: 10, states: 6, couplingStrength: 2, trainSamples: 20_000, testSamples: 2000, sweeps: 150 },
      ...{ sampleSizes: [300, 1000, 3000, 10_000], encoders: ['1x1', '1x8', '2x1', '3x8'] },
      ...{ width: 32, epochs: 8, batch: 128, learningRate: 0.004, mapSamples: 50 },
    },
    paper: {
      ...{ sites: 20, states: 10, couplingStrength: 1, trainSamples: 20_000, testSamples: 8000, sweeps: 200 },
      ...{ sampleSizes: [300, 1000, 3000, 10_000], encoderSampleSizes: [2000, 6000] },
      encoders: ['1x1', '1x2', '1x4', '1x8', '2x1', '2x2', '2x4', '2x8', '3x1', '3x2', '3x4', '3x8'],
      ...{ width: 64, epochs: 24, batch: 128, learningRate: 1e-3 },
    },
  },
  run: (config, context) => runPhases(plan, config, context),
  findings: mappingFindings,
  figures: mappingFigures,
};

const plan = { experiment: 'mapping', phases: mappingPhases, summarize: summarizeMapping };
