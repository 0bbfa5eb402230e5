import { relative } from 'node:path';
import type { PlainData, Tick } from '@spinformer/numerics';
import { EXIT } from '../errors/exit-codes.ts';
import { writeReport } from '../report/write-report.ts';
import type { CommandContext } from '../spec/command-context.ts';
import { duration } from '../terminal/duration.ts';
import { startProgress } from '../terminal/progress.ts';
import { writeCitations } from './citations.ts';
import { type Drive, driveTicks } from './drive-ticks.ts';
import { listenForInterrupt } from './interrupt.ts';
import { machine } from './machine.ts';
import { programName, runReference } from './program-name.ts';
import type { SavedState } from './run-checkpoints.ts';
import { RunDirectory, toJson } from './run-directory.ts';
import type { Conclusion, RunHead, RunPlan } from './run-plan.ts';
import type { RunRecord } from './run-record.ts';
import { versions } from './versions.ts';

/**
 * Carries a plan out in a run directory, a new one or the one that is resumed: drives its ticks, saves checkpoints,
 * writes artifacts, report, summary and citations, and prints the result.
 * @returns the exit code: 0, 4 under --strict when it did not converge, 130 when it was interrupted
 */
export async function executeRun<State extends PlainData, RunTick extends Tick<State>>(
  context: CommandContext,
  plan: RunPlan<State, RunTick>,
): Promise<number> {
  const { terminal } = context;
  if (context.globals.dryRun) return describeOnly(context, plan);
  const { run, from } = openDirectory(context, plan);
  const interrupt = listenForInterrupt(terminal);
  const progress = await startProgress(terminal);
  let hasResult = context.resume !== undefined;
  try {
    if (context.resume) run.metrics.rewind(from?.step ?? Number.NEGATIVE_INFINITY);
    const emit = context.globals.jsonl
      ? (line: object) => terminal.data(JSON.stringify(line))
      : () => undefined;
    const drive = await driveTicks(plan, { run, signal: interrupt.signal, progress, from, emit });
    hasResult = true;
    progress.stop();
    if (drive.isInterrupted) return stopEarly(run, drive);
    const last = drive.last as RunTick;
    interrupt.announce(
      'The computation is done, its results are being written. Press Ctrl-C again to leave at once.',
    );
    const conclusion = await plan.conclude(last, run);
    const isPaused = plan.isPaused?.(last) === true;
    const { citations } = plan;
    return finish(context, run, { conclusion, last, seconds: drive.seconds, citations, isPaused });
  } catch (error) {
    progress.stop();
    if (hasResult) recordFailure(run, error);
    else run.discard();
    throw error;
  } finally {
    interrupt.release();
  }
}

function describeOnly(context: CommandContext, plan: RunHead): number {
  const { terminal, globals } = context;
  if (globals.json || globals.jsonl)
    terminal.data(JSON.stringify({ schema: 1, dryRun: true, config: plan.config }));
  else terminal.data([...plan.outline, '', toJson(plan.config).trimEnd()].join('\n'));
  terminal.note('Nothing was written (--dry-run).');
  return EXIT.done;
}

/** A new run directory, or the one that is resumed with the state to go on from. */
function openDirectory(context: CommandContext, plan: RunHead): { run: RunDirectory; from?: SavedState } {
  const now = { status: 'running', process: process.pid, versions: versions(), machine: machine() } as const;
  if (context.resume) {
    const run = RunDirectory.reopen(context.resume);
    // A checkpoint that is refused leaves the run as it was.
    const from = run.checkpoints.newest();
    run.update(now);
    return { run, from };
  }
  const { seed, backend, label, out } = context.globals;
  const record: Omit<RunRecord, 'id'> = {
    ...{ schema: 1, command: context.command, words: context.words, label },
    ...{ ...now, started: new Date().toISOString(), seconds: 0, seed, backend, citations: plan.citations },
  };
  const run = RunDirectory.create(plan.config, record, out);
  try {
    for (const [name, bytes] of Object.entries(plan.keep ?? {})) run.write(name, bytes);
  } catch (error) {
    run.discard();
    throw error;
  }
  return { run };
}

function stopEarly(run: RunDirectory, drive: Drive<Tick<unknown>>): number {
  const step = drive.last?.step ?? 0;
  run.update({ status: 'interrupted', ended: new Date().toISOString(), seconds: drive.seconds });
  const saved = drive.isSaved ? `Its state after step ${step} is saved` : 'It had not come to its first step';
  // The one thing that must be said even under --quiet: how to get the work back.
  process.stderr.write(`${saved}. Go on with:\n  ${programName()} runs resume ${runReference(run.path)}\n`);
  return EXIT.interrupted;
}

function recordFailure(run: RunDirectory, error: unknown): void {
  try {
    run.update({ status: 'failed', message: (error as Error).message, ended: new Date().toISOString() });
  } catch {
    // The disk that made the run fail may refuse this too; the first error is the one to tell.
  }
}

interface Ending {
  readonly conclusion: Conclusion;
  readonly last: Tick<unknown>;
  readonly seconds: number;
  readonly citations: readonly string[];
  /** It has results, and may go on. */
  readonly isPaused: boolean;
}

async function finish(context: CommandContext, run: RunDirectory, ending: Ending): Promise<number> {
  const { conclusion, last } = ending;
  const { terminal, globals } = context;
  const seconds = Math.round(1000 * ending.seconds) / 1000;
  const result = { schema: 1, run: run.path, ...conclusion.result, seconds, status: last.status };
  run.update({ seconds, message: last.remedy });
  writeCitations(run, ending.citations);
  await writeReport(run, conclusion.report);
  run.write('summary.json', toJson(result));
  run.update({ status: ending.isPaused ? 'interrupted' : 'done', ended: new Date().toISOString() });
  sayResult(context, run, conclusion, result);
  if (last.status === 'running' || last.status === 'converged') return EXIT.done;
  terminal.warn(`${last.status}: ${last.remedy ?? 'the computation ended before it converged.'}`);
  return globals.strict ? EXIT.numerics : EXIT.done;
}

function sayResult(context: CommandContext, run: RunDirectory, conclusion: Conclusion, result: object): void {
  const { terminal, globals } = context;
  if (globals.json || globals.jsonl) {
    terminal.data(globals.jsonl ? JSON.stringify(result) : toJson(result).trimEnd());
    return;
  }
  const path = relative('.', run.path) || '.';
  terminal.data(conclusion.table);
  terminal.note(`\nDone in ${duration(run.record.seconds)}. Everything is in ${path}`);
  terminal.note(`Open the report: ${path}/artifacts/report.html`);
  for (const command of conclusion.next ?? []) terminal.note(`Next: ${programName()} ${command}`);
}
