import type { PlainData } from '@spinformer/numerics';
import type { PhaseTick } from './phases.ts';

/** One of several computations that make up a phase. */
export interface Job {
  /** Its share of the phase's time, relative to the other jobs. */
  readonly weight: number;
  /**
   * Ticks; then what the job makes. `resume` is the state of its last tick, where it goes on in the middle; `made` is
   * what the jobs before it have made.
   */
  run(resume: PlainData | undefined, made: readonly PlainData[]): AsyncGenerator<PhaseTick, PlainData>;
}

/** Where a phase of several jobs stands. */
interface JobState {
  /** What the finished jobs have made. */
  readonly made: readonly PlainData[];
  /** State of the job under way. */
  readonly inner: PlainData;
}

/**
 * Runs jobs one after the other as one phase of a study, resumable between and inside them.
 *
 * @param jobs the same list whenever the phase is resumed
 * @param resume state of the phase's last tick, where it goes on
 * @returns ticks; then what every job made, in order
 */
export async function* runJobs(
  jobs: readonly Job[],
  resume: PlainData | undefined,
): AsyncGenerator<PhaseTick, PlainData[]> {
  const begun = resume as unknown as JobState | undefined;
  const total = jobs.reduce((sum, { weight }) => sum + weight, 0) || 1;
  let made: readonly PlainData[] = begun?.made ?? [];
  let before = jobs.slice(0, made.length).reduce((sum, { weight }) => sum + weight, 0);
  for (const job of jobs.slice(made.length)) {
    const ticks = job.run(made.length === begun?.made.length ? begun.inner : undefined, made);
    for (let next = await ticks.next(); ; next = await ticks.next()) {
      if (next.done) {
        made = [...made, next.value];
        break;
      }
      yield jobTick(next.value, made, (before + next.value.fraction * job.weight) / total);
    }
    before += job.weight;
  }
  return [...made];
}

function jobTick(tick: PhaseTick, made: readonly PlainData[], fraction: number): PhaseTick {
  const { metrics, message } = tick;
  return {
    fraction,
    ...(metrics && { metrics }),
    ...(message && { message }),
    // Read on demand, as the job's own state is.
    get state() {
      return { made, inner: tick.state };
    },
  };
}
