import {
  abs,
  add,
  cos,
  div,
  exp,
  greater,
  log,
  mul,
  neg,
  sin,
  sqrt,
  square,
  stopGradient,
  sub,
  type Tensor,
} from '@spinformer/tensor';

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

/**
 * The angle of p + iq for p > 0, r its length: a rough one by its quarter's series, and one Newton step, in which the
 * derivative is exact.
 */
function angleOfRight(p: Tensor, q: Tensor, r: Tensor): Tensor {
  const half = div(stopGradient(q), add(stopGradient(r), stopGradient(p)));
  const quarter = div(half, add(1, sqrt(add(1, square(half)))));
  const z = square(quarter);
  let series: Tensor = mul(z, -1 / 11);
  for (const coefficient of [1 / 9, -1 / 7, 1 / 5, -1 / 3]) series = mul(add(series, coefficient), z);
  const rough = mul(4, mul(quarter, add(1, series)));
  return add(rough, div(sub(mul(cos(rough), q), mul(sin(rough), p)), r));
}
