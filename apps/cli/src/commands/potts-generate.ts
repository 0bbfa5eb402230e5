import type { CommandSpec } from '../spec/command-spec.ts';
import type { OptionTable } from '../spec/option-spec.ts';
import { modelArgument } from './model-argument.ts';

export const pottsGenerateOptions = {
  count: {
    type: 'integer',
    value: 'N',
    minimum: 2,
    default: 1000,
    group: 'Generation',
    description: 'Sequences; each is the end of a chain of its own.',
  },
  temperature: {
    type: 'number',
    value: 'T',
    minimum: 0,
    exclusive: true,
    default: 1,
    group: 'Generation',
    description: 'T of p ∝ exp(−E/T): below 1 sequences are more probable and less diverse.',
  },
  fixed: {
    type: 'string',
    value: 'SITES',
    group: 'Generation',
    description:
      'Sites that stay: V13,G121 (letter and number), or a template of as many letters as sites with ? where they are free.',
  },
  sweeps: {
    type: 'integer',
    value: 'N',
    minimum: 2,
    defaultText: '16, doubled until the chains have forgotten where they began',
    group: 'Generation',
    description: 'Sweeps of every chain.',
  },
  'max-sweeps': {
    type: 'integer',
    value: 'N',
    minimum: 2,
    default: 16384,
    group: 'Generation',
    description: 'Most sweeps where they are doubled.',
  },
  alignment: {
    type: 'string',
    value: 'FILE',
    group: 'Comparison',
    defaultText: 'the one that the run was made from',
    description: 'Natural sequences, to say how far the generated ones are from them.',
  },
} as const satisfies OptionTable;

export const pottsGenerate: CommandSpec = {
  name: 'potts generate',
  summary: 'new sequences of a family, with evidence that they are drawn well',
  description:
    'Generates sequences from a model of a family by heat-bath sampling until the chains have forgotten where they began, and says whether they have. Where the alignment is known, it measures how far each sequence is from the nearest natural one, beside the same for natural sequences. This is a run: artifacts/generated.fasta, nearest.csv and a report.\n\n' +
    'With --json: {schema: 1, run, file, count, sweeps, remembered, rHat, energy, overlap, nearest?: {median, least, natural}}; distances are shares of differing sites, energies totals in nats.',
  positionals: [modelArgument()],
  options: pottsGenerateOptions,
  examples: [
    {
      command: 'spinformer potts generate latest --count 1000',
      explains: 'A thousand sequences, and how new they are.',
    },
    {
      command: 'spinformer potts generate latest --temperature 0.7 --fixed V13,G121',
      explains: 'More probable ones, two residues kept.',
    },
  ],
  announce: ({ positionals }) => `Generating sequences from ${positionals.MODEL}`,
  load: async () => (await import('../handlers/potts-generate.ts')).runPottsGenerate,
};
