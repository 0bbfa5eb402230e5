import type { OptionTable } from '../spec/option-spec.ts';

/** Options that say which learning problem the replica method is asked about. */
export const replicaProblemOptions = {
  problem: {
    type: 'string',
    choices: ['ising', 'potts'],
    default: 'ising',
    group: 'Problem',
    description: 'Two colours in the convention of spins, or any number in that of Potts models.',
  },
  colours: {
    type: 'integer',
    value: 'C',
    minimum: 2,
    maximum: 256,
    default: 3,
    group: 'Problem',
    description: 'Colours of --problem potts.',
  },
  'colour-matrix': {
    type: 'string',
    value: 'identity|FILE',
    default: 'identity',
    group: 'Problem',
    description:
      'U of --problem potts: identity, or a file with a C × C matrix as JSON ([[…], …]) or CSV without a heading (not with --covariance sk).',
  },
  scenario: {
    type: 'string',
    choices: ['tilted', 'gaussian'],
    default: 'tilted',
    group: 'Problem',
    description:
      'Data from the Boltzmann law of site and neighbours, or inputs first and the answer after them.',
  },
  covariance: {
    type: 'string',
    choices: ['identity', 'sk'],
    default: 'identity',
    group: 'Problem',
    description: 'Neighbours are independent, or themselves sites of a dense Gaussian model (needs --beta).',
  },
  beta: {
    type: 'number',
    value: 'B',
    minimum: 0,
    maximum: 0.999,
    group: 'Problem',
    description:
      'Strength of the couplings of --covariance sk in units of that at which the paramagnet ends (Ising: J_ij ~ N(0, B²/L)).',
  },
  rho: {
    type: 'number',
    value: 'R',
    minimum: 0,
    exclusive: true,
    defaultText: '1, or what --beta says',
    group: 'Problem',
    description: 'Variance of the teacher, sum over neighbours of J².',
  },
  iterations: {
    type: 'integer',
    value: 'N',
    minimum: 1,
    default: 5000,
    group: 'Solver',
    description: 'Most updates of the order parameters, per point.',
  },
} as const satisfies OptionTable;
