import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { InputError } from '../errors/input-error.ts';
import { UsageError } from '../errors/usage-error.ts';
import { suggest } from '../parse/suggest.ts';

/** Where runs go unless --out says otherwise. */
export const RUNS_FOLDER = 'runs';

/** Names of the run directories in a folder, oldest first. */
export function runNames(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && existsSync(join(folder, entry.name, 'run.json')))
      .map(({ name }) => name)
      .sort();
  } catch {
    return [];
  }
}

/**
 * The folder of a run, given as a path, as its name under runs/, as any part of that name that only one run has, or
 * as `latest`.
 * @throws {InputError} when there is none
 * @throws {UsageError} when several fit
 */
export function findRun(reference: string, folder = RUNS_FOLDER): string {
  if (existsSync(join(reference, 'run.json'))) return resolve(reference);
  const names = runNames(folder);
  if (reference === 'latest' && names.length > 0) return resolve(folder, names.at(-1) as string);
  const fitting = names.filter((name) => name.includes(reference));
  if (fitting.length === 1) return resolve(folder, fitting[0]);
  if (fitting.length > 1)
    throw new UsageError(
      `${reference} fits ${fitting.length} runs: ${fitting.slice(0, 4).join(', ')}. Give more of the name.`,
    );
  if (existsSync(reference)) throw new InputError(`${reference} is no run directory: it has no run.json.`);
  const near = suggest(reference, names);
  const hint = near ? ` Did you mean ${near}?` : ' See spinformer runs list.';
  throw new InputError(`there is no run ${reference}, neither as a folder nor in ${folder}/.${hint}`);
}
