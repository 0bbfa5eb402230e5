import { existsSync, mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/**
 * Makes a folder and those above it. (Node's own recursive mkdir never returns where a file system answers ENOENT to
 * every attempt, as /proc does.)
 * @returns the topmost folder that was made; undefined where all were there
 */
export function makeFolder(path: string): string | undefined {
  const missing: string[] = [];
  let at = resolve(path);
  while (!existsSync(at)) {
    missing.push(at);
    at = dirname(at);
  }
  for (const folder of [...missing].reverse()) makeOne(folder);
  return missing.at(-1);
}

function makeOne(path: string): void {
  try {
    mkdirSync(path);
  } catch (error) {
    // Another process may have made it in the meantime.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}
