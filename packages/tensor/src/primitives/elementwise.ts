import type { BinaryOp, DType, UnaryOp } from '../backend.ts';
import { broadcastOf, type Shape, sizeOf } from '../shape.ts';
import type { Tensor } from '../tensor.ts';
import { kernelsFor, madeLike } from './made.ts';

/*
 * Kernels on tensors: shapes are trusted and nothing is recorded. Operations check and record around them, gradient
 * rules use them as they are.
 */

export function fillLike(x: Tensor, shape: Shape, value: number, dtype: DType = x.dtype): Tensor {
  return madeLike(x, kernelsFor(x, 'fill', dtype).fill(sizeOf(shape), value, dtype), shape, dtype);
}

export function castTo(x: Tensor, dtype: DType): Tensor {
  return madeLike(x, kernelsFor(x, 'cast').cast(x, dtype), x.shape, dtype);
}

export function unary(op: UnaryOp, x: Tensor): Tensor {
  return madeLike(x, kernelsFor(x, 'unary').unary(op, x), x.shape);
}

export function unaryGrad(op: UnaryOp, x: Tensor, y: Tensor, g: Tensor): Tensor {
  return madeLike(x, kernelsFor(x, 'unaryGrad').unaryGrad(op, x, y, g), x.shape);
}

export function binary(
  op: BinaryOp,
  a: Tensor,
  b: Tensor,
  shape: Shape = broadcastOf(a.shape, b.shape)!,
): Tensor {
  return madeLike(a, kernelsFor(a, 'binary').binary(op, a, b, shape), shape);
}

export function select(condition: Tensor, a: Tensor, b: Tensor, shape: Shape): Tensor {
  return madeLike(a, kernelsFor(a, 'where').where(condition, a, b, shape), shape);
}

export function repeatTo(x: Tensor, shape: Shape): Tensor {
  return madeLike(x, kernelsFor(x, 'broadcastTo').broadcastTo(x, shape), shape);
}
