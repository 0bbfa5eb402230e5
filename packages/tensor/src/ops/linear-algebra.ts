import { DomainError, ShapeError } from '@spinformer/numerics';
import { choleskyRule, triangularSolveRule } from '../autodiff/rules/linear-algebra.ts';
import { record } from '../autodiff/tape.ts';
import { choleskyFactor, solveTriangle } from '../primitives/linear-algebra.ts';
import { formatShape } from '../shape.ts';
import { describeTensor, type Tensor } from '../tensor.ts';
import { checkPair, checkRank, checkTensor } from './checks.ts';
import { reshape } from './shape-ops.ts';

/** @throws {ShapeError | DomainError} unless x is a square float64 matrix. */
export function checkSquare(name: string, argument: string, x: Tensor): void {
  checkTensor(name, x);
  if (x.dtype !== 'float64')
    throw new DomainError(
      `${name}: ${argument} must be float64, got ${describeTensor(x)}. Use cast(x, 'float64').`,
    );
  checkRank(name, argument, x, 2, '[n, n]');
  if (x.shape[0] !== x.shape[1])
    throw new ShapeError(
      `${name}: ${argument} must be square, got ${formatShape(x.shape)}. Pass an [n, n] matrix.`,
    );
}

/**
 * The lower-triangular L with L·Lᵀ = a. Reads the lower triangle of a; NaN from the first pivot on that is not
 * positive, so that a failed factorisation shows without a throw.
 * @param a [n, n], float64, symmetric and positive definite
 * @complexity n³/3
 */
export function cholesky(a: Tensor): Tensor {
  checkSquare('cholesky', 'a', a);
  return record(choleskyRule, choleskyFactor(a), [a], null);
}

/** Options of {@link triangularSolve}. */
export interface TriangularSolveOptions {
  /** Solve Lᵀ·x = b instead; default false. */
  readonly transpose?: boolean;
}

/**
 * x with L·x = b.
 * @param l [n, n], float64, lower triangular: what stands above the diagonal is not read
 * @param b [n, m]
 * @returns [n, m]
 * @complexity n²m
 */
export function triangularSolve(l: Tensor, b: Tensor, options: TriangularSolveOptions = {}): Tensor {
  checkSquare('triangularSolve', 'l', l);
  checkPair('triangularSolve', l, b);
  checkRank('triangularSolve', 'b', b, 2, '[n, m]');
  if (b.shape[0] !== l.shape[0])
    throw new ShapeError(
      `triangularSolve: l ${formatShape(l.shape)} and b ${formatShape(b.shape)} must have as many rows. Transpose b?`,
    );
  const transpose = options.transpose ?? false;
  return record(triangularSolveRule, solveTriangle(l, b, transpose), [l, b], transpose);
}

/**
 * x with A·x = b from the Cholesky factor of A: two triangular solves, so that one factor serves many right-hand sides.
 * @param l [n, n], float64, the result of {@link cholesky}; NaN in it comes out as NaN
 * @param b [n, m], or [n] for one right-hand side
 * @returns like b
 * @complexity 2n²m
 * @example
 * const x = choleskySolve(cholesky(a), b);
 */
export function choleskySolve(l: Tensor, b: Tensor): Tensor {
  checkSquare('choleskySolve', 'l', l);
  checkTensor('choleskySolve', b);
  const n = l.shape[0];
  if (b.shape[0] !== n || b.shape.length > 2)
    throw new ShapeError(
      `choleskySolve: l ${formatShape(l.shape)} and b ${formatShape(b.shape)} must have as many rows. Pass b as [n] or [n, m].`,
    );
  const sides = b.shape.length === 1 ? reshape(b, [n, 1]) : b;
  const x = triangularSolve(l, triangularSolve(l, sides), { transpose: true });
  return b.shape.length === 1 ? reshape(x, [n]) : x;
}
