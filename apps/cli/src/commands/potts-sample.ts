import type { CommandSpec } from '../spec/command-spec.ts';
import type { OptionTable } from '../spec/option-spec.ts';
import { latticeOptions } from './lattice-options.ts';
import { modelArgument } from './model-argument.ts';

export const pottsSampleOptions = {
  samples: {
    type: 'integer',
    value: 'N',
    minimum: 1,
    default: 1000,
    group: 'Sampling',
    description: 'Configurations to draw, over all chains.',
  },
  chains: {
    type: 'integer',
    value: 'N',
    minimum: 1,
    defaultText: '100, or fewer samples; 8 for a lattice',
    group: 'Sampling',
    description: 'Independent Markov chains.',
  },
  'burn-in': {
    type: 'integer',
    value: 'SWEEPS',
    minimum: 0,
    default: 200,
    group: 'Sampling',
    description: 'Sweeps over all sites before the first draw.',
  },
  every: {
    type: 'integer',
    value: 'SWEEPS',
    minimum: 1,
    default: 10,
    group: 'Sampling',
    description: 'Sweeps between two draws of a chain.',
  },
  kernel: {
    type: 'string',
    choices: ['heat-bath', 'metropolis', 'checkerboard', 'wolff', 'swendsen-wang'],
    default: 'heat-bath',
    group: 'Sampling',
    description:
      'How chains move: site by site, by colour classes, one cluster, all clusters. The last three take a lattice; with wolff a sweep is one cluster.',
  },
  ...latticeOptions,
} as const satisfies OptionTable;

export const pottsSample: CommandSpec = {
  name: 'potts sample',
  summary: 'sequences drawn from a model, as FASTA; or a Potts model on a lattice',
  description:
    'Draws sequences from a Potts model by Markov chain Monte Carlo and prints them as FASTA on standard output (--out FILE.fasta writes a file instead).\n\n' +
    'With --lattice instead of MODEL it samples E = −K Σ_⟨ij⟩ δ(s_i, s_j) − h Σ_i δ(s_i, 0) and measures energy, order and their fluctuations with errors; this is a run, with checkpoints and a report.\n\n' +
    'With --json, for a lattice: {schema: 1, run, sites, states, coupling, critical?, results: [{beta, energy, magnetization, heatCapacity, susceptibility}], seconds}; energy, per site, and magnetization are {mean, standardError, autocorrelationTime, rHat}, time in draws; the others {mean, standardError}.',
  positionals: [modelArgument('MODEL', false)],
  options: pottsSampleOptions,
  examples: [
    {
      command: 'spinformer potts sample latest --samples 500 > drawn.fasta',
      explains: 'Five hundred sequences of the last model.',
    },
    {
      command: 'spinformer potts sample --lattice 64x64 --states 3 --kernel swendsen-wang',
      explains: 'The three-state Potts model at its critical point.',
    },
    {
      command: 'spinformer potts sample --lattice 32x32 --states 5 --temper 0.9,0.95,1,1.05',
      explains: 'Parallel tempering across a first-order transition.',
    },
  ],
  announce: ({ positionals, options }) =>
    positionals.MODEL === undefined
      ? `Sampling a lattice${options.lattice === undefined ? '' : ` of ${options.lattice}`}`
      : `Drawing sequences from ${positionals.MODEL}`,
  load: async () => (await import('../handlers/potts-sample.ts')).runPottsSample,
};
