import { constantSchedule, cosineSchedule, type Schedule, withWarmup } from '@spinformer/tensor';
import type { TrainSettings } from './train-options.ts';

/** The learning rate of every step, counted from 0: warm-up, then a constant or half a cosine down to zero. */
export function learningRateSchedule(settings: TrainSettings): Schedule {
  const { learningRate, schedule, steps, warmup } = settings;
  const course =
    schedule === 'constant'
      ? constantSchedule(learningRate)
      : cosineSchedule({ from: learningRate, to: 0, steps: Math.max(1, steps - warmup) });
  return warmup > 0 ? withWarmup(course, warmup) : course;
}
