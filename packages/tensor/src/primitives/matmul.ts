import type { Activation } from '../backend.ts';
import { broadcastOf, type Shape } from '../shape.ts';
import type { Tensor } from '../tensor.ts';
import { kernelsFor, madeLike } from './made.ts';

/* Kernels on tensors, unchecked and unrecorded: see elementwise.ts. */

/** The shape of a product whose operands are known to fit, or null when leading axes do not broadcast. */
export function productShape(a: Shape, b: Shape, transposeA: boolean, transposeB: boolean): Shape | null {
  const [ra, rb] = [a.length, b.length];
  const lead = ra === 2 && rb === 2 ? [] : broadcastOf(a.slice(0, ra - 2), b.slice(0, rb - 2));
  return lead && [...lead, a[ra - (transposeA ? 1 : 2)], b[rb - (transposeB ? 2 : 1)]];
}

export function product(a: Tensor, b: Tensor, transposeA: boolean, transposeB: boolean): Tensor {
  const shape = productShape(a.shape, b.shape, transposeA, transposeB)!;
  return madeLike(a, kernelsFor(a, 'matmul').matmul(a, b, { transposeA, transposeB }, shape), shape);
}

/** x [rows, k]; both results are [rows, n]. */
export function denseLayer(
  x: Tensor,
  w: Tensor,
  bias: Tensor | null,
  activation: Activation,
  transposeW: boolean,
): { y: Tensor; before: Tensor | null } {
  const { y, before } = kernelsFor(x, 'dense').dense(x, w, bias, activation, transposeW);
  const shape = [x.shape[0], w.shape[transposeW ? 0 : 1]];
  return { y: madeLike(x, y, shape), before: before && madeLike(x, before, shape) };
}
