import { unaryRule } from '../autodiff/rules/elementwise.ts';
import { record } from '../autodiff/tape.ts';
import type { UnaryOp } from '../backend.ts';
import { unary } from '../primitives/elementwise.ts';
import type { Tensor } from '../tensor.ts';
import { checkFloat } from './checks.ts';

function apply(op: UnaryOp, x: Tensor): Tensor {
  checkFloat(op, x);
  return record(unaryRule, unary(op, x), [x], op);
}

/** −x. */
export function neg(x: Tensor): Tensor {
  return apply('neg', x);
}

/** |x|; its slope at 0 counts as 0. */
export function abs(x: Tensor): Tensor {
  return apply('abs', x);
}

/** −1, 0 or 1; its gradient is 0. */
export function sign(x: Tensor): Tensor {
  return apply('sign', x);
}

/** x². */
export function square(x: Tensor): Tensor {
  return apply('square', x);
}

/** The square root; NaN below 0. */
export function sqrt(x: Tensor): Tensor {
  return apply('sqrt', x);
}

/** 1/x. */
export function reciprocal(x: Tensor): Tensor {
  return apply('reciprocal', x);
}

/** e to the power of x. */
export function exp(x: Tensor): Tensor {
  return apply('exp', x);
}

/** The natural logarithm: −∞ at 0, NaN below. */
export function log(x: Tensor): Tensor {
  return apply('log', x);
}

/** The hyperbolic tangent. */
export function tanh(x: Tensor): Tensor {
  return apply('tanh', x);
}

/** 1/(1 + exp(−x)). */
export function sigmoid(x: Tensor): Tensor {
  return apply('sigmoid', x);
}

/** max(x, 0); its slope at 0 counts as 0. */
export function relu(x: Tensor): Tensor {
  return apply('relu', x);
}

/**
 * x·Φ(x) in its tanh form, ½x(1 + tanh(√(2/π)(x + 0.044715x³))).
 * @source hendrycks2016gelu
 */
export function gelu(x: Tensor): Tensor {
  return apply('gelu', x);
}

/** log(1 + exp x), without overflow. */
export function softplus(x: Tensor): Tensor {
  return apply('softplus', x);
}

/** The sine of x in radians. */
export function sin(x: Tensor): Tensor {
  return apply('sin', x);
}

/** The cosine of x in radians. */
export function cos(x: Tensor): Tensor {
  return apply('cos', x);
}

/** log cosh x, without overflow. */
export function logCosh(x: Tensor): Tensor {
  return apply('logCosh', x);
}
