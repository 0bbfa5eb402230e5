import type { Experiment } from '../experiment.ts';
import { type PhaseState, runPhases } from '../shared/phases.ts';
import {
  type AttentionWavefunctionConfig,
  attentionWavefunctionConfig,
} from './attention-wavefunction-config.ts';
import { attentionWavefunctionFigures } from './attention-wavefunction-figures.ts';
import { attentionWavefunctionFindings } from './attention-wavefunction-findings.ts';
import { attentionWavefunctionPhases } from './attention-wavefunction-phases.ts';
import type { AttentionWavefunctionResult } from './attention-wavefunction-result.ts';
import { summarizeAttentionWavefunction } from './summarize-attention-wavefunction.ts';

/**
 * Attention with and without queries and keys as a wave function of the J1-J2 magnet: the same network, samples and
 * steps, energies against the exact one, how much attention depends on the configuration, and what happens to the
 * energy when it no longer may.
 *
 * @source rende2025queries
 */
export const attentionWavefunction: Experiment<
  AttentionWavefunctionConfig,
  PhaseState,
  AttentionWavefunctionResult
> = {
  id: 'attention-wavefunction',
  title: 'Wave functions with and without queries and keys',
  claim:
    'Attention that knows positions alone finds the ground state as well as attention with queries and keys.',
  citation: ['rende2025queries', 'viteritti2023transformer', 'sorella2001', 'chen2024minsr', 'wu2024vscore'],
  config: attentionWavefunctionConfig,
  presets: {
    quick: {
      ...{ lattice: 'chain', size: 12, j2: 0.4, signRule: 'none', patch: 2 },
      ...{ width: 8, heads: 2, layers: 2, expansion: 2 },
      ...{ steps: 100, repeats: 3, optimizer: 'sr', frozenSteps: 20 },
    },
    paper: {
      ...{ lattice: 'square', size: 6, j2: 0.5, signRule: 'none', patch: 2 },
      ...{ width: 32, heads: 8, layers: 2, expansion: 4, samples: 1024, steps: 600, repeats: 3 },
      ...{ frozenSteps: 50, looks: 24, lookSamples: 1024, finalSamples: 65_536 },
    },
  },
  run: (config, context) => runPhases(plan, config, context),
  findings: attentionWavefunctionFindings,
  figures: attentionWavefunctionFigures,
};

const plan = {
  experiment: 'attention-wavefunction',
  phases: attentionWavefunctionPhases,
  summarize: summarizeAttentionWavefunction,
};
