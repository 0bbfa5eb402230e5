import {
  type FactoredModel,
  type FactoredParameters,
  type TrainState,
  type TrainTick,
  trainMasked,
} from '@spinformer/attention';
import type { Configurations, PlainData, Rng } from '@spinformer/numerics';
import { dispose, treeFromPlain } from '@spinformer/tensor';
import { type InnerState, innerResume, innerTicks } from './inner-ticks.ts';
import type { PhaseTick } from './phases.ts';

/** How a factored layer is trained in one phase of a study. */
export interface TrainingOptions {
  readonly solver: 'Adam' | 'L-BFGS';
  readonly rng: Rng;
  /** Adam: steps in all. L-BFGS: the most iterations, each a pass over the data. */
  readonly steps: number;
  /** Sequences per step of Adam. */
  readonly batch?: number;
  /** What Adam hides at a time: one site of each sequence (default), or each site in turn. */
  readonly masking?: 'one' | 'all-sites';
  /** Of Adam, at the start. */
  readonly learningRate?: number;
  /** Ridge, nats per sequence and masked site. */
  readonly penalty?: { readonly couplings: number; readonly fields: number };
  /** What an earlier phase trained, to begin from. */
  readonly start?: TrainedLayer;
  /** L-BFGS is done when the gradient is this small, nats per masked site and parameter. */
  readonly gradientTolerance?: number;
  readonly resume?: PlainData;
}

/** What a training phase makes. */
export interface TrainedLayer {
  readonly [key: string]: PlainData;
  readonly parameters: PlainData;
  /** Pairs of passes over the data and loss in nats per masked site, [points, 2]. */
  readonly curve: Float64Array;
  readonly status: string;
  /** What to change where the training did not converge; empty otherwise. */
  readonly remedy: string;
}

/** Points that a training curve has per phase, about. */
const CURVE_POINTS = 40;

/**
 * Trains a factored layer by masked language modelling as a phase of a study.
 *
 * @param model the layer
 * @param data the sequences, with weights or without
 * @param options solver, length and where to go on
 * @returns ticks; then the trained layer
 */
export async function* trainLayer(
  model: FactoredModel,
  data: Configurations,
  options: TrainingOptions,
): AsyncGenerator<PhaseTick, TrainedLayer> {
  const { resume } = options;
  const begin = options.start && resume === undefined ? layerParameters(options.start) : undefined;
  let curve = (resume as TrainingState | undefined)?.curve ?? new Float64Array(0);
  try {
    const ticks = trainMasked(model, data, settings(options, data, begin));
    const show = ({ step, metrics }: TrainTick) => {
      const epoch = epochsAt(options, data, step);
      if (curve.at(-2) !== epoch) curve = Float64Array.of(...curve, epoch, metrics.loss);
      return { fraction: fractionDone(options, step), metrics: { loss: metrics.loss, epoch } };
    };
    const { state, status, remedy } = yield* innerTicks(ticks, resume, show, () => ({ curve }));
    return { parameters: state.parameters, curve, status, remedy: remedy ?? '' };
  } finally {
    if (begin) dispose(begin);
  }
}

/**
 * The parameters of a trained layer as tensors on the current backend, owned by the caller.
 *
 * @param layer what {@link trainLayer} made
 */
export function layerParameters(layer: TrainedLayer): FactoredParameters {
  return treeFromPlain(layer.parameters) as FactoredParameters;
}

interface TrainingState extends InnerState {
  readonly curve: Float64Array;
}

function settings(options: TrainingOptions, data: Configurations, start: FactoredParameters | undefined) {
  const {
    solver,
    rng,
    steps,
    batch,
    learningRate = 0.01,
    masking = 'one',
    penalty,
    gradientTolerance,
  } = options;
  const shared = {
    rng,
    steps,
    ...(penalty && { penalty }),
    ...(start && { start }),
    ...innerResume<TrainState>(options.resume),
  };
  if (solver === 'L-BFGS') {
    return { ...shared, optimizer: 'lbfgs' as const, ...(gradientTolerance && { gradientTolerance }) };
  }
  const tickEvery = Math.max(1, Math.round(steps / CURVE_POINTS));
  return {
    ...shared,
    optimizer: 'adam' as const,
    masking,
    batch: batch ?? data.samples,
    learningRate,
    tickEvery,
  };
}

/**
 * How many steps a number of passes over the data are.
 *
 * @param samples sequences in the data
 * @param epochs passes
 * @param batch sequences per step
 */
export function stepsOf(samples: number, epochs: number, batch: number): number {
  return epochs * Math.ceil(samples / Math.min(batch, samples));
}

function epochsAt({ solver, batch }: TrainingOptions, data: Configurations, step: number): number {
  return solver === 'Adam' ? step / stepsOf(data.samples, 1, batch ?? data.samples) : step;
}

/** L-BFGS ends when it has converged: its fraction approaches one without knowing when. */
function fractionDone({ solver, steps }: TrainingOptions, step: number): number {
  return solver === 'Adam' ? step / steps : step / (step + Math.min(steps, TYPICAL_ITERATIONS) / 3);
}

/** Iterations that L-BFGS takes on the problems of the studies, about. */
const TYPICAL_ITERATIONS = 150;
