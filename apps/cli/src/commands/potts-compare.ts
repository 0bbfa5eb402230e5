import type { CommandSpec } from '../spec/command-spec.ts';
import type { OptionTable } from '../spec/option-spec.ts';
import { rankingOptions, structureOptions } from './contact-options.ts';
import { modelArgument } from './model-argument.ts';

export const pottsCompareOptions = { ...structureOptions, ...rankingOptions } as const satisfies OptionTable;

export const pottsCompare: CommandSpec = {
  name: 'potts compare',
  summary: 'two to four models: how their scores agree, their precision in one figure',
  description:
    'Compares models of the same family, whatever they were inferred with: the correlation of their contact scores, how many of the L strongest pairs they share, and with --structure their precision curves in one figure. Sites are matched by their numbers; those that not all models have are left out. Pictures and tables go to --out DIR (default: the folder that is open).\n\n' +
    'With --json: {schema: 1, sites, models: [{name, precision?}], agreements: [{first, second, pearson, spearman, shared}], files}; `shared` is the part of the L strongest pairs that both have.',
  positionals: [modelArgument('A'), modelArgument('B'), modelArgument('C', false), modelArgument('D', false)],
  options: pottsCompareOptions,
  examples: [
    {
      command: 'spinformer potts compare plm-run mean-field-run --structure 1rx2.pdb',
      explains: 'Which method finds more contacts?',
    },
    {
      command: 'spinformer potts compare latest plmc.params',
      explains: "A run against a peer's parameters.",
    },
  ],
  announce: ({ positionals }) => `Comparing ${Object.values(positionals).filter(Boolean).join(', ')}`,
  load: async () => (await import('../handlers/potts-compare.ts')).runPottsCompare,
};
