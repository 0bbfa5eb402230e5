import type { CommandSpec } from '../spec/command-spec.ts';
import type { OptionTable } from '../spec/option-spec.ts';

export const demoOptions = {
  alignment: {
    type: 'string',
    value: 'FILE',
    group: 'Your data',
    description: 'A protein or RNA family; adds a part about its contacts.',
  },
  structure: {
    type: 'string',
    value: 'FILE',
    group: 'Your data',
    description: 'Its structure (PDB or mmCIF), to be drawn beside them.',
  },
  focus: {
    type: 'string',
    value: 'NAME',
    group: 'Your data',
    description: 'The sequence of the alignment that numbers the sites.',
  },
  chain: {
    type: 'string',
    value: 'ID',
    defaultText: 'the first one',
    group: 'Your data',
    description: 'Chain of the structure.',
  },
  only: {
    type: 'string',
    choices: ['known-truth', 'words', 'family'],
    many: true,
    group: 'Parts',
    description: 'Only this part; may be given several times.',
  },
  open: { type: 'boolean', group: 'Parts', description: 'Open the report in a browser at the end.' },
} as const satisfies OptionTable;

export const demo: CommandSpec = {
  name: 'demo',
  summary: 'the main result in about two minutes, ending in a report to open',
  description:
    'Shows that one layer of attention, trained to guess hidden letters, solves the inverse Potts problem: first where the truth is known, then on the letters of English words, then on your own protein or RNA family.',
  positionals: [],
  options: demoOptions,
  examples: [
    { command: 'spinformer demo', explains: 'Known truth and real words; nothing else is needed.' },
    {
      command: 'spinformer demo --alignment family.a2m --structure fold.pdb',
      explains: 'And the contacts of a family beside its structure.',
    },
  ],
  setsExperiment: true,
  announce: () =>
    'One layer of attention, trained to guess hidden letters, solves the inverse Potts problem.\n',
  load: async () => (await import('../handlers/demo.ts')).runDemo,
};
