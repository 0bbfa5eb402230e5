import {
  type Configurations,
  letEventsThrough,
  type Rng,
  restoreRng,
  type Status,
} from '@spinformer/numerics';
import type { ParameterTree } from '@spinformer/tensor';
import { AdamRun, type AdamStep } from './adam-run.ts';
import { beginParameters } from './begin-parameters.ts';
import { evaluateMasked } from './evaluate-masked.ts';
import type { Model } from './model.ts';
import type { TrainOptions, TrainSettings } from './train-options.ts';
import type { TrainMetrics, TrainState, TrainTick } from './train-state.ts';

/** A mean loss above so many times that of guessing (log states) is a training that exploded. */
const EXPLODED = 20;

/** Sums over the steps since the last tick. */
type Window = TrainState['window'];

/** What a run is made of, and what it remembers between ticks. */
interface Training<P extends ParameterTree> {
  readonly model: Model<P>;
  readonly run: AdamRun<P>;
  readonly settings: TrainSettings;
  readonly test: Configurations | undefined;
  readonly rng: Rng;
  best: number;
  stale: number;
  window: Window;
  /** The last state whose loss was finite. */
  healthy: TrainState | undefined;
}

/** What happened at a step. */
interface Moment {
  readonly seen: AdamStep;
  readonly aborted: boolean;
  /** Whether the interval says tick, or the end. */
  readonly due: boolean;
}

/** Mini-batch training by Adam, a tick every `tickEvery` steps and at the end. */
export async function* trainAdam<P extends ParameterTree>(
  model: Model<P>,
  data: Configurations,
  options: TrainOptions<P>,
  settings: TrainSettings,
): AsyncGenerator<TrainTick> {
  const { resume, test, signal } = options;
  const rng = resume ? restoreRng(resume.rng) : options.rng;
  const run = new AdamRun(model, data, settings, beginParameters(model, options, settings, rng), rng, resume);
  const { best = Number.MAX_VALUE, stale = 0, window = emptyWindow() } = resume ?? {};
  const training: Training<P> = { model, run, settings, test, rng, best, stale, window, healthy: undefined };
  training.healthy = stateOf(training);
  try {
    for (;;) {
      await letEventsThrough();
      const seen = run.step < settings.steps ? run.advance(isDue(run.step + 1, settings)) : run.look();
      training.window = include(training.window, seen);
      const moment = { seen, aborted: signal?.aborted === true, due: isDue(run.step, settings) };
      if (!moment.due && !moment.aborted && Number.isFinite(seen.objective)) continue;
      const tick = await tickAt(training, moment);
      yield tick;
      if (tick.status !== 'running') return;
    }
  } finally {
    run.dispose();
  }
}

function isDue(step: number, { tickEvery, steps }: TrainSettings): boolean {
  return step % tickEvery === 0 || step >= steps;
}

/** Everything that happens at a tick: metrics, patience, verdict and the state to resume from. */
async function tickAt<P extends ParameterTree>(training: Training<P>, moment: Moment): Promise<TrainTick> {
  const metrics = await measure(training, moment.seen);
  const { loss, gradientNorm } = metrics;
  const exploded = !(loss <= EXPLODED * Math.log(training.model.states)) || !Number.isFinite(gradientNorm);
  if (moment.due && !exploded) notePlateau(training, metrics.testLoss ?? loss);
  const verdict = judge(training, exploded, moment.aborted);
  if (moment.due) training.window = emptyWindow();
  if (!exploded) training.healthy = stateOf(training);
  return { step: training.run.step, metrics, state: training.healthy!, ...verdict };
}

function judge<P extends ParameterTree>(
  { run: { step }, settings, stale }: Training<P>,
  exploded: boolean,
  aborted: boolean,
): { readonly status: Status; readonly remedy?: string } {
  if (exploded) {
    return {
      status: 'diverged',
      remedy:
        `The loss exploded by step ${step}; the state is the last one whose loss was finite. Resume it or start anew with a ` +
        `lower learningRate (now ${settings.learningRate}), with clipNorm or with warmup.`,
    };
  }
  if (stale >= settings.patience) {
    return {
      status: 'converged',
      remedy: `No lower loss for ${stale} ticks (patience). Raise patience to go on.`,
    };
  }
  if (step >= settings.steps) {
    const remedy = `All ${settings.steps} steps are done. Raise steps or epochs if the loss still falls.`;
    return { status: 'step-limit', remedy };
  }
  if (aborted)
    return { status: 'aborted', remedy: 'Stopped on request. Pass this state as resume to go on.' };
  return { status: 'running' };
}

function notePlateau<P extends ParameterTree>(training: Training<P>, score: number): void {
  const better = score < training.best;
  training.best = better ? score : training.best;
  training.stale = better ? 0 : training.stale + 1;
}

async function measure<P extends ParameterTree>(
  training: Training<P>,
  seen: AdamStep,
): Promise<TrainMetrics> {
  const { model, run, settings, test, rng, window } = training;
  const { masking, penalty } = settings;
  return {
    loss: window.loss / window.steps,
    ...(test
      ? { testLoss: await evaluateMasked(model, run.parameters, test, { masking, rng: rng.fork('test') }) }
      : {}),
    ...(penalty ? { objective: window.objective / window.steps } : {}),
    learningRate: run.schedule(Math.max(0, run.step - 1)),
    gradientNorm: Number.isNaN(seen.gradientNorm) ? run.look().gradientNorm : seen.gradientNorm,
  };
}

function stateOf<P extends ParameterTree>({ model, run, rng, best, stale, window }: Training<P>): TrainState {
  const { step } = run;
  return {
    optimizer: 'adam',
    model: model.name,
    step,
    ...run.snapshot(),
    rng: { ...rng.state() },
    best,
    stale,
    window,
  };
}

function emptyWindow(): Window {
  return { loss: 0, objective: 0, steps: 0 };
}

function include(window: Window, { loss, objective }: AdamStep): Window {
  return { loss: window.loss + loss, objective: window.objective + objective, steps: window.steps + 1 };
}
