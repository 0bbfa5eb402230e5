import { DomainError } from '@spinformer/numerics';
import type { Schedule } from './optimizer.ts';

/** The same rate always. */
export function constantSchedule(rate: number): Schedule {
  return () => rate;
}

/** From one rate to another. */
export interface RampOptions {
  /** Rate at step 0. */
  readonly from: number;
  /** Rate at step `steps` and after. */
  readonly to: number;
  /** Updates from one to the other, at least 1. */
  readonly steps: number;
}

function progress(name: string, { steps }: RampOptions): (step: number) => number {
  if (!(steps >= 1)) throw new DomainError(`${name}: steps must be at least 1, got ${steps}.`);
  return (step) => Math.min(step / steps, 1);
}

/** A straight line from one rate to another. */
export function linearSchedule(options: RampOptions): Schedule {
  const part = progress('linearSchedule', options);
  return (step) => options.from + (options.to - options.from) * part(step);
}

/**
 * Half a cosine from one rate to another.
 * @source loshchilov2017sgdr, eq. (5)
 */
export function cosineSchedule(options: RampOptions): Schedule {
  const part = progress('cosineSchedule', options);
  return (step) => options.to + (options.from - options.to) * 0.5 * (1 + Math.cos(Math.PI * part(step)));
}

/** Options of {@link inverseSqrtSchedule}. */
export interface InverseSqrtOptions {
  /** The largest rate, reached after the warm-up. */
  readonly peak: number;
  /** Updates of linear warm-up, at least 1. */
  readonly warmupSteps: number;
}

/**
 * Linear warm-up to the peak, then as 1/√step.
 * @source vaswani2017, eq. (3)
 */
export function inverseSqrtSchedule({ peak, warmupSteps }: InverseSqrtOptions): Schedule {
  if (!(warmupSteps >= 1))
    throw new DomainError(`inverseSqrtSchedule: warmupSteps must be at least 1, got ${warmupSteps}.`);
  return (step) => peak * Math.min((step + 1) / warmupSteps, Math.sqrt(warmupSteps / (step + 1)));
}

/** Rises linearly to the schedule's first rate over `steps` updates, then follows the schedule from its step 0. */
export function withWarmup(schedule: Schedule, steps: number): Schedule {
  if (!(steps >= 1)) throw new DomainError(`withWarmup: steps must be at least 1, got ${steps}.`);
  return (step) => (step < steps ? (schedule(0) * (step + 1)) / steps : schedule(step - steps));
}

/** @internal */
export function rateAt(rate: number | Schedule, step: number): number {
  return typeof rate === 'number' ? rate : rate(step);
}
