import type { OptionTable } from '../spec/option-spec.ts';

/** A Potts model on a lattice. */
export const latticeOptions = {
  lattice: {
    type: 'string',
    value: 'SHAPE',
    group: 'Lattice',
    description: 'Sides of the lattice: 100 (a chain), 64x64, 16x16x16. Instead of MODEL.',
  },
  geometry: {
    type: 'string',
    choices: ['square', 'triangular'],
    default: 'square',
    group: 'Lattice',
    description: 'Nearest neighbours along the sides, or with one diagonal more.',
  },
  states: {
    type: 'integer',
    value: 'Q',
    minimum: 2,
    maximum: 256,
    default: 2,
    group: 'Lattice',
    description: 'States of a site; 2 is the Ising model with K = 2 J.',
  },
  coupling: {
    type: 'number',
    value: 'K',
    words: ['critical'],
    default: 'critical',
    group: 'Lattice',
    description:
      'K, in units of temperature; positive favours equal neighbours. critical: ln(1 + √q) on the square lattice, the root of v³ + 3v² = q, v = e^K − 1, on the triangular one.',
  },
  field: {
    type: 'number',
    value: 'H',
    default: 0,
    group: 'Lattice',
    description: 'h, which favours state 0.',
  },
  open: {
    type: 'boolean',
    group: 'Lattice',
    description: 'Sides that end, instead of closing on themselves.',
  },
  temper: {
    type: 'string',
    value: 'B1,B2,…',
    group: 'Lattice',
    description:
      'Parallel tempering: inverse temperatures that multiply K and h; every chain becomes a ladder of them. With heat-bath, metropolis or checkerboard.',
  },
} as const satisfies OptionTable;
