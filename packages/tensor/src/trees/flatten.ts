import type { Floats } from '@spinformer/numerics';
import { ShapeError } from '@spinformer/numerics';
import { readSync } from '../ops/read.ts';
import { ownBuffer } from '../tensor.ts';
import { mapLeaves, treeLeaves } from './tree.ts';

/** How many numbers the tensors of a tree hold together. */
export function treeSize(tree: unknown): number {
  return treeLeaves(tree).reduce((total, leaf) => total + leaf.size, 0);
}

/** Every number of a tree in one vector, leaf after leaf in the order of {@link treeLeaves}: what L-BFGS works on. */
export function flattenTree(tree: unknown): Floats<'parameters'> {
  const vector = new Float64Array(treeSize(tree));
  let at = 0;
  for (const leaf of treeLeaves(tree)) {
    vector.set(readSync(leaf), at);
    at += leaf.size;
  }
  return vector;
}

/**
 * The inverse of {@link flattenTree}: new tensors with the structure, shapes, dtypes and backends of `like`.
 * @throws {ShapeError} when the vector has another length
 */
export function unflattenTree<T>(vector: Floats<'parameters'>, like: T): T {
  const size = treeSize(like);
  if (vector.length !== size)
    throw new ShapeError(
      `unflattenTree: the tree holds ${size} numbers, the vector ${vector.length}. Use a tree of the same structure.`,
    );
  let at = 0;
  return mapLeaves(like, (leaf) => {
    const values = vector.subarray(at, at + leaf.size);
    at += leaf.size;
    return ownBuffer(leaf.backend, leaf.backend.upload(values, leaf.dtype), leaf.shape, leaf.dtype);
  });
}
