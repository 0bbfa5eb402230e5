import type { OptionTable } from '../spec/option-spec.ts';

/** Of `potts infer --method boltzmann` alone. */
export const boltzmannOptions = {
  target: {
    type: 'number',
    value: 'R',
    minimum: 0,
    maximum: 1,
    exclusive: true,
    defaultText: '0.95',
    group: 'Boltzmann learning',
    description: 'Done when connected two-site correlations of data and model have this Pearson correlation.',
  },
  chains: {
    type: 'integer',
    value: 'N',
    minimum: 2,
    defaultText: '10000',
    group: 'Boltzmann learning',
    description: 'Persistent Markov chains; correlations are known to about 1/√chains.',
  },
  sweeps: {
    type: 'integer',
    value: 'N',
    minimum: 1,
    defaultText: '1 for natural and adam, 10 for gradient',
    group: 'Boltzmann learning',
    description: 'Sweeps of every chain between two steps of the parameters.',
  },
  rule: {
    type: 'string',
    choices: ['natural', 'adam', 'gradient'],
    defaultText: 'natural',
    group: 'Boltzmann learning',
    description:
      'How parameters follow the gradient: divided by its variance under independent sites, ADAM, or as it is (adabmDCA).',
  },
  'learning-rate': {
    type: 'number',
    value: 'X',
    minimum: 0,
    exclusive: true,
    defaultText: '0.25 for natural, 0.01 for adam and gradient; 0.02 for factored-attention',
    group: 'Boltzmann learning',
    description: 'Length of a step; also of factored-attention.',
  },
} as const satisfies OptionTable;
