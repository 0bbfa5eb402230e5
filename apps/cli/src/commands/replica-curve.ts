import type { CommandSpec } from '../spec/command-spec.ts';
import type { OptionTable } from '../spec/option-spec.ts';
import { replicaProblemOptions } from './replica-options.ts';

export const replicaCurveOptions = {
  alphas: {
    type: 'string',
    value: 'LIST',
    default: '0.5,0.7,1,1.4,2,2.8,4,5.6,8,11,16',
    group: 'Problem',
    description: 'Loads, with commas between.',
  },
  lambdas: {
    type: 'string',
    value: 'LIST',
    default: '0.1,1,10',
    group: 'Problem',
    description: 'Ridges, with commas between: one line each.',
  },
  ...replicaProblemOptions,
} as const satisfies OptionTable;

export const replicaCurveCommand: CommandSpec = {
  name: 'replica curve',
  summary: 'learning curves of one layer of attention, by the replica method',
  description:
    'Solves replica solve at every load for every ridge, each from its neighbour, and keeps the lines in a run directory: a figure of the generalisation loss and one of the reconstruction error (SVG, PNG) with their data (CSV, JSON).\n\nWith --json: {schema: 1, run, points: [{load, ridge, trainingLoss, generalizationLoss, reconstructionError, m, q, v, freeEnergy, status}], bayesLoss, unsolved, seconds, status}. To see trained layers on the same axes: spinformer run replica-curve.',
  positionals: [],
  options: replicaCurveOptions,
  examples: [
    {
      command: 'spinformer replica curve --alphas 0.5,1,2,4,8,16 --lambdas 0.1,1',
      explains:
        'Two lines; with little penalty there is a peak where the data are just not separable any more.',
    },
    {
      command: 'spinformer replica curve --problem potts --colours 3 --rho 4',
      explains: 'The same for three colours.',
    },
  ],
  announce: () => 'Solving saddle points',
  load: async () => (await import('../handlers/replica-curve.ts')).runReplicaCurve,
};
