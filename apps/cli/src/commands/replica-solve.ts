import type { CommandSpec } from '../spec/command-spec.ts';
import type { OptionTable } from '../spec/option-spec.ts';
import { replicaProblemOptions } from './replica-options.ts';

export const replicaSolveOptions = {
  alpha: {
    type: 'number',
    value: 'A',
    minimum: 0,
    default: 4,
    group: 'Problem',
    description: 'Load: training sequences per neighbour.',
  },
  lambda: {
    type: 'number',
    value: 'L',
    minimum: 0,
    exclusive: true,
    default: 1,
    group: 'Problem',
    description: 'Ridge: summed loss + (L/2)|w|², with couplings w/√(number of neighbours).',
  },
  ...replicaProblemOptions,
} as const satisfies OptionTable;

export const replicaSolve: CommandSpec = {
  name: 'replica solve',
  summary: 'how well one layer of attention learns from so many sequences, by the replica method',
  description:
    'Solves the saddle-point equations of one site of a Potts model learned by pseudo-likelihood, which is one row of factored attention learned by masked language modelling, in the limit of many sites: no data, no training.\n\nWith --json: {schema: 1, trainingLoss, generalizationLoss, reconstructionError, m, q, v, freeEnergy, bayesLoss, residual, iterations, status, seconds}; losses in nats per masked site. A saddle point that was not reached has a status other than `converged` with a remedy, and exit code 4 under --strict.',
  positionals: [],
  options: replicaSolveOptions,
  examples: [
    {
      command: 'spinformer replica solve --alpha 4 --lambda 1 --rho 1',
      explains: 'An Ising site with independent neighbours: generalisation loss 0.4305.',
    },
    {
      command: 'spinformer replica solve --covariance sk --beta 0.7 --alpha 4',
      explains: 'A site of a dense Gaussian model, as in Gibbs-sampled data.',
    },
    {
      command: 'spinformer replica solve --problem potts --colours 4 --colour-matrix colours.json --json',
      explains: 'Four colours that attract and repel as the file says.',
    },
  ],
  load: async () => (await import('../handlers/replica-solve.ts')).runReplicaSolve,
};
