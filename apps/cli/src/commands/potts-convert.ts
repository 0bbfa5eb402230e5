import type { CommandSpec } from '../spec/command-spec.ts';
import type { OptionTable } from '../spec/option-spec.ts';

const MODELS = [
  ...['spinformer', 'plmc', 'plmc-v1', 'ccmpred', 'ccmpred-msgpack', 'adabmdca', 'adabmdca-numbers'],
  ...['gremlin', 'npz', 'safetensors'],
] as const;
const ALIGNMENTS = ['fasta', 'a2m', 'a3m', 'stockholm', 'aln'] as const;
const TABLES = ['table', 'csv', 'tsv', 'parquet'] as const;

export const pottsConvertOptions = {
  from: {
    type: 'string',
    choices: [...MODELS, ...ALIGNMENTS, ...TABLES],
    defaultText: 'what the name and the content show',
    group: 'Formats',
    description: 'Format of IN.',
  },
  to: {
    type: 'string',
    choices: [...MODELS, ...ALIGNMENTS, ...TABLES],
    defaultText: "by OUT's ending",
    group: 'Formats',
    description: 'Format of OUT.',
  },
  letters: {
    type: 'string',
    value: 'LETTERS',
    group: 'Models',
    description: 'One letter per state in the order of IN, where the file does not tell them.',
  },
  gauge: {
    type: 'string',
    choices: ['keep', 'zero-sum', 'lattice-gas'],
    default: 'keep',
    group: 'Models',
    description: 'Write the parameters in this gauge; the probabilities are the same.',
  },
  alphabet: {
    type: 'string',
    value: 'NAME',
    defaultText: 'guessed from the letters',
    group: 'Alignments',
    description: 'protein, rna, dna, binary, or the letters themselves.',
  },
  focus: {
    type: 'string',
    value: 'NAME',
    group: 'Alignments',
    description: 'Keep the columns in which this sequence has an upper-case letter.',
  },
} as const satisfies OptionTable;

export const pottsConvert: CommandSpec = {
  name: 'potts convert',
  summary: "models, alignments and score tables into other programs' files",
  description:
    'Reads IN and writes OUT in another format; OUT must not exist.\n\n' +
    'Models (a run, or a file): spinformer (.safetensors), plmc (.params, binary v2), plmc-v1, ccmpred (.raw), ccmpred-msgpack (.braw), adabmdca (.dat), adabmdca-numbers, gremlin (.mrf), npz, safetensors (arrays by their names). Alignments: fasta, a2m, a3m, stockholm (.sto), aln (one sequence a line). Score tables: table (plmc: i A_i j A_j 0 cn), csv (EVcouplings: i, A_i, j, A_j, fn, cn), tsv, parquet. gzip is unpacked; a model may become a table of its contact scores.\n\n' +
    'With --json: {schema: 1, kind, from, to, file, bytes}.',
  positionals: [
    { name: 'IN', required: true, description: 'A run, a model file, an alignment or a score table.' },
    { name: 'OUT', required: true, description: 'The file to write.' },
  ],
  options: pottsConvertOptions,
  examples: [
    {
      command: 'spinformer potts convert latest dhfr.params',
      explains: 'The last model as plmc and EVcouplings read it.',
    },
    {
      command: 'spinformer potts convert family.params model.npz --gauge zero-sum',
      explains: "plmc's parameters for NumPy.",
    },
    { command: 'spinformer potts convert family.sto family.fasta', explains: 'Stockholm to FASTA.' },
    {
      command: 'spinformer potts convert plmc.ec scores.csv --from table',
      explains: "plmc's list of pairs in EVcouplings' form.",
    },
  ],
  announce: ({ positionals }) => `Reading ${positionals.IN}`,
  load: async () => (await import('../handlers/potts-convert.ts')).runPottsConvert,
};
