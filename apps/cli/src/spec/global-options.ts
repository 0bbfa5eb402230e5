import type { OptionTable } from './option-spec.ts';

/** Options that every command understands. */
export const globalOptions = {
  seed: {
    type: 'string',
    value: 'N',
    default: '0',
    group: 'Run',
    description: 'Seed of all random numbers; a whole number or a word. The same seed gives the same bytes.',
  },
  backend: {
    type: 'string',
    choices: ['wasm', 'cpu'],
    default: 'wasm',
    group: 'Run',
    description:
      'Where tensors are computed: WebAssembly SIMD threads, or plain TypeScript (slow, the reference).',
  },
  threads: {
    type: 'integer',
    value: 'N',
    minimum: 1,
    maximum: 64,
    defaultText: 'all cores',
    group: 'Run',
    description: 'Threads to compute with. Results do not depend on it.',
  },
  out: {
    type: 'string',
    value: 'DIR',
    short: 'o',
    defaultText: 'runs/<time>-<command>-<id>',
    group: 'Run',
    description: 'Folder of this run. One that already holds files is refused.',
  },
  label: { type: 'string', value: 'TEXT', group: 'Run', description: 'A note of yours, kept in run.json.' },
  config: {
    type: 'string',
    value: 'FILE',
    group: 'Run',
    description:
      'Take options from a JSON file (a config.json of an earlier run) or from - (standard input); flags win.',
  },
  set: {
    type: 'string',
    value: 'KEY=VALUE',
    many: true,
    group: 'Run',
    description: 'Set one entry of the configuration; may be given several times.',
  },
  'dry-run': {
    type: 'boolean',
    group: 'Run',
    description: 'Check options and input, say what would be done, write nothing.',
  },
  strict: {
    type: 'boolean',
    group: 'Run',
    description: 'Leave with code 4 when a computation ends without converging.',
  },
  json: {
    type: 'boolean',
    group: 'Output',
    description: 'Print the result as one JSON document on standard output.',
  },
  jsonl: {
    type: 'boolean',
    group: 'Output',
    description: 'Print every step as a line of JSON, and the result as the last one.',
  },
  quiet: {
    type: 'boolean',
    short: 'q',
    group: 'Output',
    description: 'Say nothing but results, warnings and errors.',
  },
  verbose: { type: 'boolean', short: 'v', group: 'Output', description: 'Say more of what is being done.' },
  'no-color': {
    type: 'boolean',
    group: 'Output',
    description: 'No colours; the variable NO_COLOR does the same.',
  },
  debug: { type: 'boolean', group: 'Output', description: 'Print the stack of an error.' },
  help: { type: 'boolean', short: 'h', group: 'Output', description: 'Explain the command.' },
} as const satisfies OptionTable;
