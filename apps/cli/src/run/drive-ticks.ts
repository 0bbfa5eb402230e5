import { setImmediate as nextTurn } from 'node:timers/promises';
import type { PlainData, Tick } from '@spinformer/numerics';
import type { Progress } from '../terminal/progress.ts';
import { CheckpointBudget } from './checkpoint-budget.ts';
import type { MetricsLine } from './metrics-log.ts';
import type { SavedState } from './run-checkpoints.ts';
import type { RunDirectory } from './run-directory.ts';
import type { RunPlan } from './run-plan.ts';

/** How far a run got. */
export interface Drive<RunTick> {
  readonly last: RunTick | undefined;
  readonly isInterrupted: boolean;
  /** Seconds of computing, earlier parts of a resumed run included. */
  readonly seconds: number;
  /** Whether there is a checkpoint to go on from. */
  readonly isSaved: boolean;
}

interface DriveOptions {
  readonly run: RunDirectory;
  readonly signal: AbortSignal;
  readonly progress: Progress;
  readonly from: SavedState | undefined;
  readonly emit: (line: Readonly<Record<string, unknown>>) => void;
}

/** The event loop gets its turn (for Ctrl-C, for the spinner) at least this often between ticks. */
const TURN_MILLISECONDS = 30;

/** Runs a plan's ticks to their end or to the first interrupt: logs, shows and saves them on the way. */
export async function driveTicks<State extends PlainData, RunTick extends Tick<State>>(
  plan: RunPlan<State, RunTick>,
  options: DriveOptions,
): Promise<Drive<RunTick>> {
  const { run, signal, progress, from } = options;
  const began = performance.now();
  const earlier = from?.seconds ?? 0;
  const seconds = () => (performance.now() - began) / 1000;
  const saver = new Saver(plan, run, earlier);
  let last: RunTick | undefined;
  let turnedAt = performance.now();
  for await (const tick of plan.ticks({ run, signal, resume: from?.state as State | undefined })) {
    last = tick;
    // A tick that ends with the signal is none of an unbroken run: the steps logged are the same either way.
    if (tick.status !== 'aborted') {
      const line = lineOf(tick);
      if (run.metrics.append(line)) options.emit(line);
    }
    const { message, ...report } = plan.describe(tick);
    if (message) progress.say(message);
    progress.update(report);
    saver.offer(tick, seconds());
    if (performance.now() - turnedAt > TURN_MILLISECONDS) {
      await nextTurn();
      turnedAt = performance.now();
    }
    // A state may live in memory that its generator frees when it is left: it is saved before that.
    if (signal.aborted && !isFinal(tick)) {
      saver.save(tick, seconds());
      break;
    }
  }
  if (last && !signal.aborted && plan.isPaused?.(last)) saver.save(last, seconds());
  const isInterrupted = signal.aborted && (last === undefined || !isFinal(last));
  run.metrics.flush();
  return {
    last,
    isInterrupted,
    seconds: earlier + seconds(),
    isSaved: last !== undefined || from !== undefined,
  };
}

/** A computation that has come to its end by itself is not interrupted by a signal that came too late. */
function isFinal(tick: Tick<unknown>): boolean {
  return tick.status === 'converged' || tick.status === 'step-limit' || tick.status === 'diverged';
}

function lineOf(tick: Tick<unknown>): MetricsLine {
  const { step, status, metrics } = tick;
  return 'phase' in tick
    ? { step, phase: String(tick.phase), status, ...metrics }
    : { step, status, ...metrics };
}

class Saver<State extends PlainData, RunTick extends Tick<State>> {
  private readonly budget = new CheckpointBudget();
  private readonly plan: RunPlan<State, RunTick>;
  private readonly run: RunDirectory;
  private readonly earlier: number;

  constructor(plan: RunPlan<State, RunTick>, run: RunDirectory, earlier: number) {
    this.plan = plan;
    this.run = run;
    this.earlier = earlier;
  }

  offer(tick: RunTick, seconds: number): void {
    if (tick.status === 'running' && this.budget.allows(seconds, () => tick.state)) this.save(tick, seconds);
  }

  save(tick: RunTick, seconds: number): void {
    const began = performance.now();
    this.run.metrics.flush();
    this.run.checkpoints.save(
      { step: tick.step, seconds: this.earlier + seconds, state: tick.state },
      this.plan.score?.(tick),
    );
    this.budget.charge((performance.now() - began) / 1000);
  }
}
