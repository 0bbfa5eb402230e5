import { rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { cleanOptions } from '../commands/runs.ts';
import { writeFailure } from '../errors/environment-error.ts';
import { EXIT } from '../errors/exit-codes.ts';
import { runNames } from '../run/find-run.ts';
import { liveStatus } from '../run/live-status.ts';
import { openRun } from '../run/opened-run.ts';
import { type CommandContext, optionsOf } from '../spec/command-context.ts';

/** `runs clean`. */
export async function runRunsClean(context: CommandContext): Promise<number> {
  const { terminal, globals } = context;
  const { runs: folder, yes } = optionsOf(context, cleanOptions);
  const unfinished = runNames(folder)
    .map((name) => resolve(folder, name))
    .filter((path) => isUnfinished(path));
  const isRemoving = yes && !globals.dryRun;
  for (const path of isRemoving ? unfinished : []) remove(path);
  if (globals.json || globals.jsonl)
    terminal.data(JSON.stringify({ schema: 1, removed: isRemoving, runs: unfinished }));
  else for (const path of unfinished) terminal.data(path);
  if (unfinished.length === 0) terminal.note('Nothing to clean: every run is done or at work.');
  else if (!isRemoving) terminal.note(`These ${unfinished.length} would be removed. Add --yes to do it.`);
  return EXIT.done;
}

function isUnfinished(path: string): boolean {
  try {
    return ['interrupted', 'failed'].includes(liveStatus(openRun(path).record));
  } catch {
    return false;
  }
}

function remove(path: string): void {
  try {
    rmSync(path, { recursive: true });
  } catch (cause) {
    throw writeFailure(path, cause);
  }
}
