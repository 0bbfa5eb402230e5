import { DomainError } from '@spinformer/numerics';
import { scope } from '../memory/scope.ts';
import { add, div, maximum, mul } from '../ops/binary.ts';
import { sum } from '../ops/reduce.ts';
import { sqrt, square } from '../ops/unary.ts';
import type { Tensor } from '../tensor.ts';
import { mapLeaves, type ParameterTree, treeLeaves } from '../trees/tree.ts';

/** √(Σ x²) over every number of a tree; a tensor of shape []. */
export function globalNorm(tree: ParameterTree): Tensor {
  const leaves = treeLeaves(tree);
  if (leaves.length === 0)
    throw new DomainError('globalNorm: the tree holds no tensor. Pass parameters or gradients.');
  return scope(() => sqrt(leaves.map((leaf) => sum(square(leaf))).reduce((a, b) => add(a, b))));
}

/** The tree, scaled down where its {@link globalNorm} is above `maximumNorm`; new tensors either way. */
export function clipByGlobalNorm<P extends ParameterTree>(tree: P, maximumNorm: number): P {
  if (!(maximumNorm > 0))
    throw new DomainError(
      `clipByGlobalNorm: maximumNorm must be positive, got ${maximumNorm}. Leave clipNorm out instead.`,
    );
  return scope(() => {
    // maximumNorm / max(norm, maximumNorm) is 1 for short gradients, and NaN goes on to be seen.
    const factor = div(maximumNorm, maximum(globalNorm(tree), maximumNorm));
    return mapLeaves(tree, (leaf) => mul(leaf, factor));
  });
}
