import { UsageError } from '../errors/usage-error.ts';

/**
 * `a.b=3` as {a: {b: 3}} laid over `base`. The value is JSON where it parses as JSON, else text.
 * @throws {UsageError} when there is no `=`.
 */
export function applySetting(
  base: Readonly<Record<string, unknown>>,
  setting: string,
): Record<string, unknown> {
  const at = setting.indexOf('=');
  if (at < 1) throw new UsageError(`--set ${setting}: write it as KEY=VALUE, for instance --set steps=100.`);
  const path = setting.slice(0, at).split('.');
  return place(base, path, parseValue(setting.slice(at + 1)));
}

function place(
  base: Readonly<Record<string, unknown>>,
  path: readonly string[],
  value: unknown,
): Record<string, unknown> {
  const [key, ...rest] = path;
  if (rest.length === 0) return { ...base, [key]: value };
  const inner = base[key];
  const below = typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>) : {};
  return { ...base, [key]: place(below, rest, value) };
}

function parseValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
