import type { CommandSpec } from '../spec/command-spec.ts';
import type { OptionTable } from '../spec/option-spec.ts';
import { alignmentOptions } from './alignment-options.ts';

export const pottsInferOptions = {
  method: {
    type: 'string',
    choices: ['plm', 'plm-asymmetric'],
    default: 'plm',
    group: 'Inference',
    description:
      'Pseudo-likelihood with one symmetric J, or one regression for each site, averaged afterwards.',
  },
  like: {
    type: 'string',
    choices: ['plmc'],
    group: 'Inference',
    description:
      "Take a peer program's conventions for gaps, penalties, reweighting and the objective's scale as a whole.",
  },
  identity: {
    type: 'number',
    value: 'SHARE',
    minimum: 0,
    maximum: 1,
    exclusive: true,
    default: 0.8,
    group: 'Inference',
    description:
      'Sequences that agree in at least this share of sites count as neighbours; a weight is 1/neighbours. 1: only equal ones.',
  },
  'field-penalty': {
    type: 'number',
    value: 'X',
    minimum: 0,
    defaultText: '0.01',
    group: 'Inference',
    description:
      "λ_h of the penalty λ_h Σ h², added to the summed negative log-likelihood (nats); under --like, on the peer's scale.",
  },
  'coupling-penalty': {
    type: 'number',
    value: 'X',
    minimum: 0,
    defaultText: '0.1 · (sites − 1), and half of it with plm-asymmetric, which pays for both directions',
    group: 'Inference',
    description: "λ_J of the penalty λ_J Σ_{i<j} J², in the same units; under --like, on the peer's scale.",
  },
  'max-steps': {
    type: 'integer',
    value: 'N',
    minimum: 1,
    maximum: 1_000_000,
    defaultText: '500',
    group: 'Inference',
    description: 'Steps of L-BFGS at most.',
  },
  tolerance: {
    type: 'number',
    value: 'X',
    minimum: 0,
    exclusive: true,
    defaultText: '1e-4, 1e-2 for plm-asymmetric',
    group: 'Inference',
    description:
      'Converged when a step lowers the objective by a smaller share; plm-asymmetric: when the gradient of each site has fallen to this share.',
  },
  ...alignmentOptions,
} as const satisfies OptionTable;

export const pottsInfer: CommandSpec = {
  name: 'potts infer',
  summary: 'couplings and fields of a Potts model from an alignment',
  description:
    'Solves the inverse Potts problem by maximising the pseudo-likelihood of the sequences in FILE. The run directory keeps the model (artifacts/model.safetensors), contact scores and a report.\n\n' +
    'With --json: {schema: 1, run, objective, evaluations, seconds, sequences, effectiveSequences, sites, states}; the objective is in nats, summed over weighted sequences and sites, penalties included.',
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
      command: 'zcat family.fasta.gz | spinformer potts infer - --json | jq .effectiveSequences',
      explains: 'From a pipe, one number out.',
    },
  ],
  announce: ({ positionals }) => `Reading ${positionals.FILE === '-' ? 'standard input' : positionals.FILE}`,
  load: async () => (await import('../handlers/potts-infer.ts')).runPottsInfer,
};
