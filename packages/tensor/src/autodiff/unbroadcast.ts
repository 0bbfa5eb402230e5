import { concatAlong, embedIn, reduceOver, sliceOf } from '../primitives/movement.ts';
import { type Shape, sameShape, sizeOf } from '../shape.ts';
import { share, type Tensor } from '../tensor.ts';

/** Sums g over the axes along which an operand of `shape` was repeated. */
export function unbroadcast(g: Tensor, shape: Shape): Tensor {
  if (sameShape(g.shape, shape)) return share(g);
  const lead = g.shape.length - shape.length;
  const axes: number[] = [];
  for (let axis = 0; axis < g.shape.length; axis++)
    if (axis < lead || (shape[axis - lead] === 1 && g.shape[axis] !== 1)) axes.push(axis);
  return axes.length === 0 ? share(g, shape) : share(reduceOver('sum', g, axes), shape);
}

/**
 * The same sums for each sample apart: g has the samples along axis 0 (m rows each), the operand of `shape` was shared
 * by them all; returns [samples, ...shape]. An operand that has rows of its own for every sample gets each sample's
 * cotangent in that sample's rows and zeros elsewhere.
 */
export function unbroadcastPerSample(g: Tensor, shape: Shape, samples: number): Tensor {
  const lead = g.shape.length - shape.length;
  if (lead === 0 && shape[0] !== 1) return spreadRows(unbroadcast(g, shape), samples);
  const axes = [1];
  for (let axis = 1; axis < g.shape.length; axis++)
    if (axis < lead || (shape[axis - lead] === 1 && g.shape[axis] !== 1)) axes.push(axis + 1);
  const rows = share(g, [samples, g.shape[0] / samples, ...g.shape.slice(1)]);
  return share(reduceOver('sum', rows, axes), [samples, ...shape]);
}

/** [samples, ...g.shape] with the rows of sample s at s, and zeros in the rows of the other samples. */
export function spreadRows(g: Tensor, samples: number): Tensor {
  if (samples === 1) return share(g, [1, ...g.shape]);
  const rows = g.shape[0] / samples;
  const begin = g.shape.map(() => 0);
  const parts: Tensor[] = [];
  for (let s = 0; s < samples; s++) {
    begin[0] = s * rows;
    const own = sliceOf(g, begin.slice(), [rows, ...g.shape.slice(1)]);
    parts.push(embedIn(own, g.shape, begin.slice()));
    own.dispose();
  }
  return stacked(parts, g.shape);
}

/** [parts, ...shape] from tensors of one shape (leading axes of size one aside), which it disposes of. */
export function stacked(parts: readonly Tensor[], shape: Shape): Tensor {
  const rows = parts.map((part) => share(part, [1, sizeOf(shape)]));
  const whole = share(concatAlong(rows, 0), [parts.length, ...shape]);
  for (const part of parts) part.dispose();
  return whole;
}
