import { type Configurations, type Rng, restoreRng, type Status } from '@spinformer/numerics';
import type { ParameterTree } from '@spinformer/tensor';
import { AdamRun, type AdamStep } from './adam-run.ts';
import { beginParameters } from './begin-parameters.ts';
import { evaluateMasked } from './evaluate-masked.ts';
import { letEventsThrough } from './let-events-through.ts';
import type { Model } from './model.ts';
import type { TrainOptions, TrainSettings } from './train-options.ts';
import type { TrainMetrics, TrainState, TrainTick } from './train-state.ts';

/** A mean loss above so many times that of guessing (log states) is a training that exploded. */
const EXPLODED = 20;

/** Sums over the steps since the last tick. */
type Window = TrainState['window'];

interface Progress {
  best: number;
  stale: number;
  window: Window;
  /** The last state whose loss was finite. */
  healthy: TrainState | undefined;
}

/** Mini-batch training by Adam, a tick every `tickEvery` steps and at the end. */
export async function* trainAdam<P extends ParameterTree>(
  model: Model<P>,
  data: Configurations,
  options: TrainOptions<P>,
  settings: TrainSettings,
): AsyncGenerator<TrainTick> {
  const { resume } = options;
  const rng = resume ? restoreRng(resume.rng) : options.rng;
  const run = new AdamRun(model, data, settings, beginParameters(model, options, settings, rng), rng, resume);
  const { best = Number.MAX_VALUE, stale = 0, window = emptyWindow() } = resume ?? {};
  const progress: Progress = { best, stale, window, healthy: undefined };
  progress.healthy = stateOf(model, run, progress, rng);
  try {
    for (;;) {
      await letEventsThrough();
      const done = run.step >= settings.steps;
      const seen = done
        ? run.look()
        : run.advance((run.step + 1) % settings.tickEvery === 0 || run.step + 1 === settings.steps);
      progress.window = include(progress.window, seen);
      const broken = !Number.isFinite(seen.objective);
      const aborted = options.signal?.aborted === true;
      const due = run.step % settings.tickEvery === 0 || run.step >= settings.steps;
      if (!(due || broken || aborted)) continue;
      const tick = await tickAt(model, run, options, settings, rng, progress, seen, { broken, aborted, due });
      yield tick;
      if (tick.status !== 'running') return;
    }
  } finally {
    run.dispose();
  }
}

/** Everything that happens at a tick: metrics, patience, verdict and the state to resume from. */
async function tickAt<P extends ParameterTree>(
  model: Model<P>,
  run: AdamRun<P>,
  options: TrainOptions<P>,
  settings: TrainSettings,
  rng: Rng,
  progress: Progress,
  seen: AdamStep,
  moment: { readonly broken: boolean; readonly aborted: boolean; readonly due: boolean },
): Promise<TrainTick> {
  const metrics = await measure(model, run, options, settings, rng, progress.window, seen);
  const { broken, aborted, due } = moment;
  const exploded = broken || metrics.loss > EXPLODED * Math.log(model.states);
  if (due && !exploded) notePlateau(progress, metrics.testLoss ?? metrics.loss);
  const verdict = judge(run.step, settings, progress, { exploded, aborted });
  if (due) progress.window = emptyWindow();
  if (!exploded) progress.healthy = stateOf(model, run, progress, rng);
  return { step: run.step, metrics, state: progress.healthy!, ...verdict };
}

function judge(
  step: number,
  settings: TrainSettings,
  progress: Progress,
  { exploded, aborted }: { readonly exploded: boolean; readonly aborted: boolean },
): { readonly status: Status; readonly remedy?: string } {
  if (exploded) {
    return {
      status: 'diverged',
      remedy: `The loss exploded by step ${step}. Resume is no use: lower learningRate (${settings.learningRate}), set clipNorm or warmup.`,
    };
  }
  if (progress.stale >= settings.patience) {
    return {
      status: 'converged',
      remedy: `No lower loss for ${progress.stale} ticks (patience). Raise patience to go on.`,
    };
  }
  if (step >= settings.steps) {
    return {
      status: 'step-limit',
      remedy: `All ${settings.steps} steps are done. Raise steps or epochs if the loss still falls.`,
    };
  }
  return aborted
    ? { status: 'aborted', remedy: 'Stopped on request. Pass this state as resume to go on.' }
    : { status: 'running' };
}

function notePlateau(progress: Progress, score: number): void {
  const better = score < progress.best;
  progress.best = better ? score : progress.best;
  progress.stale = better ? 0 : progress.stale + 1;
}

async function measure<P extends ParameterTree>(
  model: Model<P>,
  run: AdamRun<P>,
  { test }: TrainOptions<P>,
  { masking, penalty }: TrainSettings,
  rng: Rng,
  window: Window,
  seen: AdamStep,
): Promise<TrainMetrics> {
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

function stateOf<P extends ParameterTree>(
  model: Model<P>,
  run: AdamRun<P>,
  progress: Progress,
  rng: Rng,
): TrainState {
  const { best, stale, window } = progress;
  return {
    optimizer: 'adam',
    model: model.name,
    step: run.step,
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
