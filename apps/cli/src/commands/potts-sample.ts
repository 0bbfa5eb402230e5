import type { CommandSpec } from '../spec/command-spec.ts';
import type { OptionTable } from '../spec/option-spec.ts';

export const pottsSampleOptions = {
  samples: {
    type: 'integer',
    value: 'N',
    minimum: 1,
    default: 1000,
    group: 'Sampling',
    description: 'Sequences to draw.',
  },
  chains: {
    type: 'integer',
    value: 'N',
    minimum: 1,
    defaultText: '100, or fewer samples',
    group: 'Sampling',
    description: 'Independent Markov chains.',
  },
  'burn-in': {
    type: 'integer',
    value: 'SWEEPS',
    minimum: 0,
    default: 200,
    group: 'Sampling',
    description: 'Sweeps over all sites before the first draw.',
  },
  every: {
    type: 'integer',
    value: 'SWEEPS',
    minimum: 1,
    default: 10,
    group: 'Sampling',
    description: 'Sweeps between two draws of a chain.',
  },
  algorithm: {
    type: 'string',
    choices: ['heat-bath', 'metropolis'],
    default: 'heat-bath',
    group: 'Sampling',
    description: 'How a site is updated.',
  },
} as const satisfies OptionTable;

export const pottsSample: CommandSpec = {
  name: 'potts sample',
  summary: 'sequences drawn from a model, as FASTA',
  description:
    'Draws sequences from a Potts model by Markov chain Monte Carlo and prints them as FASTA on standard output (--out FILE.fasta writes a file instead).',
  positionals: [
    {
      name: 'MODEL',
      required: true,
      description: 'A run (folder, name or `latest`) or a model file (.safetensors).',
    },
  ],
  options: pottsSampleOptions,
  examples: [
    {
      command: 'spinformer potts sample latest --samples 500 > drawn.fasta',
      explains: 'Five hundred sequences of the last model.',
    },
  ],
  announce: ({ positionals }) => `Drawing sequences from ${positionals.MODEL}`,
  load: async () => (await import('../handlers/potts-sample.ts')).runPottsSample,
};
