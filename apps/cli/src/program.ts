import { commands } from './commands.ts';
import { EXIT, exitCodeOf } from './errors/exit-codes.ts';
import { explain } from './errors/explain.ts';
import { UsageError } from './errors/usage-error.ts';
import { commandHelp } from './help/command-help.ts';
import { overview } from './help/overview.ts';
import { buildContext } from './parse/build-context.ts';
import { suggest } from './parse/suggest.ts';
import type { CommandSpec } from './spec/command-spec.ts';
import { styleFor } from './terminal/style.ts';

/**
 * Runs the command line on the words after `spinformer`.
 * @returns the exit code; never throws
 */
export async function main(words: readonly string[]): Promise<number> {
  const flags = new Set(words.slice(0, words.includes('--') ? words.indexOf('--') : undefined));
  process.stdout.on('error', leaveQuietly);
  try {
    return await dispatch(words, flags);
  } catch (error) {
    const style = styleFor(process.stderr, !flags.has('--no-color'));
    process.stderr.write(`${style.red(explain(error, { debug: flags.has('--debug') }))}\n`);
    return exitCodeOf(error);
  }
}

async function dispatch(words: readonly string[], flags: ReadonlySet<string>): Promise<number> {
  const wantsHelp = flags.has('--help') || flags.has('-h') || words[0] === 'help';
  const names = words.filter((word) => word !== 'help');
  const spec = findCommand(names);
  const style = styleFor(process.stdout, !flags.has('--no-color'));
  if (spec && wantsHelp) return print(commandHelp(spec, style));
  if (spec) {
    const context = await buildContext(spec, words.slice(spec.name.split(' ').length));
    if (spec.announce) context.terminal.note(spec.announce(context));
    const run = await spec.load();
    return run(context);
  }
  if (words[0] === '--version' || words[0] === '-V') return print(await version());
  const noun = commands.some(({ name }) => name.startsWith(`${names[0]} `)) ? names[0] : undefined;
  if (wantsHelp && (noun || !names[0] || names[0].startsWith('-')))
    return print(overview(commands, style, noun));
  if (words.length === 0) {
    process.stderr.write(`${overview(commands, styleFor(process.stderr, !flags.has('--no-color')))}\n`);
    return EXIT.usage;
  }
  throw unknownCommand(names, noun);
}

function findCommand(words: readonly string[]): CommandSpec | undefined {
  const byLength = [...commands].sort((a, b) => b.name.length - a.name.length);
  return byLength.find(({ name }) => name === words.slice(0, name.split(' ').length).join(' '));
}

function unknownCommand(words: readonly string[], noun: string | undefined): UsageError {
  const verbs = commands
    .filter(({ name }) => name.startsWith(`${noun} `))
    .map(({ name }) => name.split(' ')[1]);
  if (noun && (words[1] === undefined || words[1].startsWith('-')))
    return new UsageError(`${noun} needs a verb: ${verbs.map((verb) => `${noun} ${verb}`).join(', ')}.`);
  const typed = noun ? words[1] : words[0];
  const known = noun ? verbs : [...new Set(commands.map(({ name }) => name.split(' ')[0]))];
  const near = suggest(typed, known);
  const prefix = noun ? `${noun} ` : '';
  const hint = near ? `Did you mean spinformer ${prefix}${near}?` : 'See spinformer --help.';
  if (typed.startsWith('-'))
    return new UsageError(`options follow a command, got ${typed} first. See spinformer --help.`);
  return new UsageError(`unknown command ${prefix}${typed}. ${hint}`);
}

function print(text: string): number {
  process.stdout.write(`${text}\n`);
  return EXIT.done;
}

async function version(): Promise<string> {
  const { packageVersion } = await import('./run/versions.ts');
  return packageVersion();
}

/** A reader such as `head` that has seen enough is no error. */
function leaveQuietly(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') process.exit(EXIT.done);
  throw error;
}
