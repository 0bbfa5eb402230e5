import type { Experiment } from '../experiment.ts';
import { type PhaseState, runPhases } from '../shared/phases.ts';
import { type GroundStateConfig, groundStateConfig } from './ground-state-config.ts';
import { groundStateFigures } from './ground-state-figures.ts';
import { groundStateFindings } from './ground-state-findings.ts';
import { groundStatePhases } from './ground-state-phases.ts';
import type { GroundStateResult } from './ground-state-result.ts';
import { summarizeGroundState } from './summarize-ground-state.ts';

/**
 * The ground state of the J1-J2 magnet against J2: energies beside exact diagonalisation, magnetic order and signs, and
 * what a state is worth at another coupling when only its head is trained again.
 *
 * @source rende2025queries
 */
export const groundState: Experiment<GroundStateConfig, PhaseState, GroundStateResult> = {
  id: 'ground-state',
  title: 'The ground state of the frustrated magnet against J2',
  claim: 'One transformer wave function finds the ground state on both sides of the frustrated regime.',
  citation: [
    'viteritti2023transformer',
    'rende2025queries',
    'marshall1955',
    'lin1990',
    'sorella2001',
    'wu2024vscore',
  ],
  config: groundStateConfig,
  presets: {
    quick: {
      ...{ lattice: 'square', size: 4, couplings: [0, 0.3, 0.5, 0.6, 0.8], signRule: 'marshall', patch: 1 },
      stripeFrom: 0.7,
      ...{ width: 8, heads: 2, layers: 2, expansion: 2, steps: 40, optimizer: 'sr', exactPoints: 11 },
      ...{ tuneFrom: 0.5, tuneTo: [0.3, 0.6], tuneSteps: 15 },
    },
    paper: {
      ...{
        lattice: 'square',
        size: 6,
        couplings: [0, 0.4, 0.5, 0.6, 0.7, 0.8, 1],
        signRule: 'none',
        patch: 2,
      },
      ...{ width: 32, heads: 8, layers: 2, expansion: 4, samples: 1024, steps: 600, finalSamples: 65_536 },
      ...{ tuneFrom: 0.5, tuneTo: [0.4, 0.6], tuneSteps: 100 },
    },
  },
  run: (config, context) => runPhases(plan, config, context),
  findings: groundStateFindings,
  figures: groundStateFigures,
};

const plan = { experiment: 'ground-state', phases: groundStatePhases, summarize: summarizeGroundState };
