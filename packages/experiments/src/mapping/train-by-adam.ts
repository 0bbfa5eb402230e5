import {
  type Model,
  parametersFromState,
  type TrainState,
  type TrainTick,
  trainMasked,
} from '@spinformer/attention';
import type { Configurations, PlainData, Rng } from '@spinformer/numerics';
import { dispose, type ParameterTree } from '@spinformer/tensor';
import { type InnerState, innerResume, innerTicks } from '../shared/inner-ticks.ts';
import type { PhaseTick } from '../shared/phases.ts';
import { stepsOf } from '../shared/training-phase.ts';
import { expectedExcess, type MaskedContexts } from './masked-contexts.ts';

/** How a model is trained on masked sites. */
export interface AdamTask<P extends ParameterTree> {
  readonly model: Model<P>;
  readonly data: Configurations;
  readonly contexts: MaskedContexts;
  readonly rng: Rng;
  readonly steps: number;
  readonly batch: number;
  readonly learningRate: number;
  readonly resume: PlainData | undefined;
}

/** How a training ended. */
export interface AdamOutcome {
  readonly state: TrainState;
  readonly status: string;
  /** What to change where the training did not end well; empty otherwise. */
  readonly remedy: string;
  /** Pairs of passes over the data and expected test loss, [points, 2]. */
  readonly curve: Float64Array;
}

/** Points of a training curve, about. */
const CURVE_POINTS = 24;
/** Share of the steps over which the learning rate rises. */
const WARMUP = 0.05;
/** Longest gradient: a deep encoder takes a few wild steps at first. */
const CLIP_NORM = 1;

/**
 * Trains any model by Adam on randomly masked sites, one of each sequence, and follows its expected test loss.
 *
 * @param task model, data, schedule and where to go on
 * @returns ticks; then the last state with the training curve
 */
export async function* trainByAdam<P extends ParameterTree>(
  task: AdamTask<P>,
): AsyncGenerator<PhaseTick, AdamOutcome> {
  const { model, data, contexts, rng, steps, batch, learningRate, resume } = task;
  let curve = (resume as CurveState | undefined)?.curve ?? new Float64Array(0);
  const ticks = trainMasked(model, data, {
    ...{ rng, steps, batch, learningRate, masking: 'one', clipNorm: CLIP_NORM },
    warmup: Math.round(WARMUP * steps),
    tickEvery: Math.max(1, Math.round(steps / CURVE_POINTS)),
    ...innerResume<TrainState>(resume),
  });
  const show = ({ step, metrics, state }: TrainTick) => {
    const epoch = step / stepsOf(data.samples, 1, batch);
    const testLoss = contexts.entropy + excessOf(model, state, contexts);
    curve = Float64Array.of(...curve, epoch, testLoss);
    return { fraction: step / steps, metrics: { loss: metrics.loss, testLoss, epoch } };
  };
  const { state, status, remedy } = yield* innerTicks(ticks, resume, show, () => ({ curve }));
  return { state, status, remedy: status === 'step-limit' ? '' : (remedy ?? ''), curve };
}

interface CurveState extends InnerState {
  readonly curve: Float64Array;
}

function excessOf<P extends ParameterTree>(
  model: Model<P>,
  state: TrainState,
  contexts: MaskedContexts,
): number {
  const parameters = parametersFromState(model, state);
  const excess = expectedExcess(model, parameters, contexts);
  dispose(parameters);
  return excess;
}
