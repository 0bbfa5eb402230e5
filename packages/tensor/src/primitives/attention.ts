import type { Tensor } from '../tensor.ts';
import { kernelsFor, madeLike } from './made.ts';

/* Kernels on tensors, unchecked and unrecorded: see elementwise.ts. */

export function mixSites(weights: Tensor, values: Tensor): Tensor {
  return madeLike(values, kernelsFor(values, 'positionalMix').positionalMix(weights, values), values.shape);
}

export function mixSitesGrad(
  weights: Tensor,
  values: Tensor,
  g: Tensor,
): { dweights: Tensor; dvalues: Tensor } {
  const { dweights, dvalues } = kernelsFor(values, 'positionalMixGrad').positionalMixGrad(weights, values, g);
  return { dweights: madeLike(g, dweights, weights.shape), dvalues: madeLike(g, dvalues, values.shape) };
}

export function attend(
  q: Tensor,
  k: Tensor,
  v: Tensor,
  mask: Tensor | null,
  scale: number,
): { out: Tensor; probabilities: Tensor } {
  const { out, probabilities } = kernelsFor(q, 'attention').attention(q, k, v, mask, scale);
  const [batch, sites, heads] = q.shape;
  return {
    out: madeLike(q, out, q.shape),
    probabilities: madeLike(q, probabilities, [batch, heads, sites, sites]),
  };
}

export function attendGrad(
  q: Tensor,
  k: Tensor,
  v: Tensor,
  probabilities: Tensor,
  g: Tensor,
  scale: number,
): { dq: Tensor; dk: Tensor; dv: Tensor } {
  const { dq, dk, dv } = kernelsFor(q, 'attentionGrad').attentionGrad(q, k, v, probabilities, g, scale);
  return { dq: madeLike(q, dq, q.shape), dk: madeLike(q, dk, q.shape), dv: madeLike(q, dv, q.shape) };
}
