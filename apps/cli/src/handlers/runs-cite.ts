import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runsOptions } from '../commands/runs.ts';
import { EXIT } from '../errors/exit-codes.ts';
import { InputError } from '../errors/input-error.ts';
import { findRun } from '../run/find-run.ts';
import { openRun } from '../run/opened-run.ts';
import { type CommandContext, optionsOf } from '../spec/command-context.ts';

/** `runs cite`. */
export async function runRunsCite(context: CommandContext): Promise<number> {
  const { terminal, globals } = context;
  const run = openRun(findRun(String(context.positionals.RUN), optionsOf(context, runsOptions).runs));
  let text: string;
  try {
    text = readFileSync(join(run.path, 'CITE.bib'), 'utf8');
  } catch (cause) {
    throw new InputError(
      `${run.path} has no CITE.bib: the run is ${run.record.status}, and it is written at its end.`,
      { cause },
    );
  }
  if (globals.json || globals.jsonl)
    terminal.data(JSON.stringify({ schema: 1, citations: run.record.citations, bibtex: text }));
  else terminal.data(text.trimEnd());
  return EXIT.done;
}
