import {
  abs,
  add,
  cos,
  div,
  greater,
  mul,
  sin,
  sqrt,
  square,
  stopGradient,
  sub,
  type Tensor,
  where,
} from '@spinformer/tensor';

/**
 * The angle of p + iq for p > 0, r its length: a rough one by its quarter's series, and one Newton step, in which the
 * derivative is exact.
 */
export function angleOfRight(p: Tensor, q: Tensor, r: Tensor): Tensor {
  const half = div(stopGradient(q), add(stopGradient(r), stopGradient(p)));
  const quarter = div(half, add(1, sqrt(add(1, square(half)))));
  const z = square(quarter);
  let series: Tensor = mul(z, -1 / 11);
  for (const coefficient of [1 / 9, -1 / 7, 1 / 5, -1 / 3]) series = mul(add(series, coefficient), z);
  const rough = mul(4, mul(quarter, add(1, series)));
  return add(rough, div(sub(mul(cos(rough), q), mul(sin(rough), p)), r));
}

/** The angle of p + iq in (−π, π], differentiable. */
export function complexAngle(p: Tensor, q: Tensor): Tensor {
  const angle = angleOfRight(abs(p), q, sqrt(add(square(p), square(q))));
  const half = sub(mul(2 * Math.PI, greater(q, 0)), Math.PI);
  return where(greater(0, p), sub(half, angle), angle);
}
