import { ConfigError, DomainError } from '@spinformer/numerics';
import { symmetricRankKRule } from '../autodiff/rules/linear-algebra.ts';
import { record } from '../autodiff/tape.ts';
import { eigenDecomposition, rankK } from '../primitives/linear-algebra.ts';
import type { Tensor } from '../tensor.ts';
import { checkFloat, checkRank, checkTensor } from './checks.ts';
import { checkSquare } from './linear-algebra.ts';

/** Options of {@link symmetricRankK}. */
export interface SymmetricRankKOptions {
  /** Multiply the columns of a with one another, aᵀ·a, instead of its rows; default false. */
  readonly transpose?: boolean;
  /** Precision of the result; default that of a. A float64 result of float32 numbers has exact products and sums. */
  readonly dtype?: 'float32' | 'float64';
  /**
   * Precision of the products; default that of the result. `float32` with a float64 result is twice as fast: runs of
   * 256 products are summed in float32, the runs in float64.
   */
  readonly products?: 'float32' | 'float64';
}

/**
 * The Gram matrix a·aᵀ, exactly symmetric, with half of the multiplications of {@link matmul} and without a copy of a.
 * @param a [n, k], float32 or float64
 * @returns [n, n]
 * @throws {ConfigError} when `products` or `dtype` is less precise than it should be.
 * @complexity n²k
 */
export function symmetricRankK(a: Tensor, options: SymmetricRankKOptions = {}): Tensor {
  checkTensor('symmetricRankK', a);
  checkFloat('symmetricRankK', a);
  checkRank('symmetricRankK', 'a', a, 2, '[n, k]');
  const own = a.dtype as 'float32' | 'float64';
  const { transpose = false, dtype = own, products = dtype } = options;
  if (own === 'float64' && (dtype === 'float32' || products === 'float32'))
    throw new ConfigError(
      "symmetricRankK: a is float64, so must be the products and the result. Use cast(a, 'float32').",
    );
  if (dtype === 'float32' && products === 'float64')
    throw new ConfigError("symmetricRankK: products in float64 need dtype 'float64', got 'float32'.");
  const attributes = { transpose, dtype, products };
  return record(symmetricRankKRule, rankK(a, attributes), [a], attributes);
}

/** Eigenvalues and eigenvectors: a·vectors = vectors·diag(values). */
export interface Eigen {
  /** [n], ascending. */
  readonly values: Tensor;
  /** [n, n], orthonormal columns, the greatest component of each positive. */
  readonly vectors: Tensor;
}

/**
 * Eigen-decomposition of a symmetric matrix: Householder reduction and implicit QL. Reads all of a. Numbers that are
 * not finite make every result NaN. Not differentiable: vectors have no gradient where eigenvalues coincide.
 *
 * @param a [n, n], float64, symmetric
 * @throws {DomainError} when a gradient is being recorded through a.
 * @source golub2013, section 8.3
 * @complexity about 9 n³ operations
 * @example
 * const { values, vectors } = eigh(matrix);
 */
export function eigh(a: Tensor): Eigen {
  const { values, vectors } = eigenDecomposition(checkedSymmetric('eigh', a), true);
  return { values, vectors: vectors! };
}

/**
 * The eigenvalues [n] alone, ascending; see {@link eigh}.
 * @complexity about 4n³/3 operations
 */
export function eigenvalues(a: Tensor): Tensor {
  return eigenDecomposition(checkedSymmetric('eigenvalues', a), false).values;
}

function checkedSymmetric(name: string, a: Tensor): Tensor {
  checkSquare(name, 'a', a);
  if (a.node?.tape.open)
    throw new DomainError(
      `${name}: gradients through it are not available. Call it outside of valueAndGrad.`,
    );
  return a;
}
