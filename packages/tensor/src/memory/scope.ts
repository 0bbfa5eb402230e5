import { DomainError } from '@spinformer/numerics';
import type { Tensor } from '../tensor.ts';
import { eachLeaf } from '../trees/tree.ts';
import { closeFrame, type Frame, openFrame } from './frame.ts';

/**
 * Runs `body` and frees every tensor that was made in it, except those in what it returns (a tensor or any nesting of
 * records and arrays) and those marked by {@link keep}. Scopes nest: what an inner one returns belongs to the outer.
 *
 * @throws {DomainError} when `body` returns a promise: a scope ends when its body returns, so await outside of it.
 * @example
 * const norm = scope(() => sqrt(sum(square(x)))); // two intermediates are gone
 */
export function scope<T>(body: () => T): T {
  const frame = openFrame();
  try {
    const result = body();
    if (typeof (result as { then?: unknown } | null)?.then === 'function')
      throw new DomainError(
        'scope: the body returned a promise, but a scope ends when its body returns. ' +
          'Make the body synchronous and await outside of the scope.',
      );
    handOver(result, frame);
    return result;
  } finally {
    closeFrame(frame);
  }
}

/** Gives the tensors in `result` that `frame` owns to the frame around it. */
function handOver(result: unknown, frame: Frame): void {
  eachLeaf(result, (leaf) => {
    if (leaf.frame !== frame) return;
    leaf.frame = null;
    frame.parent?.adopt(leaf);
  });
}

/** Takes the tensors of a tree out of the care of every scope: they live until {@link dispose}. Returns the tree. */
export function keep<T>(tree: T): T {
  eachLeaf(tree, (leaf: Tensor) => {
    leaf.frame = null;
  });
  return tree;
}

/** Frees every tensor of the given trees. A tensor that was disposed of before is passed over. */
export function dispose(...trees: readonly unknown[]): void {
  for (const tree of trees) eachLeaf(tree, (leaf) => leaf.dispose());
}
