import type { CommandSpec } from '../spec/command-spec.ts';
import type { OptionTable } from '../spec/option-spec.ts';

const RUN = {
  name: 'RUN',
  required: true,
  description: 'Its folder, its name or a part of it, or `latest`.',
} as const;

export const runsOptions = {
  runs: {
    type: 'string',
    value: 'DIR',
    default: 'runs',
    group: 'Runs',
    description: 'The folder in which runs are.',
  },
} as const satisfies OptionTable;

export const cleanOptions = {
  ...runsOptions,
  yes: { type: 'boolean', group: 'Runs', description: 'Really remove; without it, only says what would go.' },
} as const satisfies OptionTable;

export const runsCommands: readonly CommandSpec[] = [
  {
    name: 'runs list',
    summary: 'the runs in runs/, newest last',
    description:
      'Lists runs with their state.\n\nWith --json: {schema: 1, runs: [{id, path, command, status, started, seconds, label?}]}.',
    positionals: [],
    options: runsOptions,
    examples: [{ command: 'spinformer runs list', explains: 'All of them.' }],
    load: async () => (await import('../handlers/runs-list.ts')).runRunsList,
  },
  {
    name: 'runs show',
    summary: 'what a run was, and what came out',
    description:
      'Shows how a run was made, its results and its files.\n\nWith --json: {schema: 1, record, config, summary?, files}.',
    positionals: [RUN],
    options: runsOptions,
    examples: [{ command: 'spinformer runs show latest', explains: 'The last one.' }],
    load: async () => (await import('../handlers/runs-show.ts')).runRunsShow,
  },
  {
    name: 'runs diff',
    summary: 'in what two runs differ: how they were made, and what came out',
    description:
      'Compares the configurations and the results of two runs, entry by entry.\n\nWith --json: {schema: 1, a, b, made: [{key, a?, b?, change?}], results: [{key, a?, b?, change?}]}; change is b − a of numbers.',
    positionals: [
      { ...RUN, name: 'A' },
      { ...RUN, name: 'B' },
    ],
    options: runsOptions,
    examples: [{ command: 'spinformer runs diff 0412-potts-infer latest', explains: 'What did I change?' }],
    load: async () => (await import('../handlers/runs-diff.ts')).runRunsDiff,
  },
  {
    name: 'runs resume',
    summary: 'go on with an interrupted run, to the same result bit for bit',
    description:
      'Continues a run that was interrupted or killed from its newest checkpoint. The result is the same, byte by byte, as if it had never stopped.',
    positionals: [RUN],
    options: runsOptions,
    examples: [{ command: 'spinformer runs resume latest', explains: 'The last one.' }],
    load: async () => (await import('../handlers/runs-resume.ts')).runRunsResume,
  },
  {
    name: 'runs cite',
    summary: 'BibTeX of what a run rests on',
    description: 'Prints the references of the methods that a run used, as BibTeX.',
    positionals: [RUN],
    options: runsOptions,
    examples: [{ command: 'spinformer runs cite latest >> paper.bib', explains: 'Into your bibliography.' }],
    load: async () => (await import('../handlers/runs-cite.ts')).runRunsCite,
  },
  {
    name: 'runs clean',
    summary: 'remove runs that were interrupted or failed',
    description:
      'Removes the folders of runs that did not come to their end and are not at work. Says what would go; --yes does it.',
    positionals: [],
    options: cleanOptions,
    examples: [{ command: 'spinformer runs clean --yes', explains: 'Remove them.' }],
    load: async () => (await import('../handlers/runs-clean.ts')).runRunsClean,
  },
];
