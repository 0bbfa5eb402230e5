import type { OptionTable } from '../spec/option-spec.ts';

/** A transformer wave function. */
export const vqsWaveOptions = {
  attention: {
    type: 'string',
    choices: ['factored', 'factored-full', 'factored-softmax', 'spatial', 'standard', 't5', 'decoupled'],
    defaultText: 'factored',
    group: 'Wave function',
    description:
      'What decides how much a patch takes of another: displacement alone (factored), positions, a softmax of either, distance and displacement, or queries and keys (standard; with biases t5, decoupled).',
  },
  patch: {
    type: 'integer',
    value: 'B',
    minimum: 1,
    defaultText: '1 up to 16,384 configurations or on odd extents, else 2',
    group: 'Wave function',
    description: 'Side of the patches of B or B×B spins that become tokens; divides the lattice.',
  },
  width: {
    type: 'integer',
    value: 'D',
    minimum: 1,
    maximum: 4096,
    defaultText: '12 up to 16,384 configurations, else 24',
    group: 'Wave function',
    description: 'Numbers in which a token is represented; a multiple of the heads.',
  },
  heads: {
    type: 'integer',
    value: 'N',
    minimum: 1,
    maximum: 1024,
    defaultText: '4',
    group: 'Wave function',
    description: 'Attention heads of a layer.',
  },
  layers: {
    type: 'integer',
    value: 'N',
    minimum: 1,
    maximum: 64,
    defaultText: '2',
    group: 'Wave function',
    description: 'Layers of attention and feed-forward parts.',
  },
  expansion: {
    type: 'integer',
    value: 'N',
    minimum: 1,
    maximum: 64,
    defaultText: '4',
    group: 'Wave function',
    description: 'Width of the feed-forward part over D.',
  },
  symmetries: {
    type: 'string',
    value: 'LIST',
    defaultText: 'none',
    group: 'Wave function',
    description:
      'Project on translations, point-group, spin-flip (the parity of states of even total spin) or spin-flip-odd, with commas between; none.',
  },
  momentum: {
    type: 'string',
    value: 'K',
    defaultText: '0',
    group: 'Wave function',
    description:
      'Momentum of --symmetries translations in units of 2π/extent: K on a chain, KY,KX otherwise.',
  },
} as const satisfies OptionTable;
