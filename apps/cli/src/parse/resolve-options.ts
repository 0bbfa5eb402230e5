import { UsageError } from '../errors/usage-error.ts';
import { camelCase, kebabCase, type OptionTable } from '../spec/option-spec.ts';
import { checkOption } from './check-option.ts';
import { suggest } from './suggest.ts';

/**
 * Every option of the table with its value: what was typed, else what the configuration file says, else the default.
 * Names are camelCase in the result.
 * @throws {UsageError} on values outside their range and on entries of the file that are no options.
 */
export function resolveOptions(
  table: OptionTable,
  given: ReadonlyMap<string, unknown>,
  file: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const names = Object.keys(table);
  for (const key of Object.keys(file)) {
    if (names.includes(kebabCase(key))) continue;
    const near = suggest(kebabCase(key), names);
    throw new UsageError(
      `configuration: unknown option ${key}.${near ? ` Did you mean ${camelCase(near)}?` : ''}`,
    );
  }
  const resolved: Record<string, unknown> = {};
  for (const [name, spec] of Object.entries(table)) {
    const key = camelCase(name);
    const value = given.get(name) ?? file[key] ?? spec.default;
    if (value !== undefined && value !== null) resolved[key] = checkOption(name, spec, value);
    else if (spec.many) resolved[key] = [];
    else if (spec.type === 'boolean') resolved[key] = false;
  }
  return resolved;
}
