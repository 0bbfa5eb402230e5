import type { CommandSpec } from '../spec/command-spec.ts';
import type { OptionTable } from '../spec/option-spec.ts';
import { modelArgument } from './model-argument.ts';

export const pottsEnergiesOptions = {
  sort: {
    type: 'boolean',
    group: 'Output',
    description: 'Lowest energy (likeliest) first, instead of the order of FILE.',
  },
} as const satisfies OptionTable;

export const pottsEnergies: CommandSpec = {
  name: 'potts energies',
  summary: 'energies of sequences under a model',
  description:
    'Computes E(s) = −Σ h − Σ J of every sequence in FILE, total, in nats (p ∝ exp(−E)): lower is likelier. The sequences have one letter for each site of the model, or the columns of the alignment that it was inferred from. A gap is a state of the model or, where the model has none, left out. An autoregressive run knows log Z: its energy is −log p. Prints a table with tabs; --out FILE.tsv writes it.\n\n' +
    'With --json: {schema: 1, sequences: [{name, energy, loss}]}; loss is −log p(s_i | the others) averaged over sites, in nats; of an autoregressive run it is −log p per site.',
  positionals: [
    modelArgument(),
    {
      name: 'FILE',
      required: true,
      description: 'Sequences (FASTA, A2M, A3M, Stockholm, one a line; .gz), or - for standard input.',
    },
  ],
  options: pottsEnergiesOptions,
  examples: [
    {
      command: 'spinformer potts energies latest designs.fasta --sort | head',
      explains: 'The likeliest of some designs.',
    },
  ],
  announce: ({ positionals }) => `Energies of ${positionals.FILE} under ${positionals.MODEL}`,
  load: async () => (await import('../handlers/potts-energies.ts')).runPottsEnergies,
};
