import type { CommandSpec } from '../spec/command-spec.ts';
import type { OptionTable } from '../spec/option-spec.ts';
import { vqsModelOptions } from './vqs-model-options.ts';

export const vqsExactOptions = {
  ...vqsModelOptions,
  momentum: {
    type: 'string',
    value: 'K',
    group: 'Sector',
    description:
      'Momentum in units of 2π/extent: a whole number on a chain, KY,KX in two dimensions; half the extent is π. Without it: all together.',
  },
  'spin-flip': {
    type: 'string',
    choices: ['even', 'odd'],
    group: 'Sector',
    description: 'Parity when all spins turn over, at total Sᶻ 0. Without it: both together.',
  },
  'point-group': {
    type: 'boolean',
    group: 'Sector',
    description: 'Only states that rotations and reflections leave as they are.',
  },
  states: {
    type: 'integer',
    value: 'N',
    minimum: 1,
    maximum: 32,
    default: 1,
    group: 'Sector',
    description: 'How many of the lowest states; correlations are those of the first.',
  },
  memory: {
    type: 'string',
    value: 'SIZE',
    default: '2G',
    group: 'Computation',
    description: 'Memory that may be used: 512M, 2G. What needs more is refused beforehand.',
  },
} as const satisfies OptionTable;

export const vqsExact: CommandSpec = {
  name: 'vqs exact',
  summary: 'the ground state of a small quantum magnet, exact to rounding',
  description:
    'Diagonalises a J1-J2 model of spins ½ by Lanczos in a sector of total Sᶻ, and measures its ground state. Energies are in S·S units, S = σ/2; NetKet and VarBench write Pauli matrices, and four times these numbers.\n\n' +
    'With --json: {schema: 1, energyPerSite, energies, dimension, correlations: [{dx, dy, value}], marshallSign?, seconds}. Energies of all --states are totals; correlations are ⟨S·S⟩ averaged over the lattice; marshallSign is there where nearest neighbours have two sublattices.',
  positionals: [],
  options: vqsExactOptions,
  examples: [
    {
      command: 'spinformer vqs exact --lattice square --size 4x4 --j2 0.5',
      explains: '12,870 configurations, in a second.',
    },
    {
      command:
        'spinformer vqs exact --lattice chain --size 24 --j2 0.5 --momentum 0 --spin-flip even --point-group',
      explains: 'A sector of all symmetries: 28,968 states instead of 2,704,156.',
    },
    {
      command: 'spinformer vqs exact --lattice chain --size 16 --states 4 --json | jq .energies',
      explains: 'The lowest four energies.',
    },
  ],
  announce: ({ options }) => `Diagonalising ${options.lattice ?? ''} ${options.size ?? ''}`.trimEnd(),
  load: async () => (await import('../handlers/vqs-exact.ts')).runVqsExact,
};
