import type { RankKOptions } from '../backend.ts';
import type { Tensor } from '../tensor.ts';
import { kernelsFor, madeLike } from './made.ts';

/* Kernels on tensors, unchecked and unrecorded: see elementwise.ts. */

export function choleskyFactor(a: Tensor): Tensor {
  return madeLike(a, kernelsFor(a, 'cholesky').cholesky(a), a.shape);
}

export function solveTriangle(l: Tensor, b: Tensor, transpose: boolean): Tensor {
  return madeLike(b, kernelsFor(b, 'triangularSolve').triangularSolve(l, b, transpose), b.shape);
}

export function rankK(a: Tensor, options: RankKOptions): Tensor {
  const n = a.shape[options.transpose ? 1 : 0];
  const buffer = kernelsFor(a, 'symmetricRankK').symmetricRankK(a, options);
  return madeLike(a, buffer, [n, n], options.dtype);
}

export function eigenDecomposition(
  a: Tensor,
  wantsVectors: boolean,
): { values: Tensor; vectors: Tensor | null } {
  const { values, vectors } = kernelsFor(a, 'eigh').eigh(a, wantsVectors);
  return {
    values: madeLike(a, values, a.shape.slice(0, 1)),
    vectors: vectors && madeLike(a, vectors, a.shape),
  };
}
