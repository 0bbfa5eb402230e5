import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { runsOptions } from '../commands/runs.ts';
import { EXIT } from '../errors/exit-codes.ts';
import { findRun } from '../run/find-run.ts';
import { liveStatus } from '../run/live-status.ts';
import { openRun, readSummary } from '../run/opened-run.ts';
import { shellWord } from '../run/program-name.ts';
import { type CommandContext, optionsOf } from '../spec/command-context.ts';
import { duration } from '../terminal/duration.ts';
import { pairTable } from '../terminal/text-table.ts';

/** `runs show`. */
export async function runRunsShow(context: CommandContext): Promise<number> {
  const { terminal, globals } = context;
  const run = openRun(findRun(String(context.positionals.RUN), optionsOf(context, runsOptions).runs));
  const record = { ...run.record, status: liveStatus(run.record) };
  const summary = readSummary(run);
  const files = filesBelow(run.path);
  if (globals.json || globals.jsonl) {
    const all = { schema: 1, record, config: run.config, ...(summary ? { summary } : {}), files };
    terminal.data(JSON.stringify(all, null, globals.json ? 2 : undefined));
    return EXIT.done;
  }
  const { bold } = terminal.dataStyle;
  const made = pairTable([
    ['command', ['spinformer', ...record.words.map(shellWord)].join(' ')],
    ['status', record.message ? `${record.status}: ${record.message}` : record.status],
    ['label', record.label],
    ['begun', `${record.started.slice(0, 19).replace('T', ' ')} UTC, ${duration(record.seconds)}`],
    ['seed', record.seed],
    ['version', record.versions.spinformer],
  ]);
  const results = Object.entries(summary ?? {}).filter(
    ([key, value]) => key !== 'run' && key !== 'schema' && typeof value !== 'object',
  );
  const parts = [`${bold(run.path)}\n${made}`];
  if (results.length > 0)
    parts.push(`${bold('Results')}\n${pairTable(results as [string, string | number][])}`);
  parts.push(`${bold('Files')}\n${files.map((file) => `  ${file}`).join('\n')}`);
  terminal.data(parts.join('\n\n'));
  if (record.status === 'interrupted')
    terminal.note(`\nGo on with: spinformer runs resume ${shellWord(run.path)}`);
  return EXIT.done;
}

function filesBelow(folder: string, prefix = ''): string[] {
  return readdirSync(join(folder, prefix), { withFileTypes: true })
    .sort((a, b) => a.name.localeCompare(b.name))
    .flatMap((entry) =>
      entry.isDirectory() ? filesBelow(folder, `${prefix}${entry.name}/`) : [`${prefix}${entry.name}`],
    );
}
