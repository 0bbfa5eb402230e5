import type { CommandSpec } from '../spec/command-spec.ts';
import type { OptionTable } from '../spec/option-spec.ts';

export const pottsContactsOptions = {
  structure: {
    type: 'string',
    value: 'FILE',
    group: 'Comparison',
    description: 'A structure (PDB or mmCIF, .gz) to compare with.',
  },
  chain: {
    type: 'string',
    value: 'ID',
    defaultText: 'the first one',
    group: 'Comparison',
    description: 'Chain of the structure.',
  },
  contact: {
    type: 'string',
    choices: ['cb8', 'heavy5', 'heavy8'],
    default: 'cb8',
    group: 'Comparison',
    description:
      'What counts as a contact: Cβ atoms (Cα of glycine) closer than 8 Å, or any two heavy atoms closer than 5 or 8 Å.',
  },
  'min-separation': {
    type: 'integer',
    value: 'N',
    minimum: 1,
    default: 6,
    group: 'Ranking',
    description: 'Leave out pairs that are closer along the sequence.',
  },
  top: {
    type: 'integer',
    value: 'N',
    minimum: 1,
    defaultText: 'all with --json, 20 in the table',
    group: 'Ranking',
    description: 'Only so many pairs.',
  },
} as const satisfies OptionTable;

export const pottsContacts: CommandSpec = {
  name: 'potts contacts',
  summary: 'pairs of sites ranked by coupling, compared with a structure',
  description:
    'Scores every pair of sites by the Frobenius norm of its couplings in the zero-sum gauge (gaps left out), corrected by the average product (APC), and ranks them. With --structure it measures precision: the share of true contacts among the L/5, L/2 and L best pairs.\n\n' +
    'With --json: {schema: 1, pairs: [{i, j, score, distance?}], precision?: {"L/5", "L/2", "L"}}. i < j are residue numbers of the focus sequence where there is one, otherwise columns of the alignment from 1; distances in Å.',
  positionals: [
    {
      name: 'MODEL',
      required: true,
      description: 'A run (folder, name or `latest`) or a model file (.safetensors).',
    },
  ],
  options: pottsContactsOptions,
  examples: [
    { command: 'spinformer potts contacts latest', explains: 'The strongest couplings of the last run.' },
    {
      command: 'spinformer potts contacts latest --structure 1rx2.pdb --chain A',
      explains: 'Compared with a structure: distances, precision, a contact map.',
    },
  ],
  announce: ({ positionals }) => `Ranking the pairs of ${positionals.MODEL}`,
  load: async () => (await import('../handlers/potts-contacts.ts')).runPottsContacts,
};
