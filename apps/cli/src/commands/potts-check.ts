import type { CommandSpec } from '../spec/command-spec.ts';
import type { OptionTable } from '../spec/option-spec.ts';
import { modelArgument } from './model-argument.ts';

export const pottsCheckOptions = {
  alignment: {
    type: 'string',
    value: 'FILE',
    group: 'Comparison',
    defaultText: 'the one that the run was made from',
    description: 'Natural sequences to compare with.',
  },
  samples: {
    type: 'string',
    value: 'FILE',
    group: 'Comparison',
    description: 'Check these sequences (FASTA …) instead of drawing new ones from the model.',
  },
  count: {
    type: 'integer',
    value: 'N',
    minimum: 2,
    default: 5000,
    group: 'Comparison',
    description: 'Sequences to draw from the model.',
  },
  triples: {
    type: 'integer',
    value: 'N',
    minimum: 0,
    default: 200,
    group: 'Comparison',
    description: 'Triples of sites whose three-site statistics are compared; 0 leaves them out.',
  },
} as const satisfies OptionTable;

export const pottsCheck: CommandSpec = {
  name: 'potts check',
  summary: 'do sequences of the model look like the family? statistics, components, distances',
  description:
    'Draws sequences from the model and compares them with the family: frequencies of one and two sites, connected correlations of two and three sites (a pairwise model is not fitted to those of three), principal components, distances, energies, and how near they come to natural sequences. This is a run with a report.\n\n' +
    'With --json: {schema: 1, run, samples, oneSite, twoSite, twoSiteConnected, threeSiteConnected?, variance: [share of each component], nearest: {samples, data}}; agreements are {pearson, slope, rmse, count}; nearest are mean identities to the nearest natural sequence.',
  positionals: [modelArgument()],
  options: pottsCheckOptions,
  examples: [
    { command: 'spinformer potts check latest', explains: 'Is the last model a good one to generate from?' },
    {
      command: 'spinformer potts check latest --samples designs.fasta',
      explains: 'Sequences made elsewhere, against the family.',
    },
  ],
  announce: ({ positionals }) => `Checking ${positionals.MODEL}`,
  load: async () => (await import('../handlers/potts-check.ts')).runPottsCheck,
};
