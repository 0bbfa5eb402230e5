import type { CommandSpec } from '../spec/command-spec.ts';
import type { OptionTable } from '../spec/option-spec.ts';
import { rankingOptions, structureOptions } from './contact-options.ts';
import { modelArgument } from './model-argument.ts';

export const pottsContactsOptions = {
  ...structureOptions,
  ...rankingOptions,
  top: {
    type: 'integer',
    value: 'N',
    minimum: 1,
    defaultText: 'all with --json, 20 in the table',
    group: 'Ranking',
    description: 'Print only so many pairs; the map shows the L strongest, the tables have all.',
  },
} as const satisfies OptionTable;

export const pottsContacts: CommandSpec = {
  name: 'potts contacts',
  summary: 'pairs of sites ranked by coupling, compared with a structure',
  description:
    'Scores every pair of sites by the Frobenius norm of its couplings in the zero-sum gauge (gaps left out), corrected by the average product (APC), and ranks them. With --structure it measures precision: the share of true contacts among the L/5, L/2 and L best pairs.\n\n' +
    'A contact map, its tables and the pairs in the form of EVcouplings (contacts-ecs.csv: i, A_i, j, A_j, fn, cn) go to the artifacts of the run, or to --out DIR.\n\n' +
    'With --json: {schema: 1, pairs: [{i, j, score, distance?}], precision?: {"L/5", "L/2", "L"}}. i < j are residue numbers of the focus sequence where there is one, otherwise columns of the alignment from 1; distances in Å.',
  positionals: [modelArgument()],
  options: pottsContactsOptions,
  examples: [
    { command: 'spinformer potts contacts latest', explains: 'The strongest couplings of the last run.' },
    {
      command: 'spinformer potts contacts latest --structure 1rx2.pdb --chain A',
      explains: 'Compared with a structure: distances, precision, a contact map.',
    },
    {
      command: 'spinformer potts contacts plmc.params --gauge as-given --gap-state count',
      explains: "A peer's parameters, scored as plmc and CCMpred do.",
    },
  ],
  announce: ({ positionals }) => `Ranking the pairs of ${positionals.MODEL}`,
  load: async () => (await import('../handlers/potts-contacts.ts')).runPottsContacts,
};
