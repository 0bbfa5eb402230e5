import type { CommandSpec } from '../spec/command-spec.ts';

export const attentionToPotts: CommandSpec = {
  name: 'attention to-potts',
  summary: 'a trained factored layer written as a Potts model',
  description:
    'Writes the Potts model that a factored layer is, in the zero-sum gauge: J_ij(a, b) = Σ_h A^h_ij V^h(a, b), averaged over both directions. potts contacts and potts sample take the file.\n\nWith --json: {schema: 1, model, sites, states, asymmetry}.',
  positionals: [
    { name: 'RUN', required: true, description: 'A run of attention train: folder, name or `latest`.' },
  ],
  options: {},
  examples: [
    {
      command: 'spinformer attention to-potts latest --out layer.safetensors',
      explains: 'Into a file of that name; default artifacts/model.safetensors of the run.',
    },
    { command: 'spinformer potts contacts latest', explains: 'Then: the contacts of the layer.' },
  ],
  announce: ({ positionals }) => `Reading the layer of ${positionals.RUN}`,
  load: async () => (await import('../handlers/attention-to-potts.ts')).runAttentionToPotts,
};
