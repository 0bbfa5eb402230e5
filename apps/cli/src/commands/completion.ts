import type { CommandSpec } from '../spec/command-spec.ts';

export const completion: CommandSpec = {
  name: 'completion',
  summary: 'a script that completes commands and options in your shell',
  description: 'Prints a completion script for bash, zsh or fish.',
  positionals: [{ name: 'SHELL', required: true, description: 'bash, zsh or fish.' }],
  options: {},
  examples: [
    { command: 'spinformer completion bash >> ~/.bashrc', explains: 'For every new bash.' },
    {
      command: 'spinformer completion fish > ~/.config/fish/completions/spinformer.fish',
      explains: 'For fish.',
    },
  ],
  load: async () => (await import('../handlers/completion.ts')).runCompletion,
};
