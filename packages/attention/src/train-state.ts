import { ConfigError, type PlainData, type RngState, type Tick } from '@spinformer/numerics';
import { type ParameterTree, treeFromPlain } from '@spinformer/tensor';
import type { Model } from './model.ts';

/** What a training needs to go on from a tick bit for bit, as plain data for a checkpoint. */
export type TrainState = {
  readonly optimizer: 'adam' | 'lbfgs';
  /** The model's name; resuming with another model is refused. */
  readonly model: string;
  readonly step: number;
  /** The parameters' tree, see {@link parametersFromState}. */
  readonly parameters: PlainData;
  /** Moments of Adam, or the history of L-BFGS. */
  readonly solver: PlainData;
  /** The stream from which all masks and batches fork. */
  readonly rng: Pick<RngState, keyof RngState>;
  /** Lowest loss of a tick so far, and ticks since: for `patience`. */
  readonly best: number;
  readonly stale: number;
  /** Sums over the steps since the last tick, for Adam: not zero only after an abort between ticks. */
  readonly window: { readonly loss: number; readonly objective: number; readonly steps: number };
};

/** Numbers of a tick. */
export type TrainMetrics = {
  /** Nats per masked site, weighted mean over the sequences since the last tick (Adam) or over all (L-BFGS); no penalty. */
  readonly loss: number;
  /** The same on held-out sequences, with the parameters of this tick. */
  readonly testLoss?: number;
  /** loss + penalty, what is minimised; only with a penalty. */
  readonly objective?: number;
  /** Adam: learning rate of the last step. L-BFGS: 1. */
  readonly learningRate: number;
  /** Euclidean norm of the gradient at the last step, before clipping. */
  readonly gradientNorm: number;
};

/** A tick of a training. */
export type TrainTick = Tick<TrainState, TrainMetrics & Record<string, number>>;

/**
 * The parameters of a tick as tensors on the current backend, owned by the caller.
 *
 * @throws {ConfigError} if the state belongs to another model.
 */
export function parametersFromState<P extends ParameterTree>(model: Model<P>, state: TrainState): P {
  if (state.model !== model.name) {
    throw new ConfigError(
      `parametersFromState: the state is of '${state.model}', but the model is '${model.name}'. Build the same model.`,
    );
  }
  return treeFromPlain(state.parameters) as P;
}
