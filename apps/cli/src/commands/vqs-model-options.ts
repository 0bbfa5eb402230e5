import type { OptionTable } from '../spec/option-spec.ts';

/** A quantum magnet on a lattice. */
export const vqsModelOptions = {
  lattice: {
    type: 'string',
    choices: ['chain', 'square', 'triangular', 'shastry-sutherland'],
    group: 'Model',
    description: 'Where the spins sit. In shastry-sutherland J1 is on the edges and J2 on the dimers.',
  },
  size: {
    type: 'string',
    value: 'SIZE',
    group: 'Model',
    description: 'Sites: 16 for a chain; height and width, 4x4, otherwise.',
  },
  open: { type: 'boolean', group: 'Model', description: 'Edges that end, instead of closing on themselves.' },
  j1: {
    type: 'number',
    value: 'J1',
    defaultText: '1',
    group: 'Model',
    description: 'Coupling of nearest neighbours in J S·S with S = σ/2; positive is antiferromagnetic.',
  },
  j2: {
    type: 'number',
    value: 'J2',
    defaultText: '0',
    group: 'Model',
    description: 'Coupling of next-nearest neighbours; of the dimers in shastry-sutherland.',
  },
  anisotropy: {
    type: 'number',
    value: 'DELTA',
    defaultText: '1',
    group: 'Model',
    description: 'Δ in J (SˣSˣ + SʸSʸ + Δ SᶻSᶻ): XXZ models.',
  },
  'sign-rule': {
    type: 'string',
    choices: ['none', 'marshall', 'stripe'],
    defaultText: 'none',
    group: 'Model',
    description:
      'Spins turned by π about z beforehand: one sublattice, or every second row. Energies do not depend on it; how hard the signs are to learn does.',
  },
  'total-sz': {
    type: 'number',
    value: 'SZ',
    defaultText: '0',
    group: 'Model',
    description: 'Total Sᶻ of the sector; half an odd number where the number of sites is odd.',
  },
} as const satisfies OptionTable;
