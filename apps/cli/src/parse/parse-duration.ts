import { UsageError } from '../errors/usage-error.ts';

const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600 };

/**
 * Seconds of `90s`, `5m`, `1h30m`, `0.5h`.
 * @param option its name, for the error
 * @throws {UsageError} for anything else
 */
export function parseDuration(option: string, text: string): number {
  const isWhole = /^(?:\d+(?:\.\d+)?[hms])+$/.test(text);
  const parts = isWhole ? [...text.matchAll(/(\d+(?:\.\d+)?)([hms])/g)] : [];
  const seconds = parts.reduce((sum, [, count, unit]) => sum + Number(count) * SECONDS[unit], 0);
  if (seconds > 0) return seconds;
  throw new UsageError(
    `--${option} must be a time such as 90s, 5m or 1h30m, got ${JSON.stringify(text)}. Give a unit with every number.`,
  );
}
