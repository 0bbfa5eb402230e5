import type { Tensor } from '../tensor.ts';
import { kernelsFor, madeLike } from './made.ts';

/* Kernels on tensors, unchecked and unrecorded: see elementwise.ts. */

export function choleskyFactor(a: Tensor): Tensor {
  return madeLike(a, kernelsFor(a, 'cholesky').cholesky(a), a.shape);
}

export function solveTriangle(l: Tensor, b: Tensor, transpose: boolean): Tensor {
  return madeLike(b, kernelsFor(b, 'triangularSolve').triangularSolve(l, b, transpose), b.shape);
}
