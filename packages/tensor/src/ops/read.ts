import { BackendError } from '@spinformer/numerics';
import type { Backend, TypedArray } from '../backend.ts';
import { ownBuffer, type Tensor } from '../tensor.ts';
import { mapLeaves, treeLeaves } from '../trees/tree.ts';
import { checkTensor } from './checks.ts';

/** A copy of the values, row-major. On a device this waits for what is queued; everywhere else it is immediate. */
export function read(x: Tensor): Promise<TypedArray> {
  checkTensor('read', x);
  return x.backend.read(x.buffer);
}

/**
 * {@link read} without waiting.
 * @throws {BackendError} on a backend that can only answer later
 */
export function readSync(x: Tensor): TypedArray {
  checkTensor('readSync', x);
  if (!x.backend.readSync)
    throw new BackendError(
      `readSync: the ${x.backend.name} backend answers only asynchronously. Use await read(x).`,
    );
  return x.backend.readSync(x.buffer);
}

/** The one number that x holds. */
export function readScalar(x: Tensor): number {
  return readSync(x)[0];
}

/** Copies of a tree's tensors on another backend; the originals stay. */
export async function moveTo<T>(tree: T, backend: Backend): Promise<T> {
  const arrays = new Map<Tensor, TypedArray>();
  for (const leaf of treeLeaves(tree)) arrays.set(leaf, await read(leaf));
  return mapLeaves(tree, (leaf) =>
    ownBuffer(backend, backend.upload(arrays.get(leaf)!, leaf.dtype), leaf.shape, leaf.dtype),
  );
}
