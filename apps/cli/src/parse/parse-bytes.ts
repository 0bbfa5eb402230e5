import { UsageError } from '../errors/usage-error.ts';

const POWERS: Readonly<Record<string, number>> = { K: 10, M: 20, G: 30, T: 40 };

/**
 * Bytes of `512M`, `2G`, `1.5GiB`: units of 1024.
 * @param option its name, for the error
 * @throws {UsageError} for anything else
 */
export function parseBytes(option: string, text: string): number {
  const match = /^(\d+(?:\.\d+)?)([KMGT])(?:i?B)?$/i.exec(text);
  const bytes = match ? Math.floor(Number(match[1]) * 2 ** POWERS[match[2].toUpperCase()]) : 0;
  if (bytes > 0) return bytes;
  throw new UsageError(
    `--${option} must be a size such as 512M or 2G, got ${JSON.stringify(text)}. Give a number with its unit.`,
  );
}
