import type { CommandSpec } from '../spec/command-spec.ts';
import type { OptionTable } from '../spec/option-spec.ts';
import { modelArgument } from './model-argument.ts';

export const pottsShowOptions = {
  pair: {
    type: 'string',
    value: 'I,J',
    many: true,
    group: 'What to show',
    description: 'Two sites by their numbers: their couplings as a picture. May be given several times.',
  },
  logo: {
    type: 'boolean',
    group: 'What to show',
    description: 'The letters of all sites as a sequence logo.',
  },
  evzoom: {
    type: 'boolean',
    group: 'What to show',
    description:
      'Write the data of the viewer EVzoom (show-evzoom.json): sequence, logo, the strongest pairs.',
  },
  alignment: {
    type: 'string',
    value: 'FILE',
    group: 'Frequencies',
    defaultText: 'the alignment that the run kept count of, else sequences drawn from the model',
    description: 'Count the letters of the logo in this alignment of the same sites.',
  },
} as const satisfies OptionTable;

export const pottsShow: CommandSpec = {
  name: 'potts show',
  summary: 'what a model holds: its sites, couplings of a pair, a sequence logo',
  description:
    'Says what a Potts model is. With --pair it draws the couplings of two sites letter by letter, with the logo of the two columns; with --logo the logo of the whole family. Pictures go to the artifacts of the run, or to --out DIR.\n\n' +
    'With --json: {schema: 1, sites, states, letters?, siteNumbers, reference?, files, pairs: [{i, j, couplings: [[…]]}]}; couplings in nats, zero-sum gauge, rows are letters at i.',
  positionals: [modelArgument()],
  options: pottsShowOptions,
  examples: [
    { command: 'spinformer potts show latest', explains: 'Sites, states, letters, parameters.' },
    {
      command: 'spinformer potts show latest --pair 13,121',
      explains: 'Why those two sites are coupled: a q × q picture.',
    },
    { command: 'spinformer potts show latest --logo', explains: 'The family as a sequence logo.' },
  ],
  announce: ({ positionals }) => `Reading ${positionals.MODEL}`,
  load: async () => (await import('../handlers/potts-show.ts')).runPottsShow,
};
