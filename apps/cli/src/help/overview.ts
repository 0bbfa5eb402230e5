import type { CommandSpec } from '../spec/command-spec.ts';
import type { Style } from '../terminal/style.ts';

const introduction = 'spinformer: what attention learns, seen as a Potts model, from the command line';

/** The page that `spinformer --help` prints, or its part about one noun. */
export function overview(commands: readonly CommandSpec[], style: Style, noun?: string): string {
  const listed = commands.filter(({ name }) => noun === undefined || name.split(' ')[0] === noun);
  const usages = listed.map((spec) =>
    [spec.name, ...spec.positionals.map(({ name, required }) => (required ? name : `[${name}]`))].join(' '),
  );
  const width = Math.max(...usages.map((usage) => usage.length)) + 3;
  return [
    introduction,
    '',
    `${style.bold('Usage:')} spinformer ${noun === undefined ? '<command>' : `${noun} <verb>`} [options]`,
    '',
    style.bold('Commands:'),
    ...listed.map((spec, k) => `  ${usages[k].padEnd(width)}${spec.summary}`),
    '',
    style.bold('Examples:'),
    ...listed
      .flatMap(({ examples }) => examples.slice(0, 1))
      .slice(0, 6)
      .map(({ command, explains }) => `  ${style.cyan(command)}\n      ${explains}`),
    '',
    'Every command explains itself: spinformer <command> --help.',
    'Data goes to standard output, everything else to standard error. Exit codes: 0 done, 1 our bug, 2 options,',
    '3 input data, 4 not converged (--strict), 5 environment, 130 interrupted with its state saved.',
  ].join('\n');
}
