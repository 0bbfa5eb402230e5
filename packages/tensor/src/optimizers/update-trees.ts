import { dispose, scope } from '../memory/scope.ts';
import type { Tensor } from '../tensor.ts';
import { mapTree, type ParameterTree, zipTrees } from '../trees/tree.ts';
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

/** Applies `update` leaf by leaf; it returns as many tensors as there are trees to make. */
export function updateLeaves<P>(
  name: string,
  parameters: P,
  others: readonly unknown[],
  update: (leaves: readonly Tensor[], path: string) => readonly Tensor[],
): P[] {
  const made: (readonly Tensor[])[] = [];
  zipTrees(
    name,
    (path, ...leaves) => {
      made.push(update(leaves, path));
      return leaves[0];
    },
    parameters,
    ...others,
  );
  return (made[0] ?? []).map((_, result) => {
    let k = 0;
    return mapTree(parameters, () => made[k++][result]);
  });
}
