import type { OptionTable } from '../spec/option-spec.ts';

/** How an alignment is read; the same for every command that reads one. */
export const alignmentOptions = {
  format: {
    type: 'string',
    choices: ['auto', 'fasta', 'a2m', 'a3m', 'stockholm', 'plain'],
    default: 'auto',
    group: 'Reading the alignment',
    description: 'Format of FILE; .gz is unpacked by itself.',
  },
  alphabet: {
    type: 'string',
    value: 'NAME',
    defaultText: 'guessed from the letters',
    group: 'Reading the alignment',
    description:
      'protein, rna, dna, binary, or the letters themselves in the order of their states: -01, abc.',
  },
  focus: {
    type: 'string',
    value: 'NAME',
    group: 'Reading the alignment',
    description:
      'Keep the columns in which this sequence has an upper-case letter, and number them as it does.',
  },
  gaps: {
    type: 'string',
    choices: ['state', 'ignore'],
    defaultText: 'state',
    group: 'Reading the alignment',
    description: 'A gap is one more state, or a missing entry that the likelihood leaves out.',
  },
  invalid: {
    type: 'string',
    choices: ['drop', 'gap', 'error'],
    defaultText: 'drop',
    group: 'Reading the alignment',
    description:
      'What becomes of a sequence with a letter outside the alphabet: dropped and counted, read as a gap, refused.',
  },
  'max-sequence-gaps': {
    type: 'number',
    value: 'SHARE',
    minimum: 0,
    maximum: 1,
    defaultText: '1',
    group: 'Reading the alignment',
    description: 'Drop sequences with a larger share of gaps.',
  },
  'max-column-gaps': {
    type: 'number',
    value: 'SHARE',
    minimum: 0,
    maximum: 1,
    defaultText: '1',
    group: 'Reading the alignment',
    description: 'Drop columns with a larger share of gaps.',
  },
  'empty-columns': {
    type: 'string',
    choices: ['error', 'drop', 'keep'],
    defaultText: 'error',
    group: 'Reading the alignment',
    description: 'What to do with a column of gaps only.',
  },
} as const satisfies OptionTable;
