import type { CommandSpec } from '../spec/command-spec.ts';
import type { OptionTable } from '../spec/option-spec.ts';
import { modelArgument } from './model-argument.ts';

export const pottsMutationsOptions = {
  dms: {
    type: 'string',
    value: 'FILE',
    group: 'What to score',
    description:
      'A deep mutational scan: a table with a column of mutants and columns of measured numbers (ProteinGym, DeepSequence, EVcouplings).',
  },
  column: {
    type: 'string',
    value: 'NAME',
    group: 'What to score',
    defaultText: 'DMS_score, otherwise the first column of numbers',
    description: 'The measured column of --dms.',
  },
  mutants: {
    type: 'string',
    value: 'A24G,…',
    group: 'What to score',
    description:
      'Only these mutants, with commas between; several substitutions in one as A24G:L30V. Without it and --dms, every single substitution.',
  },
  sequence: {
    type: 'string',
    value: 'FILE',
    group: 'Reference',
    defaultText: "the model's focus sequence, else what --dms says of the wild type, else the consensus",
    description:
      'The wild type as FASTA, unaligned: it is aligned to the family. Numbers start as NAME/start-end says.',
  },
  'first-residue': {
    type: 'integer',
    value: 'N',
    group: 'Reference',
    description: 'Number of the first residue of --sequence.',
    defaultText: '1, or as its name says',
  },
  alignment: {
    type: 'string',
    value: 'FILE',
    group: 'Reference',
    defaultText: 'the one that the run was made from',
    description:
      'The family, for --sequence and for the model of independent sites that couplings are measured against.',
  },
} as const satisfies OptionTable;

export const pottsMutations: CommandSpec = {
  name: 'potts mutations',
  summary: 'what mutations do: a matrix, given mutants, or a deep mutational scan',
  description:
    'Scores mutants by log p(mutant) − log p(reference) under the model, in nats: 0 for the reference, lower is worse. All fields and couplings that change count, so that several substitutions feel one another. With --dms it compares with what was measured (Spearman), beside a model of independent sites.\n\n' +
    'The matrix of all single substitutions goes as a picture and a table to the artifacts of the run, or to --out DIR.\n\n' +
    'With --json: {schema: 1, reference, mutants: [{mutant, score, independent?, measured?}], unmodelledPositions, scan?: {column, spearman, independentSpearman?, compared, unpredicted, unmeasured}, files}.',
  positionals: [modelArgument()],
  options: pottsMutationsOptions,
  examples: [
    {
      command: 'spinformer potts mutations latest',
      explains: 'Every single substitution of the focus sequence, as a heat map.',
    },
    {
      command: 'spinformer potts mutations latest --dms DLG4_RAT.csv --column CRIPT',
      explains: 'How well does the model predict a deep mutational scan?',
    },
    {
      command: 'spinformer potts mutations latest --mutants A7G,A7G:I14V',
      explains: 'Two mutants, the second one double.',
    },
  ],
  announce: ({ positionals }) => `Mutations under ${positionals.MODEL}`,
  load: async () => (await import('../handlers/potts-mutations.ts')).runPottsMutations,
};
