import {
  abs,
  add,
  cos,
  exp,
  greater,
  log,
  mul,
  neg,
  sin,
  sqrt,
  square,
  sub,
  type Tensor,
} from '@spinformer/tensor';
import { angleOfRight } from './complex-angle.ts';

/** log cosh z of z = x + iy as real and imaginary parts, all of one shape. */
export interface ComplexPair {
  readonly real: Tensor;
  readonly imaginary: Tensor;
}

/**
 * log cosh(x + iy) without overflow, as s·z + log(1 + e^(−2s·z)) − log 2 with s = sign x: the branch whose imaginary part
 * grows with y.
 */
export function complexLogCosh(x: Tensor, y: Tensor): ComplexPair {
  const s = sub(1, mul(2, greater(0, x)));
  const w = exp(mul(-2, abs(x)));
  const turned = mul(mul(2, s), y);
  const p = add(1, mul(w, cos(turned)));
  const q = neg(mul(w, sin(turned)));
  const length = add(square(p), square(q));
  return {
    real: sub(add(abs(x), mul(0.5, log(length))), Math.LN2),
    imaginary: add(mul(s, y), angleOfRight(p, q, sqrt(length))),
  };
}
