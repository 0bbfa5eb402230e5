import { UsageError } from '../errors/usage-error.ts';
import type { CommandContext } from '../spec/command-context.ts';
import type { CommandSpec } from '../spec/command-spec.ts';
import { globalOptions } from '../spec/global-options.ts';
import { camelCase } from '../spec/option-spec.ts';
import { Terminal } from '../terminal/terminal.ts';
import { applySetting } from './parse-setting.ts';
import { parseWords } from './parse-words.ts';
import { type FileConfig, readConfig } from './read-config.ts';
import { resolveOptions } from './resolve-options.ts';

/**
 * From the words after a command's name to what its handler receives.
 * @throws {UsageError} on whatever was typed wrongly
 */
export async function buildContext(spec: CommandSpec, words: readonly string[]): Promise<CommandContext> {
  const table = { ...spec.options, ...globalOptions };
  const { given, positionals } = parseWords(words, table);
  const file: FileConfig = given.has('config')
    ? await readConfig(String(given.get('config')), spec.name)
    : {};
  return assembleContext(spec, words, { given, positionals, file });
}

/** The context of a run that is to be continued, from what its config.json holds. */
export function contextOfConfig(
  spec: CommandSpec,
  file: FileConfig,
  given: ReadonlyMap<string, unknown>,
): CommandContext {
  return assembleContext(spec, [], { given, positionals: [], file });
}

function assembleContext(
  spec: CommandSpec,
  words: readonly string[],
  parts: { given: ReadonlyMap<string, unknown>; positionals: readonly string[]; file: FileConfig },
): CommandContext {
  const { given, file } = parts;
  const table = { ...spec.options, ...globalOptions };
  const settings = (given.get('set') as string[] | undefined) ?? [];
  const isExperiment = spec.setsExperiment === true;
  const settle = (base: Readonly<Record<string, unknown>>) => settings.reduce(applySetting, { ...base });
  const options = resolveOptions(
    table,
    given,
    isExperiment ? (file.options ?? {}) : settle(file.options ?? {}),
  );
  const globals = Object.fromEntries(
    Object.keys(globalOptions).map((name) => [camelCase(name), options[camelCase(name)]]),
  ) as CommandContext['globals'];
  const own = Object.fromEntries(
    Object.keys(spec.options).map((name) => [camelCase(name), options[camelCase(name)]]),
  );
  return {
    command: spec.name,
    positionals: namePositionals(spec, parts.positionals, file),
    options: own,
    globals,
    fileConfig: isExperiment ? settle(file.experiment ?? {}) : {},
    words: [...spec.name.split(' '), ...words],
    terminal: new Terminal({ quiet: globals.quiet, verbose: globals.verbose, color: !globals.noColor }),
  };
}

function namePositionals(
  spec: CommandSpec,
  values: readonly string[],
  file: FileConfig,
): Readonly<Record<string, string | undefined>> {
  if (values.length > spec.positionals.length) {
    const surplus = values[spec.positionals.length];
    throw new UsageError(`spinformer ${spec.name} does not know what to do with ${surplus}. See --help.`);
  }
  const named: Record<string, string | undefined> = {};
  spec.positionals.forEach(({ name, required, description }, k) => {
    named[name] = values[k] ?? file.positionals?.[name];
    if (required && named[name] === undefined)
      throw new UsageError(`spinformer ${spec.name} needs ${name}: ${lowerFirst(description)}`);
  });
  return named;
}

function lowerFirst(text: string): string {
  return /^[A-Z][a-z]/.test(text) ? text[0].toLowerCase() + text.slice(1) : text;
}
