import type { OptionTable } from '../spec/option-spec.ts';

/** How configurations are drawn. */
export const vqsSamplingOptions = {
  samples: {
    type: 'integer',
    value: 'N|all',
    words: ['all'],
    minimum: 4,
    defaultText: 'all up to 16,384 configurations, else 1024',
    group: 'Sampling',
    description: 'Configurations in each step; all sums over every one with its exact probability.',
  },
  chains: {
    type: 'integer',
    value: 'N',
    minimum: 1,
    defaultText: 'a quarter of the samples',
    group: 'Sampling',
    description: 'Markov chains, a divisor of the samples.',
  },
  sweeps: {
    type: 'integer',
    value: 'N',
    minimum: 1,
    defaultText: '1',
    group: 'Sampling',
    description: 'Sweeps between two draws of a chain, one proposal for each site.',
  },
  'burn-in': {
    type: 'integer',
    value: 'N',
    minimum: 0,
    defaultText: '20',
    group: 'Sampling',
    description: 'Sweeps before the first draw of all.',
  },
  moves: {
    type: 'string',
    choices: ['bonds', 'pairs'],
    defaultText: 'bonds',
    group: 'Sampling',
    description: 'Exchange spins across the bonds of the lattice, or any two.',
  },
  memory: {
    type: 'string',
    value: 'SIZE',
    default: '2G',
    group: 'Sampling',
    description: 'Memory for derivatives and remembered amplitudes: 512M, 2G.',
  },
} as const satisfies OptionTable;

/** How parameters move. */
export const vqsOptimizerOptions = {
  steps: {
    type: 'integer',
    value: 'N',
    minimum: 0,
    defaultText: '300; no limit with --time',
    group: 'Optimisation',
    description: 'Updates at most.',
  },
  time: {
    type: 'string',
    value: 'TIME',
    defaultText: 'no limit',
    group: 'Optimisation',
    description:
      'Stop after this time, 90s, 5m, 1h30m, with everything written and its state saved: runs resume goes on for as long again.',
  },
  optimizer: {
    type: 'string',
    choices: ['sr', 'spring', 'march', 'adam', 'sgd'],
    default: 'spring',
    group: 'Optimisation',
    description:
      'Stochastic reconfiguration, the same with memory of the last direction, also with the size of past moves; Adam or plain gradients.',
  },
  'learning-rate': {
    type: 'number',
    value: 'X',
    minimum: 0,
    exclusive: true,
    defaultText:
      '0.05 with all samples; else spring 0.05 falling to 0.02, sr 0.03, march and sgd 0.01; adam 0.001',
    group: 'Optimisation',
    description: 'η, half of the imaginary time of a step.',
  },
  'diagonal-shift': {
    type: 'number',
    value: 'X',
    minimum: 0,
    exclusive: true,
    defaultText: '0.01 with all samples; else 0.01 falling to 0.001',
    group: 'Optimisation',
    description: 'λ added to the diagonal of S; with all samples, where the trust region starts.',
  },
  'optimizer-momentum': {
    type: 'number',
    value: 'X',
    minimum: 0,
    maximum: 0.999,
    defaultText: '0.8 with all samples, else 0.9',
    group: 'Optimisation',
    description: 'Part of the last direction that spring and march keep.',
  },
  'maximum-step': {
    type: 'number',
    value: 'X',
    minimum: 0,
    exclusive: true,
    defaultText: 'no limit with all samples; else 1 falling to 0.4',
    group: 'Optimisation',
    description: 'Longest step in parameters; longer ones are shortened.',
  },
  'gram-precision': {
    type: 'string',
    choices: ['float32', 'float64'],
    defaultText: 'float64',
    group: 'Optimisation',
    description:
      'Of the products of derivatives: float32 halves their time and is too rough near zeros of ψ.',
  },
  exponent: {
    type: 'number',
    value: 'X',
    minimum: 0,
    maximum: 2,
    exclusive: true,
    defaultText: '2',
    group: 'Sampling',
    description:
      'Draw from |ψ|^X and weigh with what is left of |ψ|²: below 2, such as 1.5, configurations that ψ has missed are seen.',
  },
  precision: {
    type: 'string',
    choices: ['float32', 'float64'],
    default: 'float32',
    group: 'Optimisation',
    description: 'Of parameters and derivatives; energies and solves are float64 always.',
  },
  start: {
    type: 'string',
    value: 'RUN',
    group: 'Optimisation',
    description:
      'Begin with the wave function of an earlier run, whose model and architecture are taken where nothing else is given: other couplings, fine-tuning.',
  },
  'train-only': {
    type: 'string',
    value: 'PARTS',
    group: 'Optimisation',
    description:
      'Parts that move, the others stay: head, or names of the top level of parameters with commas between.',
  },
} as const satisfies OptionTable;
