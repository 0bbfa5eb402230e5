import type { ReduceOp } from '../backend.ts';
import { reducedShape, type Shape } from '../shape.ts';
import type { Tensor } from '../tensor.ts';
import { kernelsFor, madeLike } from './made.ts';

/* Kernels on tensors, unchecked and unrecorded: see elementwise.ts. */

export function reduceOver(op: ReduceOp, x: Tensor, axes: readonly number[], keepAxes = false): Tensor {
  return madeLike(x, kernelsFor(x, 'reduce').reduce(op, x, axes), reducedShape(x.shape, axes, keepAxes));
}

export function permuteAxes(x: Tensor, permutation: readonly number[]): Tensor {
  const shape = permutation.map((axis) => x.shape[axis]);
  return madeLike(x, kernelsFor(x, 'permute').permute(x, permutation), shape);
}

export function sliceOf(x: Tensor, begin: readonly number[], size: readonly number[]): Tensor {
  return madeLike(x, kernelsFor(x, 'slice').slice(x, begin, size), size);
}

export function embedIn(x: Tensor, shape: Shape, begin: readonly number[]): Tensor {
  return madeLike(x, kernelsFor(x, 'embed').embed(x, shape, begin), shape);
}

export function concatAlong(xs: readonly Tensor[], axis: number): Tensor {
  const shape = xs[0].shape.slice();
  for (let k = 1; k < xs.length; k++) shape[axis] += xs[k].shape[axis];
  return madeLike(xs[0], kernelsFor(xs[0], 'concat').concat(xs, axis), shape);
}

export function gatherRows(table: Tensor, indices: Tensor): Tensor {
  const shape = [...indices.shape, ...table.shape.slice(1)];
  return madeLike(table, kernelsFor(table, 'gather').gather(table, indices), shape);
}

export function scatterRows(g: Tensor, indices: Tensor, rows: number): Tensor {
  const shape = [rows, ...g.shape.slice(indices.shape.length)];
  return madeLike(g, kernelsFor(g, 'scatterAdd').scatterAdd(g, indices, rows), shape);
}
