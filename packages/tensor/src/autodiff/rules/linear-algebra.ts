import type { RankKOptions } from '../../backend.ts';
import { binary, castTo, fillLike, unary } from '../../primitives/elementwise.ts';
import { solveTriangle } from '../../primitives/linear-algebra.ts';
import { madeLike } from '../../primitives/made.ts';
import { product } from '../../primitives/matmul.ts';
import { permuteAxes } from '../../primitives/movement.ts';
import type { Tensor } from '../../tensor.ts';
import type { Rule } from '../rule.ts';

/** The lower triangle of a square matrix, its diagonal times `diagonal`. */
function lowerPart(x: Tensor, diagonal: number): Tensor {
  const n = x.shape[0];
  const values = new Float64Array(n * n);
  for (let i = 0; i < n; i++) values.fill(1, i * n, i * n + i).fill(diagonal, i * n + i, i * n + i + 1);
  return binary('mul', x, madeLike(x, x.backend.upload(values, x.dtype), x.shape));
}

function transposed(x: Tensor): Tensor {
  return permuteAxes(x, [1, 0]);
}

/**
 * Ā = ½(S + Sᵀ) with S = L⁻ᵀ Φ(Lᵀ L̄) L⁻¹, where Φ takes the lower triangle and halves the diagonal.
 * @source murray2016cholesky
 */
export const choleskyRule: Rule<null> = {
  primitive: 'cholesky',
  reads: () => false,
  readsResult: () => true,
  backward(node, g) {
    const l = node.result!;
    const inner = lowerPart(product(l, g, true, false), 0.5);
    const left = solveTriangle(l, inner, true);
    const s = solveTriangle(l, transposed(left), true);
    return [binary('mul', binary('add', s, transposed(s)), fillLike(s, [], 0.5))];
  },
  mixes: () => 'it factorises one matrix',
};

/** The attribute says whether the triangle was transposed. */
export const triangularSolveRule: Rule<boolean> = {
  primitive: 'triangularSolve',
  reads: (k) => k === 0,
  readsResult: () => true,
  backward(node, g, wants) {
    const transpose = node.attributes;
    const db = solveTriangle(node.inputs[0]!, g, !transpose);
    const x = node.result!;
    const outer = transpose ? product(x, db, false, true) : product(db, x, false, true);
    return [wants[0] ? unary('neg', lowerPart(outer, 1)) : null, wants[1] ? db : null];
  },
  mixes: () => 'it solves one system',
};

/** C = A·Aᵀ: Ā = (C̄ + C̄ᵀ)·A, in the precision of A. */
export const symmetricRankKRule: Rule<RankKOptions> = {
  primitive: 'symmetricRankK',
  reads: () => true,
  readsResult: () => false,
  backward(node, g) {
    const a = node.inputs[0]!;
    const both = binary('add', g, transposed(g));
    const own = both.dtype === a.dtype ? both : castTo(both, a.dtype);
    return [node.attributes.transpose ? product(a, own, false, false) : product(own, a, false, false)];
  },
  mixes: () => 'it multiplies every sample with every other',
};
