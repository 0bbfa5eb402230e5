import type { CommandSpec } from '../spec/command-spec.ts';

export const attentionMapsCommand: CommandSpec = {
  name: 'attention maps',
  summary: 'where a trained model looks, as pictures and tables',
  description:
    'Draws the attention maps of a run of attention train into its artifacts (SVG, PNG, CSV). Maps of a standard encoder are averages over the training data.\n\nWith --json: {schema: 1, layers, heads, sites, maps: [{layer, head, values: [[…]]}], files}. Row i says where site i looks.',
  positionals: [
    { name: 'RUN', required: true, description: 'A run of attention train: folder, name or `latest`.' },
  ],
  options: {},
  examples: [{ command: 'spinformer attention maps latest', explains: 'The maps of the last run.' }],
  announce: ({ positionals }) => `Drawing the maps of ${positionals.RUN}`,
  load: async () => (await import('../handlers/attention-maps.ts')).runAttentionMaps,
};
