import type { OptionTable } from '../spec/option-spec.ts';

/** How pairs of sites are scored and ranked; the same for every command that ranks them. */
export const rankingOptions = {
  correction: {
    type: 'string',
    choices: ['apc', 'none'],
    default: 'apc',
    group: 'Ranking',
    description: 'Take the average product of the two sites away from the Frobenius norm, or do not.',
  },
  gauge: {
    type: 'string',
    choices: ['zero-sum', 'lattice-gas', 'as-given'],
    default: 'zero-sum',
    group: 'Ranking',
    description: 'Gauge in which norms are taken; plmc and CCMpred take the couplings as they are given.',
  },
  'gap-state': {
    type: 'string',
    choices: ['leave-out', 'count'],
    default: 'leave-out',
    group: 'Ranking',
    description: 'Whether couplings of the gap count, where the model has a state for it.',
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
