import type { PlainData } from '@spinformer/numerics';
import type { OptimizerState } from '@spinformer/tensor';
import {
  adam,
  dispose,
  readSync,
  type StateTree,
  tensor,
  treeFromPlain,
  treeToPlain,
} from '@spinformer/tensor';
import type { Directions } from './natural-directions.ts';

/** Directions of plain gradient descent: φ = ∇E, whatever the shift. */
export function descentDirection(gradient: Float64Array): Directions<PlainData> {
  return { at: () => gradient, after: () => null, dispose() {} };
}

/**
 * Directions of Adam: the mean gradient over the root of the mean squared one, with bias corrections.
 *
 * @param memory - what the last step's `after` returned, null at the start.
 * @source kingma2015adam, algorithm 1
 */
export function adamDirection(gradient: Float64Array, memory: PlainData): Directions<PlainData> {
  const optimizer = adam({ learningRate: 1 });
  const zero = { x: tensor(new Float64Array(gradient.length)) };
  const slope = { x: tensor(gradient) };
  const state = memory === null ? optimizer.init(zero) : treeFromPlain<OptimizerState>(memory);
  const updated = optimizer.update(zero, slope, state);
  const direction = (readSync(updated.parameters.x) as Float64Array).map((x) => -x);
  const next = treeToPlain(updated.state as StateTree);
  dispose(zero, slope, state, updated);
  return { at: () => direction, after: () => next, dispose() {} };
}
