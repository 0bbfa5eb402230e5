import { LabError } from '@spinformer/numerics';
import { UsageError } from '../../errors/usage-error.ts';
import { kebabCase, type OptionTable } from '../../spec/option-spec.ts';

/**
 * Runs `body`; what the library refuses about an argument is said of the option of that name.
 * @param also names of the library's arguments by their options, where they differ
 * @throws {UsageError} `--patch: 3 does not divide …` for the library's `patch: 3 does not divide …`
 */
export function flagged<T>(
  table: OptionTable,
  body: () => T,
  also: Readonly<Record<string, string>> = {},
): T {
  try {
    return body();
  } catch (error) {
    throw asUsage(table, error, also);
  }
}

/** The library's error in words of the command line; others as they are. */
export function asUsage(
  table: OptionTable,
  error: unknown,
  also: Readonly<Record<string, string>> = {},
): unknown {
  if (!(error instanceof LabError) || error.code !== 'usage') return error;
  const option = (name: string) => also[name] ?? (kebabCase(name) in table ? kebabCase(name) : undefined);
  const message = error.message.replace(/^(\w+):/, (whole, name: string) =>
    option(name) ? `--${option(name)}:` : whole,
  );
  return new UsageError(inFlags(message), { cause: error });
}

/** Remedies that name the library's options, by those of the command line. */
function inFlags(message: string): string {
  return message
    .replace('neighbours: 1', '--j2 0')
    .replace('periodic: false', '--open')
    .replace(/\bmaximumBytes\b/, '--memory')
    .replace(/\bmemoryBudget\b/, '--memory')
    .replace(/'(none|stripe|marshall)'/g, '$1');
}
