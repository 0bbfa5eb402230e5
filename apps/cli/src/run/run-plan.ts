import type { PlainData, Tick } from '@spinformer/numerics';
import type { Report } from '../report/report.ts';
import type { ProgressReport } from '../terminal/progress.ts';
import type { RunDirectory } from './run-directory.ts';
import type { RunConfig } from './run-record.ts';

/** What is known of a run before it computes anything. */
export interface RunHead {
  readonly config: RunConfig;
  /** Keys of CITATIONS.bib. */
  readonly citations: readonly string[];
  /** What --dry-run prints: the sizes of the problem, in a few lines. */
  readonly outline: readonly string[];
  /** Files to be kept in the run directory from the beginning, such as what came through standard input. */
  readonly keep?: Readonly<Record<string, Uint8Array>>;
}

/** What a run computes, and what becomes of it. */
export interface RunPlan<State extends PlainData, RunTick extends Tick<State>> extends RunHead {
  /** The computation, from its beginning or from a saved state. */
  ticks(start: RunStart<State>): AsyncGenerator<RunTick>;
  describe(tick: RunTick): ProgressReport & { readonly message?: string };
  /** Lower is better; chooses the best checkpoint. */
  score?(tick: RunTick): number | undefined;
  /** Whether a run that ended with this tick, at a limit of time, may go on from it: its state is kept. */
  isPaused?(last: RunTick): boolean;
  /** Writes artifacts from the last tick. */
  conclude(last: RunTick, run: RunDirectory): Promise<Conclusion>;
}

export interface RunStart<State> {
  readonly run: RunDirectory;
  /**
   * For computations with long ways between ticks, which may end with a tick of status `aborted`. Others need not
   * look at it: the driver leaves them after the tick in which it is set.
   */
  readonly signal: AbortSignal;
  readonly resume?: State;
}

/** What a run ends with. */
export interface Conclusion {
  /** summary.json, and what --json prints after `schema` and `run`. Keys are part of the contract. */
  readonly result: Readonly<Record<string, unknown>>;
  readonly report: Report;
  /** What a person reads on standard output. */
  readonly table: string;
  /** Commands that make sense next. */
  readonly next?: readonly string[];
}
