import type { Configurations } from '@spinformer/numerics';
import type { ParameterTree } from '@spinformer/tensor';
import type { Model } from './model.ts';
import { trainAdam } from './train-adam.ts';
import { trainLbfgs } from './train-lbfgs.ts';
import { type TrainOptions, trainSettings } from './train-options.ts';
import type { TrainTick } from './train-state.ts';

/**
 * Trains a model to predict hidden tokens, as ticks. With `'all-sites'` masking and a factored layer this is the
 * pseudo-likelihood method, and `optimizer: 'lbfgs'` takes it to its minimum; Adam on mini-batches is for everything
 * else.
 *
 * Statuses: `converged` (L-BFGS: gradient below its tolerance or rounding reached; Adam: `patience` ran out),
 * `step-limit`, `diverged` (the loss is no longer finite; the state is the last one that was), `aborted`.
 *
 * @param data - sequences [samples, sites] with optional weights; −1 is missing and is never predicted.
 * @returns ticks whose `state` resumes bit for bit and holds the parameters, see `parametersFromState`.
 * @throws {ShapeError | DataError | DomainError | ConfigError} when the first tick is asked for, naming what is wrong.
 * @source devlin2019; rende2024mapping; besag1975
 * @example
 * for await (const tick of trainMasked(model, data, { rng: seededRng(1), optimizer: 'lbfgs' })) last = tick;
 */
export async function* trainMasked<P extends ParameterTree>(
  model: Model<P>,
  data: Configurations,
  options: TrainOptions<P>,
): AsyncGenerator<TrainTick> {
  const settings = trainSettings(model, data, options);
  const train = settings.optimizer === 'lbfgs' ? trainLbfgs : trainAdam;
  yield* train(model, data, options, settings);
}
