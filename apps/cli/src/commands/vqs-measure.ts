import type { CommandSpec } from '../spec/command-spec.ts';
import type { OptionTable } from '../spec/option-spec.ts';
import { vqsSamplingOptions } from './vqs-optimizer-options.ts';

const { samples, chains, 'burn-in': burnIn, ...sampling } = vqsSamplingOptions;

export const vqsMeasureOptions = {
  observables: {
    type: 'string',
    value: 'LIST',
    default: 'energy,structure-factor,correlations,marshall',
    group: 'Observables',
    description:
      'What to measure, with commas between: energy, structure-factor, correlations, dimers, marshall, renyi, fidelity.',
  },
  with: {
    type: 'string',
    value: 'RUN2|exact',
    group: 'Observables',
    description:
      'The other state of fidelity: of another run, or the exact ground state (one of them, where there are several).',
  },
  components: {
    type: 'string',
    choices: ['all', 'z'],
    defaultText: 'all with --samples all, else z',
    group: 'Observables',
    description:
      'Measure S·S as it is, which looks at the amplitude of every exchange, or as 3 SᶻSᶻ: cheap, and the same for singlets.',
  },
  region: {
    type: 'string',
    value: 'SITES',
    defaultText: 'the first half',
    group: 'Observables',
    description: 'Sites (from 0) of the region of renyi, with commas between.',
  },
  samples: {
    ...samples,
    defaultText: 'all up to 16,384 configurations, else 4096',
    description: 'Configurations to measure on; all sums over every one with its exact probability.',
  },
  chains: { ...chains, defaultText: '256 of 4096 samples, else a quarter of the samples' },
  'burn-in': { ...burnIn, defaultText: '50' },
  ...sampling,
} as const satisfies OptionTable;

export const vqsMeasure: CommandSpec = {
  name: 'vqs measure',
  summary: 'what a wave function holds: energy, correlations, order, entanglement',
  description:
    "Measures the wave function of a run of vqs optimize, with errors, and draws what can be drawn into the run's artifacts (or --out).\n\n" +
    'With --json: {schema: 1, run, samples, energyPerSite?: {mean, standardError}, vScore?, structureFactor?: [{kx, ky, value, standardError}], correlations?: [{dx, dy, value, standardError}], dimers?: [{i, j, mean, connected}], marshallSign?: {mean, standardError}, renyi?: {value, standardError}, fidelity?: {mean, standardError}, acceptance, seconds, files}. kx, ky in units of 2π/extent; renyi in nats; dimers are SᶻSᶻ of bonds, connected with the first one. Errors are 0 with --samples all.',
  positionals: [
    { name: 'RUN', required: true, description: 'A run of vqs optimize: folder, name or `latest`.' },
  ],
  options: vqsMeasureOptions,
  examples: [
    { command: 'spinformer vqs measure latest', explains: 'Energy, structure factor, correlations, signs.' },
    {
      command: 'spinformer vqs measure latest --observables fidelity --with exact',
      explains: 'How much of the exact ground state it is.',
    },
    {
      command: 'spinformer vqs measure latest --observables renyi --samples 8192 --chains 4096 --json',
      explains: 'The entanglement of one half with the other.',
    },
  ],
  announce: ({ positionals }) => `Measuring ${positionals.RUN}`,
  load: async () => (await import('../handlers/vqs-measure.ts')).runVqsMeasure,
};
