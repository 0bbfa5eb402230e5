import type { CommandSpec } from '../spec/command-spec.ts';

export const doctor: CommandSpec = {
  name: 'doctor',
  summary: 'what works on this machine: backends, threads, versions',
  description:
    'Probes every backend by computing with it, and says how fast it is.\n\nWith --json: {schema: 1, backends: [{name, available, reason?, mode?, threads, gflops?}], versions, machine}.',
  positionals: [],
  options: {},
  examples: [
    { command: 'spinformer doctor', explains: 'A table.' },
    { command: 'spinformer doctor --json | jq .backends', explains: 'For programs.' },
  ],
  announce: () => 'Probing each backend by a matrix product …',
  load: async () => (await import('../handlers/doctor.ts')).runDoctor,
};
