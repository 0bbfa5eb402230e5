import { resolve } from 'node:path';
import type { CommandContext } from '../spec/command-context.ts';
import type { InputFile } from './read-input.ts';
import type { RunConfig } from './run-record.ts';

/**
 * config.json of a run: every option with its value, defaults included. A resumed run keeps the one it has.
 * @param parts.paths names of options that are files, kept as absolute paths
 */
export function runConfig(
  context: CommandContext,
  parts: {
    readonly inputs?: Readonly<Record<string, InputFile>>;
    readonly paths?: readonly string[];
    readonly experiment?: Readonly<Record<string, unknown>>;
    /** Options whose defaults depend on the data, as they were resolved. */
    readonly resolved?: Readonly<Record<string, unknown>>;
  },
): RunConfig {
  if (context.resume) return context.resume.config;
  const { seed, backend, threads, strict } = context.globals;
  const absolute = (name: string, value: unknown) =>
    parts.paths?.includes(name) && typeof value === 'string' && value !== '-' ? resolve(value) : value;
  const entries = Object.entries({ ...context.options, ...parts.resolved })
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => [name, absolute(name, value)]);
  const positionals = Object.entries(context.positionals)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => [name, absolute(name, value)]);
  const inputs = Object.entries(parts.inputs ?? {}).map(([key, { digest }]) => [key, digest]);
  return {
    schema: 1,
    command: context.command,
    positionals: Object.fromEntries(positionals),
    options: {
      ...Object.fromEntries(entries),
      seed,
      backend,
      ...(threads ? { threads } : {}),
      ...(strict ? { strict } : {}),
    },
    ...(parts.experiment ? { experiment: parts.experiment } : {}),
    ...(inputs.length > 0 ? { input: Object.fromEntries(inputs) } : {}),
  };
}
