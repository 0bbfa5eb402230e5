import { ShapeError } from '@spinformer/numerics';
import { formatShape, sameShape } from '../shape.ts';
import { Tensor } from '../tensor.ts';

/** Parameters: a tensor, or a record or array of trees. */
export type ParameterTree = Tensor | readonly ParameterTree[] | { readonly [name: string]: ParameterTree };

/** Like a parameter tree, but plain numbers, strings, booleans and null may stand between the tensors. */
export type StateTree =
  | Tensor
  | number
  | string
  | boolean
  | null
  | readonly StateTree[]
  | { readonly [name: string]: StateTree };

/** The tensors of any nesting of records and arrays, in the order in which they were written; others are passed over. */
export function treeLeaves(tree: unknown): Tensor[] {
  const leaves: Tensor[] = [];
  eachLeaf(tree, (leaf) => leaves.push(leaf));
  return leaves;
}

/** @internal Calls `visit` for every tensor in a nesting of plain records and arrays. */
export function eachLeaf(tree: unknown, visit: (leaf: Tensor) => void): void {
  if (tree instanceof Tensor) visit(tree);
  else if (Array.isArray(tree)) for (let k = 0; k < tree.length; k++) eachLeaf(tree[k], visit);
  else if (isRecord(tree)) for (const name in tree) eachLeaf(tree[name], visit);
}

/** @internal Whether a value is a plain record, as opposed to a typed array or an instance of a class. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/**
 * A tree of the same structure with `map(leaf, path)` in place of every tensor; what is not a tensor stays.
 * `path` names the leaf, as in `layers.0.weights`.
 */
export function mapTree<T>(tree: T, map: (leaf: Tensor, path: string) => Tensor): T {
  return mapAt(tree, map, '') as T;
}

function mapAt(tree: unknown, map: (leaf: Tensor, path: string) => unknown, path: string): unknown {
  const below = (name: string | number) => (path === '' ? `${name}` : `${path}.${name}`);
  if (tree instanceof Tensor) return map(tree, path);
  if (Array.isArray(tree)) return tree.map((child, k) => mapAt(child, map, below(k)));
  if (!isRecord(tree)) return tree;
  const mapped: Record<string, unknown> = {};
  for (const name in tree) mapped[name] = mapAt(tree[name], map, below(name));
  return mapped;
}

/**
 * A tree like `first` whose leaves are `map(path, a, b, …)` of the leaves that stand at the same place in every tree.
 * @throws {ShapeError} when a tree has another number of leaves, or a leaf another shape
 */
export function zipTrees<T>(
  name: string,
  map: (path: string, ...leaves: Tensor[]) => Tensor,
  first: T,
  ...others: unknown[]
): T {
  const lists = others.map(treeLeaves);
  const wanted = treeLeaves(first).length;
  for (const list of lists)
    if (list.length !== wanted)
      throw new ShapeError(
        `${name}: trees must have the same leaves, got ${wanted} and ${list.length} tensors. ` +
          'Pass trees of one structure, for instance the gradients of these parameters.',
      );
  let k = 0;
  return mapTree(first, (leaf, path) => {
    const leaves = lists.map((list) => list[k]);
    for (const other of leaves)
      if (!sameShape(leaf.shape, other.shape))
        throw new ShapeError(
          `${name}: ${path || 'the tensor'} is ${formatShape(leaf.shape)} in one tree and ` +
            `${formatShape(other.shape)} in another. Pass trees of one structure.`,
        );
    k++;
    return map(path, leaf, ...leaves);
  });
}
