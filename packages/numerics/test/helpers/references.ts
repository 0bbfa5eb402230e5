import { readFileSync } from 'node:fs';

/** A file of reference values of this package. */
export function reference<T>(name: string): T {
  const url = new URL(`../../../../references/numerics/${name}`, import.meta.url);
  return JSON.parse(readFileSync(url, 'utf8')) as T;
}

/** |a − b| relative to |b|; 0 when they are equal, also as zeros and infinities. */
export function relativeError(a: number, b: number): number {
  return Object.is(a, b) || a === b ? 0 : Math.abs(a - b) / Math.abs(b);
}
