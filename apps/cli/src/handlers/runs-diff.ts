import { basename } from 'node:path';
import { runsOptions } from '../commands/runs.ts';
import { EXIT } from '../errors/exit-codes.ts';
import { findRun } from '../run/find-run.ts';
import { type OpenedRun, openRun, readSummary } from '../run/opened-run.ts';
import { type CommandContext, optionsOf } from '../spec/command-context.ts';
import { plainNumber } from '../terminal/plain-number.ts';
import { textTable } from '../terminal/text-table.ts';

/** One entry in which two runs differ; a side that lacks it is left out. */
interface Difference {
  readonly key: string;
  readonly a?: unknown;
  readonly b?: unknown;
  /** b − a, of numbers. */
  readonly change?: number;
}

/** `runs diff`. */
export async function runRunsDiff(context: CommandContext): Promise<number> {
  const { terminal, globals, positionals } = context;
  const folder = optionsOf(context, runsOptions).runs;
  const [a, b] = [positionals.A, positionals.B].map((name) => openRun(findRun(String(name), folder)));
  const made = differences(makingOf(a), makingOf(b));
  const results = differences(resultsOf(a), resultsOf(b));
  if (globals.json || globals.jsonl)
    terminal.data(JSON.stringify({ schema: 1, a: a.path, b: b.path, made, results }));
  else if (made.length + results.length === 0) terminal.data('The runs do not differ.');
  else
    terminal.data(
      [section('How they were made', made, [a, b]), section('What came out', results, [a, b])].join('\n\n'),
    );
  return EXIT.done;
}

/** All that a result depends on, by names with dots. */
function makingOf({ config, record }: OpenedRun): Map<string, unknown> {
  const { positionals, options, experiment, input } = config;
  const digests = Object.entries(input ?? {}).map(([key, { sha256 }]) => [key, sha256.slice(0, 12)]);
  const { versions } = record;
  const parts = { command: config.command, ...positionals, ...options, experiment, versions };
  return flatten({ ...parts, digest: Object.fromEntries(digests) });
}

function resultsOf(run: OpenedRun): Map<string, unknown> {
  const { schema: _, run: __, ...summary } = readSummary(run) ?? { status: run.record.status };
  return flatten(summary);
}

function flatten(value: unknown, prefix = ''): Map<string, unknown> {
  if (typeof value !== 'object' || value === null) return new Map([[prefix, value]]);
  const entries = Object.entries(value).flatMap(([key, inner]) => [
    ...flatten(inner, prefix === '' ? key : `${prefix}.${key}`),
  ]);
  return new Map(entries);
}

function differences(a: Map<string, unknown>, b: Map<string, unknown>): Difference[] {
  const keys = [...new Set([...a.keys(), ...b.keys()])];
  return keys.flatMap((key) => {
    const [x, y] = [a.get(key), b.get(key)];
    if (x === y) return [];
    const change = typeof x === 'number' && typeof y === 'number' ? { change: y - x } : {};
    return [{ key, ...(x === undefined ? {} : { a: x }), ...(y === undefined ? {} : { b: y }), ...change }];
  });
}

/** Entries that a person is shown; JSON has all. */
const SHOWN = 60;

function section(title: string, found: readonly Difference[], runs: readonly OpenedRun[]): string {
  if (found.length === 0) return `${title}: no difference`;
  const text = (value: unknown) =>
    value === undefined ? '–' : typeof value === 'number' ? plainNumber(value) : String(value);
  const rows = found
    .slice(0, SHOWN)
    .map(({ key, a, b, change }) => [key, text(a), text(b), change === undefined ? '' : plainNumber(change)]);
  const rest = found.length > SHOWN ? `\n… and ${found.length - SHOWN} more (--json)` : '';
  const names = runs.map(({ path, record }) => record.label ?? basename(path));
  return `${title}\n${textTable(['', ...names, 'change'], rows)}${rest}`;
}
