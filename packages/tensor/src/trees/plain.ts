import { DataError, type PlainData } from '@spinformer/numerics';
import type { DType, TypedArray } from '../backend.ts';
import { tensor } from '../ops/create.ts';
import { readSync } from '../ops/read.ts';
import { sizeOf } from '../shape.ts';
import { Tensor } from '../tensor.ts';
import { isRecord, type StateTree } from './tree.ts';

/** The key that marks a record as a tensor in plain data. */
const MARK = 'tensor';

/**
 * A tree of tensors and plain values as data that a checkpoint can hold; each tensor becomes
 * `{ tensor: dtype, shape, values }`. Nothing is rounded: {@link treeFromPlain} gives the same bits back.
 */
export function treeToPlain(tree: StateTree): PlainData {
  if (tree instanceof Tensor) return { [MARK]: tree.dtype, shape: [...tree.shape], values: readSync(tree) };
  if (Array.isArray(tree)) return tree.map(treeToPlain);
  if (!isRecord(tree)) return tree as PlainData;
  const plain: Record<string, PlainData> = {};
  for (const name in tree) plain[name] = treeToPlain((tree as Record<string, StateTree>)[name]);
  return plain;
}

/**
 * The tree that {@link treeToPlain} was given, on the current backend.
 * @throws {DataError} when a tensor in it has values that do not fit its shape or dtype
 */
export function treeFromPlain<T = StateTree>(plain: PlainData): T {
  return restored(plain, '') as T;
}

function restored(plain: PlainData, path: string): unknown {
  const below = (name: string | number) => (path === '' ? `${name}` : `${path}.${name}`);
  if (Array.isArray(plain)) return plain.map((child, k) => restored(child, below(k)));
  if (!isRecord(plain)) return plain;
  if (MARK in plain && 'values' in plain) return tensorFrom(plain as Record<string, PlainData>, path);
  const tree: Record<string, unknown> = {};
  for (const name in plain) tree[name] = restored((plain as Record<string, PlainData>)[name], below(name));
  return tree;
}

const ARRAYS = { float32: Float32Array, float64: Float64Array, int32: Int32Array } as const;

function tensorFrom(plain: Record<string, PlainData>, path: string): Tensor {
  const dtype = plain[MARK] as DType;
  const shape = plain['shape'] as readonly number[];
  const values = plain['values'] as TypedArray;
  const wanted = ARRAYS[dtype];
  if (!wanted || !(values instanceof wanted) || !Array.isArray(shape) || sizeOf(shape) !== values.length)
    throw new DataError(
      `treeFromPlain: ${path || 'the tree'} is marked as a tensor, but its dtype, shape and values do not fit together. ` +
        'The checkpoint is damaged or was written by something else.',
    );
  return tensor(values, shape, dtype);
}
