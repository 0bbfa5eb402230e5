import type { CommandSpec } from '../spec/command-spec.ts';
import type { OptionTable } from '../spec/option-spec.ts';

export const runOptions = {
  preset: {
    type: 'string',
    choices: ['quick', 'paper'],
    default: 'quick',
    group: 'Experiment',
    description: 'Within two minutes on two cores, or the size of the publication.',
  },
  alignment: {
    type: 'string',
    value: 'FILE',
    group: 'Experiment',
    description: 'Alignment, for experiments about a family.',
  },
  structure: {
    type: 'string',
    value: 'FILE',
    group: 'Experiment',
    description: 'Structure (PDB or mmCIF), for the same.',
  },
  list: {
    type: 'boolean',
    group: 'Experiment',
    description: 'List the experiments, or the settings of one with their units, ranges and defaults.',
  },
} as const satisfies OptionTable;

export const runExperiment: CommandSpec = {
  name: 'run',
  summary: 'one study, end to end',
  description:
    'Runs an experiment: a claim, what was computed to test it, and what came out, as figures and a report. --set changes its settings.',
  positionals: [{ name: 'EXPERIMENT', description: 'Which one; run --list names them.' }],
  options: runOptions,
  examples: [
    { command: 'spinformer run --list', explains: 'Which experiments there are.' },
    {
      command: 'spinformer run known-truth --set sites=12 --seed 3',
      explains: 'One of them, with another size and seed.',
    },
    { command: 'spinformer run words --list', explains: 'What can be set in it.' },
  ],
  setsExperiment: true,
  announce: ({ positionals }) => `Preparing ${positionals.EXPERIMENT ?? 'the list of experiments'}`,
  load: async () => (await import('../handlers/run-experiment.ts')).runOneExperiment,
};
