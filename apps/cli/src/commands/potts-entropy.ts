import type { CommandSpec } from '../spec/command-spec.ts';
import type { OptionTable } from '../spec/option-spec.ts';
import { modelArgument } from './model-argument.ts';

export const pottsEntropyOptions = {
  method: {
    type: 'string',
    choices: ['auto', 'exact', 'ais', 'ti'],
    default: 'auto',
    group: 'Estimate',
    description:
      'Enumeration (up to 2^22 configurations), annealed importance sampling, or thermodynamic integration; auto: exact where possible, else ti.',
  },
  chains: {
    type: 'integer',
    value: 'N',
    minimum: 2,
    defaultText: '500 for ais, 32 at each of 16 temperatures for ti',
    group: 'Estimate',
    description: 'Markov chains.',
  },
  steps: {
    type: 'integer',
    value: 'N',
    minimum: 8,
    defaultText: '1000 for ais, 100 for ti',
    group: 'Estimate',
    description: 'Steps from infinite temperature (ais), or draws at each temperature (ti).',
  },
} as const satisfies OptionTable;

export const pottsEntropy: CommandSpec = {
  name: 'potts entropy',
  summary: 'log Z and entropy of a model: how many sequences it allows',
  description:
    'Estimates log Z = log Σ exp(−E) and, but for ais, the entropy S = log Z + ⟨E⟩, in nats, with errors. exp(S) is the number of sequences that the model allows, in effect.\n\n' +
    'With --json: {schema: 1, run, method, logZ: {value, standardError}, entropy?: {value, standardError}, energy?: {value, standardError}, effectiveSamples?, quadratureError?}.',
  positionals: [modelArgument()],
  options: pottsEntropyOptions,
  examples: [
    { command: 'spinformer potts entropy latest', explains: 'How large is the space of the family?' },
    {
      command: 'spinformer potts entropy latest --method ais --chains 1000 --steps 2000',
      explains: 'log Z another way, to compare.',
    },
  ],
  announce: ({ positionals }) => `Entropy of ${positionals.MODEL}`,
  load: async () => (await import('../handlers/potts-entropy.ts')).runPottsEntropy,
};
