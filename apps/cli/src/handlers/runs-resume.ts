import { runsOptions } from '../commands/runs.ts';
import { commands } from '../commands.ts';
import { InputError } from '../errors/input-error.ts';
import { UsageError } from '../errors/usage-error.ts';
import { contextOfConfig } from '../parse/build-context.ts';
import { findRun } from '../run/find-run.ts';
import { liveStatus } from '../run/live-status.ts';
import { openRun } from '../run/opened-run.ts';
import { shellWord } from '../run/program-name.ts';
import { type CommandContext, optionsOf } from '../spec/command-context.ts';

/** Global options that belong to this call and not to the run. */
const taken = [
  'threads',
  'json',
  'jsonl',
  'quiet',
  'verbose',
  'no-color',
  'strict',
  'debug',
  'dry-run',
] as const;

/** `runs resume`: the run's own command again, from its newest checkpoint. */
export async function runRunsResume(context: CommandContext): Promise<number> {
  const path = findRun(String(context.positionals.RUN), optionsOf(context, runsOptions).runs);
  const run = openRun(path);
  const status = liveStatus(run.record);
  const show = `See spinformer runs show ${shellWord(path)}.`;
  if (status === 'done') throw new UsageError(`${path} is done, there is nothing to resume. ${show}`);
  if (status === 'running' && run.record.process !== process.pid)
    throw new UsageError(`${path} is at work in process ${run.record.process}. Stop that first.`);
  const spec = commands.find(({ name }) => name === run.config.command);
  if (!spec)
    throw new InputError(
      `${path} was made by spinformer ${run.config.command}, which this version does not have.`,
    );
  const given = new Map<string, unknown>();
  const { globals, terminal } = context;
  const flags: Record<string, unknown> = {
    ...globals,
    'no-color': globals.noColor,
    'dry-run': globals.dryRun,
  };
  for (const name of taken) if (flags[name]) given.set(name, flags[name]);
  terminal.note(`Resuming ${path}`);
  const resumed = contextOfConfig(spec, run.config, given);
  const handler = await spec.load();
  return handler({ ...resumed, words: run.record.words, resume: run });
}
