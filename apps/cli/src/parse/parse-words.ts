import { parseArgs } from 'node:util';
import { UsageError } from '../errors/usage-error.ts';
import type { OptionTable } from '../spec/option-spec.ts';
import { suggest } from './suggest.ts';

/** What stands on the command line, before defaults and checks. */
export interface ParsedWords {
  /** Options that were given, by their name on the command line; repeated ones as arrays. */
  readonly given: ReadonlyMap<string, unknown>;
  readonly positionals: readonly string[];
}

/**
 * Splits words into options and positionals. Strict: an option that the table does not know is refused with the
 * nearest known one.
 * @throws {UsageError} on unknown options, missing values, and values for switches.
 */
export function parseWords(words: readonly string[], table: OptionTable): ParsedWords {
  const options = Object.fromEntries(
    Object.entries(table).map(([name, spec]) => [
      name,
      {
        type: spec.type === 'boolean' ? ('boolean' as const) : ('string' as const),
        multiple: true,
        ...(spec.short ? { short: spec.short } : {}),
      },
    ]),
  );
  const { tokens, positionals } = parseArgs({
    args: [...words],
    options,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const given = new Map<string, unknown>();
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    const spec = table[token.name];
    if (!spec) throw unknownOption(token.rawName, table);
    if (spec.type === 'boolean' && token.value !== undefined)
      throw new UsageError(`${token.rawName} is a switch and takes no value, got ${token.value}.`);
    const isSwallowed = token.inlineValue === false && /^--./.test(token.value);
    if (spec.type !== 'boolean' && (token.value === undefined || isSwallowed))
      throw new UsageError(`${token.rawName} needs a value: ${token.rawName} ${spec.value ?? 'VALUE'}.`);
    const value = spec.type === 'boolean' ? true : token.value;
    given.set(token.name, spec.many ? [...((given.get(token.name) as unknown[]) ?? []), value] : value);
  }
  return { given, positionals };
}

function unknownOption(typed: string, table: OptionTable): UsageError {
  const near = suggest(typed.replace(/^-+/, ''), Object.keys(table));
  const hint = near ? ` Did you mean --${near}?` : ' See --help for those there are.';
  return new UsageError(`unknown option ${typed}.${hint}`);
}
