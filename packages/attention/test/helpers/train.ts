import type { Configurations } from '@spinformer/numerics';
import type { ParameterTree } from '@spinformer/tensor';
import type { Model } from '../../src/model.ts';
import { trainMasked } from '../../src/train-masked.ts';
import type { TrainOptions } from '../../src/train-options.ts';
import type { TrainTick } from '../../src/train-state.ts';

/** Every tick of a training. */
export async function allTicks<P extends ParameterTree>(
  model: Model<P>,
  data: Configurations,
  options: TrainOptions<P>,
): Promise<TrainTick[]> {
  const ticks: TrainTick[] = [];
  for await (const tick of trainMasked(model, data, options)) ticks.push(tick);
  return ticks;
}

/** The last tick of a training. */
export async function lastTick<P extends ParameterTree>(
  model: Model<P>,
  data: Configurations,
  options: TrainOptions<P>,
): Promise<TrainTick> {
  return (await allTicks(model, data, options)).at(-1)!;
}
