import { DomainError, type Rng } from '@spinformer/numerics';
import {
  cast,
  dispose,
  mapTree,
  type ParameterTree,
  readSync,
  scope,
  treeFromPlain,
  treeLeaves,
} from '@spinformer/tensor';
import type { Model } from './model.ts';
import type { TrainOptions, TrainSettings } from './train-options.ts';

/**
 * The parameters that a training begins with, as new tensors in its precision: those of the state to resume, a copy of
 * `start`, or fresh ones.
 *
 * @throws {DomainError} if a parameter in `start` is not finite.
 */
export function beginParameters<P extends ParameterTree>(
  model: Model<P>,
  options: TrainOptions<P>,
  settings: TrainSettings,
  rng: Rng,
): P {
  if (options.resume) return treeFromPlain(options.resume.parameters) as P;
  if (!options.start) return model.init(rng.fork('parameters'), settings.precision);
  const copy = scope(() => mapTree(options.start!, (leaf) => cast(leaf, settings.precision)));
  treeLeaves(copy).forEach((leaf, k) => {
    const bad = leaf.backend.readSync ? readSync(leaf).findIndex((x: number) => !Number.isFinite(x)) : -1;
    if (bad < 0) return;
    dispose(copy);
    throw new DomainError(
      `trainMasked: start has a parameter that is not finite (tensor ${k}, entry ${bad}). Start from finite numbers.`,
    );
  });
  return copy;
}
