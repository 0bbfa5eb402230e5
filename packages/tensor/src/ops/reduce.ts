import { reduceRule } from '../autodiff/rules/movement.ts';
import { record } from '../autodiff/tape.ts';
import type { ReduceOp } from '../backend.ts';
import { reduceOver } from '../primitives/movement.ts';
import { resolveAxes } from '../shape.ts';
import type { Tensor } from '../tensor.ts';
import { mul } from './binary.ts';
import { checkFloat, checkTensor } from './checks.ts';

/** One axis or several, counted from the end when negative; left out, all of them. */
export type Axes = number | readonly number[];

/** Options of {@link sum}, {@link mean} and {@link max}. */
export interface ReduceOptions {
  /** Leave axes of size one in place of the reduced ones; default false. */
  readonly keepAxes?: boolean;
}

function apply(op: ReduceOp, x: Tensor, over: Axes | undefined, options: ReduceOptions): Tensor {
  checkTensor(op, x);
  const axes = resolveAxes(op, over, x.shape.length);
  const out = reduceOver(op, x, axes, options.keepAxes ?? false);
  return record(reduceRule, out, [x], { op, axes });
}

/** Sum over axes; of nothing, 0. Accumulates in float64 or pairwise. */
export function sum(x: Tensor, axes?: Axes, options: ReduceOptions = {}): Tensor {
  return apply('sum', x, axes, options);
}

/** Mean over axes; of nothing, NaN. */
export function mean(x: Tensor, axes?: Axes, options: ReduceOptions = {}): Tensor {
  checkFloat('mean', x);
  let count = 1;
  for (const axis of resolveAxes('mean', axes, x.shape.length)) count *= x.shape[axis];
  const total = sum(x, axes, options);
  const average = mul(total, 1 / count);
  total.dispose();
  return average;
}

/** Largest entry over axes; of nothing, −∞. Entries that tie share the gradient. */
export function max(x: Tensor, axes?: Axes, options: ReduceOptions = {}): Tensor {
  return apply('max', x, axes, options);
}
