import { DomainError } from '@spinformer/numerics';
import { binaryRule, comparisonRule, whereRule } from '../autodiff/rules/elementwise.ts';
import { record } from '../autodiff/tape.ts';
import type { BinaryOp } from '../backend.ts';
import { binary, fillLike, select } from '../primitives/elementwise.ts';
import { broadcastShapes } from '../shape.ts';
import { describeTensor, Tensor } from '../tensor.ts';
import { checkPair, checkTensor, checkTogether } from './checks.ts';

/** A tensor, or a number that becomes a scalar of the other operand's dtype. */
export type TensorOrNumber = Tensor | number;

const ON_INTEGERS: ReadonlySet<BinaryOp> = new Set<BinaryOp>(['add', 'sub', 'mul', 'equal', 'greater']);

function apply(op: BinaryOp, a: TensorOrNumber, b: TensorOrNumber): Tensor {
  if (typeof a === 'number') return withScalar(op, a, b as Tensor, true);
  if (typeof b === 'number') return withScalar(op, b, a, false);
  checkPair(op, a, b);
  if (a.dtype === 'int32' && !ON_INTEGERS.has(op))
    throw new DomainError(`${op}: not defined for int32, got ${describeTensor(a)}. Use cast(x, 'float32').`);
  const shape = broadcastShapes(op, a.shape, b.shape);
  const rule = op === 'equal' || op === 'greater' ? comparisonRule : binaryRule;
  return record(rule, binary(op, a, b, shape), [a, b], op);
}

function withScalar(op: BinaryOp, value: number, x: Tensor, first: boolean): Tensor {
  checkTensor(op, x);
  const constant = fillLike(x, [], value);
  try {
    return first ? apply(op, constant, x) : apply(op, x, constant);
  } finally {
    constant.dispose();
  }
}

/** a + b, with NumPy broadcasting; so are all functions of two operands here. */
export function add(a: TensorOrNumber, b: TensorOrNumber): Tensor {
  return apply('add', a, b);
}

/** a − b. */
export function sub(a: TensorOrNumber, b: TensorOrNumber): Tensor {
  return apply('sub', a, b);
}

/** a·b, element by element. */
export function mul(a: TensorOrNumber, b: TensorOrNumber): Tensor {
  return apply('mul', a, b);
}

/** a/b. */
export function div(a: TensorOrNumber, b: TensorOrNumber): Tensor {
  return apply('div', a, b);
}

/** The larger one; where both are equal the gradient goes to the first. */
export function maximum(a: TensorOrNumber, b: TensorOrNumber): Tensor {
  return apply('maximum', a, b);
}

/** The smaller one; where both are equal the gradient goes to the first. */
export function minimum(a: TensorOrNumber, b: TensorOrNumber): Tensor {
  return apply('minimum', a, b);
}

/** a to the power of b. */
export function pow(a: TensorOrNumber, b: TensorOrNumber): Tensor {
  return apply('pow', a, b);
}

/** 1 where a = b, else 0, in the operands' dtype; no gradient flows. */
export function equal(a: TensorOrNumber, b: TensorOrNumber): Tensor {
  return apply('equal', a, b);
}

/** 1 where a > b, else 0, in the operands' dtype; no gradient flows. */
export function greater(a: TensorOrNumber, b: TensorOrNumber): Tensor {
  return apply('greater', a, b);
}

/**
 * a where the condition is not 0, else b; all three broadcast.
 * @param condition of any dtype; no gradient flows to it
 */
export function where(condition: Tensor, a: TensorOrNumber, b: TensorOrNumber): Tensor {
  checkTensor('where', condition);
  const like = a instanceof Tensor ? a : b instanceof Tensor ? b : null;
  if (like === null)
    throw new DomainError(
      'where: one of the two choices must be a tensor. Use full([], value) for one of them.',
    );
  const [x, y] = [a, b].map((choice) => (typeof choice === 'number' ? fillLike(like, [], choice) : choice));
  checkPair('where', x, y);
  checkTogether('where', condition, x);
  const shape = broadcastShapes('where', broadcastShapes('where', x.shape, y.shape), condition.shape);
  const out = record(whereRule, select(condition, x, y, shape), [condition, x, y], null);
  if (x !== a) x.dispose();
  if (y !== b) y.dispose();
  return out;
}
