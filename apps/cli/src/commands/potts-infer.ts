import type { CommandSpec } from '../spec/command-spec.ts';
import type { OptionTable } from '../spec/option-spec.ts';
import { alignmentOptions } from './alignment-options.ts';
import { boltzmannOptions } from './boltzmann-options.ts';
import { weightOptions } from './weight-options.ts';

export const pottsInferOptions = {
  method: {
    type: 'string',
    choices: [
      'plm',
      'plm-asymmetric',
      'mean-field',
      'gaussian',
      'boltzmann',
      'autoregressive',
      'factored-attention',
    ],
    defaultText: "plm, or the peer's of --like",
    group: 'Inference',
    description:
      'Pseudo-likelihood with one symmetric J; one regression for each site, averaged afterwards; naive mean field; a Gaussian; Boltzmann learning; an autoregressive model (ArDCA); a layer of attention whose weights depend on positions only.',
  },
  like: {
    type: 'string',
    choices: ['plmc', 'ccmpred', 'gremlin', 'plmdca', 'adabmdca'],
    group: 'Inference',
    description:
      "Take a peer program's conventions as a whole: gaps, foreign letters, duplicates, weights, method, penalties. What is given beside it wins.",
  },
  'field-penalty': {
    type: 'number',
    value: 'X',
    minimum: 0,
    defaultText: '0.01; 0 for boltzmann, 0.0001 · effective sequences for autoregressive',
    group: 'Inference',
    description:
      'λ_h of the penalty λ_h Σ h², added to the summed negative log-likelihood (nats); per sequence for boltzmann.',
  },
  'coupling-penalty': {
    type: 'number',
    value: 'X',
    minimum: 0,
    defaultText:
      '0.1 · (sites − 1), half of it with plm-asymmetric, which pays for both directions; 0 for boltzmann, 0.01 · effective sequences for autoregressive',
    group: 'Inference',
    description: 'λ_J of the penalty λ_J Σ_{i<j} J², in the same units.',
  },
  'group-penalty': {
    type: 'number',
    value: 'X',
    minimum: 0,
    defaultText: '0',
    group: 'Inference',
    description: "λ_g of λ_g Σ_{i<j} |J_ij|, which drives whole pairs to zero (plmc's -lg); plm only.",
  },
  heads: {
    type: 'integer',
    value: 'N',
    minimum: 1,
    maximum: 1024,
    defaultText: '8',
    group: 'Inference',
    description: 'Heads of factored-attention: J_ij(a, b) is a sum of so many products A_ij V_ab.',
  },
  pseudocount: {
    type: 'number',
    value: 'SHARE',
    minimum: 0,
    maximum: 1,
    defaultText: '0.5 for mean-field, 0.8 for gaussian, 1/effective sequences for boltzmann',
    group: 'Inference',
    description: 'Share of uniform frequencies that is mixed into those of the data.',
  },
  shrinkage: {
    type: 'number',
    value: 'X',
    minimum: 0,
    defaultText: '0',
    group: 'Inference',
    description:
      'Added to the diagonal of the correlations before they are inverted; mean-field and gaussian.',
  },
  'max-steps': {
    type: 'integer',
    value: 'N',
    minimum: 1,
    maximum: 1_000_000,
    defaultText: '500; 5000 for boltzmann, 1000 for factored-attention',
    group: 'Inference',
    description:
      'Steps at most: of L-BFGS, of the parameters in Boltzmann learning, of Adam for factored-attention.',
  },
  tolerance: {
    type: 'number',
    value: 'X',
    minimum: 0,
    exclusive: true,
    defaultText: '1e-4, 1e-2 for plm-asymmetric, 1e-3 for autoregressive',
    group: 'Inference',
    description:
      'Converged when a step lowers the objective by a smaller share; plm-asymmetric: when the gradient of each site has fallen to this share.',
  },
  ...boltzmannOptions,
  ...weightOptions,
  ...alignmentOptions,
  write: {
    type: 'string',
    value: 'FORMATS',
    group: 'Results',
    description:
      'Write the model for other programs too, formats with commas between: plmc, plmc-v1, ccmpred, ccmpred-msgpack, adabmdca, adabmdca-numbers, gremlin, npz, safetensors.',
  },
} as const satisfies OptionTable;

export const pottsInfer: CommandSpec = {
  name: 'potts infer',
  summary: 'couplings and fields of a Potts model from an alignment',
  description:
    'Solves the inverse Potts problem for the sequences in FILE. The run directory keeps the model (artifacts/model.safetensors), contact scores, frequencies and a report. The memory that is needed is said beforehand, and more than the machine has is refused.\n\n' +
    'With --json: {schema: 1, run, method, objective, gradientNorm, iterations, evaluations, seconds, sequences, effectiveSequences, sites, states}; the objective is in nats, summed over weighted sequences and sites, penalties included. Boltzmann learning has {…, pearson, slope, gradientNorm, iterations, sweeps} and factored attention {…, loss, iterations, heads} instead.\n\nAn autoregressive model is no Potts model: its run keeps artifacts/autoregressive.safetensors, from which `potts generate` and `check` draw exactly and `energies` and `mutations` take exact log-probabilities, and the epistasis around the focus sequence (or the consensus) as couplings for `potts contacts`, `compare` and `show`.',
  positionals: [
    {
      name: 'FILE',
      required: true,
      description:
        'An alignment (FASTA, A2M, A3M, Stockholm, one sequence a line; .gz), or - for standard input.',
    },
  ],
  options: pottsInferOptions,
  examples: [
    {
      command: 'spinformer potts infer family.a2m --focus DYR_ECOLI',
      explains: "Couplings of a protein family, columns and numbers as in E. coli's sequence.",
    },
    {
      command:
        'spinformer potts infer DHFR.a2m --like plmc --focus DYR_ECOLI --coupling-penalty 16 --field-penalty 0.01',
      explains: 'What `plmc -le 16 -lh 0.01 -t 0.2 -g -f DYR_ECOLI` computes, objective on its scale.',
    },
    {
      command: 'spinformer potts infer family.fasta --method plm-asymmetric --write plmc,npz',
      explains: 'Contacts sooner and in less memory; the model also as plmc and NumPy read it.',
    },
    {
      command: 'spinformer potts infer family.fasta --method boltzmann --target 0.95',
      explains: 'A model that reproduces the two-site statistics, for generating sequences.',
    },
    {
      command: 'zcat family.fasta.gz | spinformer potts infer - --json | jq .effectiveSequences',
      explains: 'From a pipe, one number out.',
    },
  ],
  announce: ({ positionals }) => `Reading ${positionals.FILE === '-' ? 'standard input' : positionals.FILE}`,
  load: async () => (await import('../handlers/potts-infer.ts')).runPottsInfer,
};
