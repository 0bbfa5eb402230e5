import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '../errors/input-error.ts';
import type { RunConfig, RunRecord } from './run-record.ts';

/** A run directory that was found and read. */
export interface OpenedRun {
  /** Absolute. */
  readonly path: string;
  readonly record: RunRecord;
  readonly config: RunConfig;
}

/**
 * Reads run.json and config.json of a run directory.
 * @throws {InputError} when the folder is no run directory or its files are damaged
 */
export function openRun(path: string): OpenedRun {
  return {
    path,
    record: readJson<RunRecord>(path, 'run.json'),
    config: readJson<RunConfig>(path, 'config.json'),
  };
}

/** The run's summary.json; undefined for a run that is not done. */
export function readSummary(run: OpenedRun): Readonly<Record<string, unknown>> | undefined {
  try {
    return JSON.parse(readFileSync(join(run.path, 'summary.json'), 'utf8'));
  } catch {
    return undefined;
  }
}

function readJson<T extends { schema: number }>(path: string, name: string): T {
  let value: T;
  try {
    value = JSON.parse(readFileSync(join(path, name), 'utf8'));
  } catch (cause) {
    const reason =
      (cause as NodeJS.ErrnoException).code === 'ENOENT' ? `it has no ${name}` : (cause as Error).message;
    throw new InputError(`${path} is no run directory: ${reason}. See spinformer runs list.`, { cause });
  }
  if (value.schema === 1) return value;
  throw new InputError(
    `${join(path, name)} was written by another version (schema ${value.schema}). Update spinformer.`,
  );
}
