import { existsSync } from 'node:fs';
import { UsageError } from '../errors/usage-error.ts';

/**
 * Nothing is overwritten silently.
 * @throws {UsageError} when there is something of this name
 */
export function refuseExisting(name: string, path: string | undefined): void {
  if (path !== undefined && existsSync(path))
    throw new UsageError(`${name} ${path} exists already. Choose another name.`);
}
