import type { CommandSpec } from '../spec/command-spec.ts';
import type { OptionTable } from '../spec/option-spec.ts';
import { vqsModelOptions } from './vqs-model-options.ts';
import { vqsOptimizerOptions, vqsSamplingOptions } from './vqs-optimizer-options.ts';
import { vqsWaveOptions } from './vqs-wave-options.ts';

export const vqsOptimizeOptions = {
  ...vqsModelOptions,
  ...vqsWaveOptions,
  ...vqsOptimizerOptions,
  ...vqsSamplingOptions,
} as const satisfies OptionTable;

export const vqsOptimize: CommandSpec = {
  name: 'vqs optimize',
  summary: 'a transformer that finds the ground state of a quantum magnet',
  description:
    "Lowers the energy of a transformer wave function by stochastic reconfiguration, beside the exact energy where the model is small enough to be diagonalised in seconds. The run directory keeps the wave function (artifacts/wave-function.safetensors), the energy's course, attention maps, the spin structure factor and a report.\n\n" +
    'With --json: {schema: 1, run, energyPerSite: {mean, standardError}, exactEnergyPerSite?, relativeError?, vScore, parameters, steps, seconds, status}. Energies in S·S units, S = σ/2; the final energy is measured anew, with all configurations or with at least 4096 samples.',
  positionals: [],
  options: vqsOptimizeOptions,
  examples: [
    {
      command: 'spinformer vqs optimize --lattice square --size 4x4 --j2 0.5 --attention factored --seed 1',
      explains: 'Attention without queries and keys, all configurations summed.',
    },
    {
      command:
        'spinformer vqs optimize --lattice square --size 6x6 --j2 0.5 --width 32 --samples 2048 --time 1h',
      explains: 'By sampling, for an hour; runs resume latest goes on for another.',
    },
    {
      command: 'spinformer vqs optimize --start latest --j2 0.4 --train-only head --steps 50',
      explains: 'The same state at another coupling, only its head trained.',
    },
  ],
  announce: ({ options }) =>
    options.start
      ? `Starting from ${options.start}`
      : `Optimising a wave function on ${options.lattice ?? ''} ${options.size ?? ''}`.trimEnd(),
  load: async () => (await import('../handlers/vqs-optimize.ts')).runVqsOptimize,
};
