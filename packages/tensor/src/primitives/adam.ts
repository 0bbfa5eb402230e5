import type { AdamSettings } from '../backend.ts';
import type { Tensor } from '../tensor.ts';
import { kernelsFor, madeLike } from './made.ts';

/* Kernels on tensors, unchecked and unrecorded: see elementwise.ts. */

/** The new parameter and moments. */
export function adamStep([p, g, m, v]: readonly Tensor[], settings: AdamSettings): [Tensor, Tensor, Tensor] {
  const next = kernelsFor(p, 'adam').adam(p, g, m, v, settings);
  const made = (buffer: (typeof next)['m']) => madeLike(p, buffer, p.shape);
  return [made(next.parameter), made(next.m), made(next.v)];
}
