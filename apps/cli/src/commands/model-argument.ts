import type { PositionalSpec } from '../spec/command-spec.ts';

/** A Potts model as a word on the command line. */
export function modelArgument(name = 'MODEL', required = true): PositionalSpec {
  return {
    name,
    required,
    description:
      'A run (folder, name or `latest`) or a model file, of any format that `potts convert` reads.',
  };
}
