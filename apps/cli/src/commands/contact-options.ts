import type { OptionTable } from '../spec/option-spec.ts';

/** How pairs of sites are scored and ranked; the same for every command that ranks them. */
export const rankingOptions = {
  score: {
    type: 'string',
    choices: ['frobenius', 'direct-information'],
    default: 'frobenius',
    group: 'Ranking',
    description:
      'Frobenius norm of the couplings, or the mutual information of two sites that are coupled by J alone; the latter takes the frequencies that the run kept.',
  },
  correction: {
    type: 'string',
    choices: ['apc', 'apc-with-diagonal', 'none'],
    defaultText: 'apc; none for direct-information',
    group: 'Ranking',
    description: 'Take the average product of the two sites away from the score, or do not.',
  },
  gauge: {
    type: 'string',
    choices: ['zero-sum', 'lattice-gas', 'mean-free', 'as-given'],
    defaultText: "zero-sum, or the peer's of --like",
    group: 'Ranking',
    description: 'Gauge in which norms are taken; plmc and CCMpred take the couplings as they are given.',
  },
  'gap-state': {
    type: 'string',
    choices: ['leave-out', 'count'],
    defaultText: "leave-out, or the peer's of --like",
    group: 'Ranking',
    description: 'Whether couplings of the gap count, where the model has a state for it.',
  },
  like: {
    type: 'string',
    choices: ['plmc', 'ccmpred', 'gremlin', 'plmdca', 'adabmdca'],
    group: 'Ranking',
    description: 'Score as a peer program does: its gauge, gap and correction. What is given beside it wins.',
  },
  'min-separation': {
    type: 'integer',
    value: 'N',
    minimum: 1,
    default: 6,
    group: 'Ranking',
    description: 'Leave out pairs that are closer along the sequence.',
  },
} as const satisfies OptionTable;

/** What pairs are compared with. */
export const structureOptions = {
  structure: {
    type: 'string',
    value: 'FILE',
    group: 'Comparison',
    description: 'A structure (PDB or mmCIF, .gz) to compare with.',
  },
  chain: {
    type: 'string',
    value: 'ID',
    defaultText: 'the one that agrees best',
    group: 'Comparison',
    description: 'Chain of the structure.',
  },
  distances: {
    type: 'string',
    value: 'FILE',
    group: 'Comparison',
    description:
      'Instead of a structure: a table of i, j, score and distance in Å, sites counted from 1 (`_struct.dat`).',
  },
  contact: {
    type: 'string',
    choices: ['cb8', 'heavy5', 'heavy8'],
    default: 'cb8',
    group: 'Comparison',
    description:
      'What counts as a contact: Cβ atoms (Cα of glycine) closer than 8 Å, or any two heavy atoms closer than 5 or 8 Å. Of a table only the threshold is taken.',
  },
} as const satisfies OptionTable;
