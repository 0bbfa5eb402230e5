import { join, resolve } from 'node:path';
import { runsOptions } from '../commands/runs.ts';
import { EXIT } from '../errors/exit-codes.ts';
import { runNames } from '../run/find-run.ts';
import { liveStatus } from '../run/live-status.ts';
import { openRun } from '../run/opened-run.ts';
import { type CommandContext, optionsOf } from '../spec/command-context.ts';
import { duration } from '../terminal/duration.ts';
import { textTable } from '../terminal/text-table.ts';

/** `runs list`. */
export async function runRunsList(context: CommandContext): Promise<number> {
  const { terminal, globals } = context;
  const folder = optionsOf(context, runsOptions).runs;
  const rows = runNames(folder).flatMap((name) => describeRun(folder, name, context));
  if (globals.json) terminal.data(JSON.stringify({ schema: 1, runs: rows }, null, 2));
  else if (globals.jsonl) for (const row of rows) terminal.data(JSON.stringify(row));
  else if (rows.length === 0)
    terminal.note(`There are no runs in ${folder}/ yet. Begin with spinformer demo.`);
  else terminal.data(tableOf(rows));
  return EXIT.done;
}

interface RunRow {
  readonly id: string;
  readonly path: string;
  readonly command: string;
  readonly status: string;
  readonly started: string;
  readonly seconds: number;
  readonly label?: string;
}

function describeRun(folder: string, name: string, { terminal }: CommandContext): RunRow[] {
  try {
    const { record } = openRun(join(folder, name));
    const { command, started, seconds, label } = record;
    return [
      { id: name, path: resolve(folder, name), command, status: liveStatus(record), started, seconds, label },
    ];
  } catch (error) {
    terminal.warn(`${(error as Error).message}`);
    return [];
  }
}

function tableOf(rows: readonly RunRow[]): string {
  const cells = rows.map((row) => [
    row.id,
    row.status,
    row.started.slice(0, 16).replace('T', ' '),
    duration(row.seconds),
    row.label,
  ]);
  return textTable(['run', 'status', 'begun (UTC)', 'time', 'label'], cells);
}
