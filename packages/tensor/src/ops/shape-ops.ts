import { ShapeError } from '@spinformer/numerics';
import { broadcastToRule, reshapeRule } from '../autodiff/rules/elementwise.ts';
import { concatRule, permuteRule, placeRule, sliceRule } from '../autodiff/rules/movement.ts';
import { record } from '../autodiff/tape.ts';
import { repeatTo } from '../primitives/elementwise.ts';
import { concatAlong, embedIn, permuteAxes, sliceOf } from '../primitives/movement.ts';
import {
  broadcastOf,
  checkShape,
  formatShape,
  resolveAxis,
  type Shape,
  sameShape,
  sizeOf,
} from '../shape.ts';
import { share, type Tensor } from '../tensor.ts';
import { checkPair, checkTensor } from './checks.ts';

/**
 * The same numbers in another shape; shares memory with x.
 * @param shape of the same size; one entry may be −1, which is then computed
 */
export function reshape(x: Tensor, shape: Shape): Tensor {
  checkTensor('reshape', x);
  const target = shape.includes(-1) ? inferred(x, shape) : shape;
  if (sizeOf(target) !== x.size)
    throw new ShapeError(
      `reshape: ${formatShape(x.shape)} holds ${x.size} numbers, ${formatShape(shape)} does not. ` +
        'Both shapes must have the same product.',
    );
  checkShape('reshape', target);
  return record(reshapeRule, share(x, target.slice()), [x], null);
}

function inferred(x: Tensor, shape: Shape): number[] {
  const rest = shape.reduce((product, size) => (size === -1 ? product : product * size), 1);
  if (shape.indexOf(-1) !== shape.lastIndexOf(-1) || rest === 0)
    throw new ShapeError(
      `reshape: ${formatShape(shape)} leaves more than one answer. Write all sizes but one.`,
    );
  return shape.map((size) => (size === -1 ? x.size / rest : size));
}

/**
 * Axes in another order: axis k of the result is axis `permutation[k]` of x.
 * @param permutation default: the last two axes swapped
 */
export function transpose(x: Tensor, permutation?: readonly number[]): Tensor {
  checkTensor('transpose', x);
  const rank = x.shape.length;
  const order = permutation?.map((axis) => resolveAxis('transpose', axis, rank)) ?? swapLast(x);
  if (order.length !== rank || new Set(order).size !== rank)
    throw new ShapeError(
      `transpose: ${formatShape(permutation ?? order)} is no permutation of the ${rank} axes of ` +
        `${formatShape(x.shape)}. Name every axis once.`,
    );
  return record(permuteRule, permuteAxes(x, order), [x], order);
}

/** {@link transpose} under its other name. */
export const permute: (x: Tensor, permutation: readonly number[]) => Tensor = transpose;

function swapLast(x: Tensor): number[] {
  const rank = x.shape.length;
  if (rank < 2)
    throw new ShapeError(
      `transpose: needs two axes to swap, got ${formatShape(x.shape)}. Reshape x to a matrix.`,
    );
  return x.shape.map((_, axis) => (axis < rank - 2 ? axis : 2 * rank - 3 - axis));
}

/**
 * A rectangular part of x.
 * @param begin where it begins along each axis
 * @param size how much of each axis; −1 means up to the end; default: all up to the end
 */
export function slice(x: Tensor, begin: readonly number[], size?: readonly number[]): Tensor {
  checkTensor('slice', x);
  const from = x.shape.map((_, axis) => begin[axis] ?? 0);
  const sizes = x.shape.map((whole, axis) => {
    const wanted = size?.[axis] ?? -1;
    return wanted === -1 ? whole - from[axis] : wanted;
  });
  checkPart('slice', from, sizes, x.shape, begin.length);
  return record(sliceRule, sliceOf(x, from, sizes), [x], from);
}

/** Zeros of `shape` with x written at `begin`: what {@link slice} takes out, put back. */
export function place(x: Tensor, shape: Shape, begin: readonly number[]): Tensor {
  checkTensor('place', x);
  checkShape('place', shape);
  if (shape.length !== x.shape.length || begin.length !== shape.length)
    throw new ShapeError(
      `place: x ${formatShape(x.shape)}, shape ${formatShape(shape)} and begin ${formatShape(begin)} ` +
        'must have the same length. Reshape x first.',
    );
  checkPart('place', begin, x.shape, shape, begin.length);
  return record(placeRule, embedIn(x, shape.slice(), begin), [x], begin.slice());
}

function checkPart(name: string, begin: readonly number[], size: Shape, whole: Shape, given: number): void {
  const fits = size.every(
    (length, axis) =>
      Number.isInteger(length) &&
      Number.isInteger(begin[axis]) &&
      length >= 0 &&
      begin[axis] >= 0 &&
      begin[axis] + length <= whole[axis],
  );
  if (!fits || given > whole.length)
    throw new ShapeError(
      `${name}: a part of ${formatShape(size)} at ${formatShape(begin)} does not lie inside ${formatShape(whole)}. ` +
        'Along each axis begin + size must be at most the size of the whole.',
    );
}

/** Joins tensors along an axis; the other sizes must agree. */
export function concat(xs: readonly Tensor[], axis = 0): Tensor {
  if (xs.length === 0)
    throw new ShapeError('concat: needs at least one tensor. Pass a list that is not empty.');
  checkTensor('concat', xs[0]);
  const along = resolveAxis('concat', axis, xs[0].shape.length);
  for (const x of xs) {
    checkPair('concat', xs[0], x);
    if (
      x.shape.length !== xs[0].shape.length ||
      x.shape.some((size, k) => k !== along && size !== xs[0].shape[k])
    )
      throw new ShapeError(
        `concat: shapes ${formatShape(xs[0].shape)} and ${formatShape(x.shape)} differ outside of axis ${along}. ` +
          'Reshape or slice them to agree.',
      );
  }
  return record(concatRule, concatAlong(xs, along), xs, along);
}

/** Joins tensors of one shape along a new axis. */
export function stack(xs: readonly Tensor[], axis = 0): Tensor {
  if (xs.length === 0)
    throw new ShapeError('stack: needs at least one tensor. Pass a list that is not empty.');
  checkTensor('stack', xs[0]);
  const { shape } = xs[0];
  const along = resolveAxis('stack', axis, shape.length + 1);
  const parts = xs.map((x) => {
    checkPair('stack', xs[0], x);
    if (!sameShape(x.shape, shape))
      throw new ShapeError(
        `stack: shapes ${formatShape(shape)} and ${formatShape(x.shape)} differ. Use concat() for different sizes.`,
      );
    return reshape(x, [...shape.slice(0, along), 1, ...shape.slice(along)]);
  });
  const joined = concat(parts, along);
  for (const part of parts) part.dispose();
  return joined;
}

/** Repeats x along axes of size one and along new leading axes until it has this shape. */
export function broadcastTo(x: Tensor, shape: Shape): Tensor {
  checkTensor('broadcastTo', x);
  checkShape('broadcastTo', shape);
  const reached = broadcastOf(x.shape, shape);
  if (reached === null || !sameShape(reached, shape))
    throw new ShapeError(
      `broadcastTo: ${formatShape(x.shape)} does not broadcast to ${formatShape(shape)}. ` +
        'Counted from the last axis, sizes must be equal or 1.',
    );
  return record(broadcastToRule, repeatTo(x, shape.slice()), [x], null);
}
