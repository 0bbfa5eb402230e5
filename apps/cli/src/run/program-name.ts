import { basename, dirname, relative, resolve } from 'node:path';
import { RUNS_FOLDER } from './find-run.ts';

/** How this program was called, so that a printed command can be pasted: from the clone it goes through pnpm. */
export function programName(): string {
  const isScript = ['spinformer', 'demo'].includes(process.env.npm_lifecycle_event ?? '');
  return isScript ? 'npx -y pnpm@12 spinformer' : 'spinformer';
}

/** A word as a shell takes it back unchanged. */
export function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/** How a person names a run on the command line: by its name where that is enough, else by its path from here. */
export function runReference(path: string): string {
  const isUsual = dirname(path) === resolve(RUNS_FOLDER);
  return shellWord(isUsual ? basename(path) : relative('.', path) || '.');
}
