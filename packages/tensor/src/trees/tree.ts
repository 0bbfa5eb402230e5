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

/** @internal {@link mapTree} without paths, which cost more than small kernels do. `index` counts the leaves. */
export function mapLeaves<T>(tree: T, map: (leaf: Tensor, index: number) => Tensor): T {
  let index = 0;
  const visit = (node: unknown): unknown => {
    if (node instanceof Tensor) return map(node, index++);
    if (Array.isArray(node)) return node.map(visit);
    if (!isRecord(node)) return node;
    const mapped: Record<string, unknown> = {};
    for (const name in node) mapped[name] = visit(node[name]);
    return mapped;
  };
  return visit(tree) as T;
}

/** @internal The path of the leaf that {@link mapLeaves} counts as `index`, empty for a tree that is one tensor. */
export function pathOf(tree: unknown, index: number): string {
  const paths: string[] = [];
  mapTree(tree, (leaf, path) => {
    paths.push(path);
    return leaf;
  });
  return paths[index];
}

/**
 * @internal For every leaf of `first`, calls `visit` with it and the leaves at the same place in the other trees.
 * @throws {ShapeError} when a tree has another number of leaves, or a leaf another shape
 */
export function zipLeaves(
  name: string,
  first: unknown,
  others: readonly unknown[],
  visit: (leaves: readonly Tensor[], index: number) => void,
): void {
  const wanted = treeLeaves(first);
  const lists = others.map(treeLeaves);
  for (const list of lists)
    if (list.length !== wanted.length)
      throw new ShapeError(
        `${name}: trees must have the same leaves, got ${wanted.length} and ${list.length} tensors. ` +
          'Pass trees of one structure, for instance the gradients of these parameters.',
      );
  for (let k = 0; k < wanted.length; k++) {
    for (const list of lists)
      if (!sameShape(wanted[k].shape, list[k].shape))
        throw new ShapeError(
          `${name}: ${pathOf(first, k) || 'the tensor'} is ${formatShape(wanted[k].shape)} in one tree and ` +
            `${formatShape(list[k].shape)} in another. Pass trees of one structure.`,
        );
    visit([wanted[k], ...lists.map((list) => list[k])], k);
  }
}
