import { dispose, scope } from '../memory/scope.ts';
import type { Tensor } from '../tensor.ts';
import { mapLeaves, type ParameterTree, zipLeaves } from '../trees/tree.ts';
import { clipByGlobalNorm } from './clip.ts';
import type { CommonOptions } from './optimizer.ts';

/** Hands clipped gradients to `body` and frees them afterwards. */
export function withClipping<P extends ParameterTree, T>(
  gradients: P,
  options: CommonOptions,
  body: (gradients: P) => T,
): T {
  if (options.clipNorm === undefined) return body(gradients);
  const { clipNorm } = options;
  return scope(() => {
    const clipped = clipByGlobalNorm(gradients, clipNorm);
    const result = body(clipped);
    dispose(clipped);
    return result;
  });
}

/**
 * Applies `update` to each parameter and the leaves at its place in the other trees; it returns as many tensors as
 * there are trees to make.
 */
export function updateLeaves<P>(
  name: string,
  parameters: P,
  others: readonly unknown[],
  update: (leaves: readonly Tensor[], index: number) => readonly Tensor[],
): P[] {
  const made: (readonly Tensor[])[] = [];
  zipLeaves(name, parameters, others, (leaves, index) => made.push(update(leaves, index)));
  return (made[0] ?? []).map((_, result) => mapLeaves(parameters, (_leaf, index) => made[index][result]));
}
