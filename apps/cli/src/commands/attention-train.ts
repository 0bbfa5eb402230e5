import type { CommandSpec } from '../spec/command-spec.ts';
import type { OptionTable } from '../spec/option-spec.ts';
import { alignmentOptions } from './alignment-options.ts';

export const attentionTrainOptions = {
  generate: {
    type: 'string',
    choices: ['set-a'],
    group: 'Data',
    description:
      'Instead of FILE, draw from a Potts model whose truth is known: 20 sites, 10 colours (Set A).',
  },
  samples: {
    type: 'integer',
    value: 'N',
    minimum: 2,
    default: 4000,
    group: 'Data',
    description: 'Sequences to draw with --generate.',
  },
  identity: {
    type: 'number',
    value: 'SHARE',
    minimum: 0,
    maximum: 1,
    exclusive: true,
    defaultText: 'no weights',
    group: 'Data',
    description: 'Weigh sequences by 1/neighbours at this identity.',
  },
  model: {
    type: 'string',
    choices: ['factored', 'standard'],
    default: 'factored',
    group: 'Model',
    description: 'One factored layer, in which attention depends on positions only, or a standard encoder.',
  },
  heads: {
    type: 'integer',
    value: 'N',
    minimum: 1,
    maximum: 1024,
    default: 1,
    group: 'Model',
    description: 'Attention heads.',
  },
  values: {
    type: 'string',
    choices: ['learned', 'identity', 'known'],
    default: 'learned',
    group: 'Model',
    description:
      'Colour matrices of a factored layer; known takes those of the model that --generate draws from.',
  },
  layers: {
    type: 'integer',
    value: 'N',
    minimum: 1,
    maximum: 64,
    default: 2,
    group: 'Model',
    description: 'Layers of a standard encoder.',
  },
  width: {
    type: 'integer',
    value: 'N',
    minimum: 1,
    maximum: 4096,
    default: 64,
    group: 'Model',
    description: 'Width of a standard encoder; a multiple of the heads.',
  },
  masking: {
    type: 'string',
    choices: ['one', 'all-sites', 'bernoulli'],
    defaultText: 'all-sites, one for standard',
    group: 'Training',
    description:
      'What is hidden: one site of each sequence, every site from all others at once, or each with a probability.',
  },
  'mask-probability': {
    type: 'number',
    value: 'P',
    minimum: 0,
    maximum: 1,
    exclusive: true,
    default: 0.15,
    group: 'Training',
    description: 'Probability of --masking bernoulli.',
  },
  optimizer: {
    type: 'string',
    choices: ['adam', 'lbfgs'],
    defaultText: 'lbfgs, adam for standard',
    group: 'Training',
    description: 'Mini-batches, or all data at once in float64 down to convergence.',
  },
  steps: {
    type: 'integer',
    value: 'N',
    minimum: 1,
    defaultText: '1000',
    group: 'Training',
    description: 'Steps in all.',
  },
  'learning-rate': {
    type: 'number',
    value: 'X',
    minimum: 0,
    exclusive: true,
    default: 0.001,
    group: 'Training',
    description: 'Largest step of Adam; falls as a cosine.',
  },
  batch: {
    type: 'integer',
    value: 'N',
    minimum: 1,
    default: 128,
    group: 'Training',
    description: 'Sequences in a batch of Adam.',
  },
  'coupling-penalty': {
    type: 'number',
    value: 'X',
    minimum: 0,
    default: 0,
    group: 'Training',
    description: 'L2 penalty of the couplings, per sequence and masked site (nats).',
  },
  'field-penalty': {
    type: 'number',
    value: 'X',
    minimum: 0,
    default: 0,
    group: 'Training',
    description: 'L2 penalty of the fields, in the same units.',
  },
  tolerance: {
    type: 'number',
    value: 'X',
    minimum: 0,
    exclusive: true,
    defaultText: '1e-7',
    group: 'Training',
    description: 'L-BFGS has converged when no component of the gradient is larger.',
  },
  ...alignmentOptions,
} as const satisfies OptionTable;

export const attentionTrain: CommandSpec = {
  name: 'attention train',
  summary: 'a layer of attention by masked language modelling',
  description:
    'Trains attention to guess hidden letters of the sequences in FILE. A factored layer is a Potts model in disguise: attention to-potts writes it as one.\n\n' +
    'With --json: {schema: 1, run, loss, exactLoss?, seconds}; losses in nats per hidden site. exactLoss is the entropy that no model can beat, where the truth is known.',
  positionals: [
    { name: 'FILE', description: 'An alignment, or words of one length, one a line; - for standard input.' },
  ],
  options: attentionTrainOptions,
  examples: [
    {
      command: 'spinformer attention train --generate set-a --samples 6000',
      explains: 'One factored layer on data whose truth is known.',
    },
    {
      command: 'spinformer attention train family.fasta.gz --heads 32 --optimizer adam --steps 4000',
      explains: 'Many heads on a protein family, mini-batches.',
    },
    {
      command: 'spinformer attention train words.txt --alphabet abcdefghijklmnopqrstuvwxyz --model standard',
      explains: 'A standard encoder on words of one length.',
    },
  ],
  announce: ({ positionals }) =>
    positionals.FILE
      ? `Reading ${positionals.FILE === '-' ? 'standard input' : positionals.FILE}`
      : 'Drawing sequences from a known truth',
  load: async () => (await import('../handlers/attention-train.ts')).runAttentionTrain,
};
