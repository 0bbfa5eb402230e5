import { ShapeError } from '@spinformer/numerics';
import { denseRule, matmulRule } from '../autodiff/rules/matmul.ts';
import { record } from '../autodiff/tape.ts';
import type { Activation, MatmulOptions } from '../backend.ts';
import { denseLayer, product, productShape } from '../primitives/matmul.ts';
import { formatShape } from '../shape.ts';
import type { Tensor } from '../tensor.ts';
import { checkExact, checkFloat, checkPair, checkRank } from './checks.ts';
import { reshape } from './shape-ops.ts';

/**
 * Matrix product over the last two axes; leading axes broadcast.
 * @param a [..., m, k], or [..., k, m] with `transposeA`
 * @param b [..., k, n], or [..., n, k] with `transposeB`
 * @returns [..., m, n]
 * @throws {ShapeError} when the inner sizes differ
 */
export function matmul(a: Tensor, b: Tensor, options: MatmulOptions = {}): Tensor {
  checkPair('matmul', a, b);
  checkFloat('matmul', a);
  const { transposeA = false, transposeB = false } = options;
  const [ra, rb] = [a.shape.length, b.shape.length];
  const inner = a.shape[ra - (transposeA ? 2 : 1)];
  if (ra < 2 || rb < 2 || inner !== b.shape[rb - (transposeB ? 1 : 2)])
    throw new ShapeError(
      `matmul: shapes ${formatShape(a.shape)}${transposeA ? 'ᵀ' : ''} and ${formatShape(b.shape)}` +
        `${transposeB ? 'ᵀ' : ''} do not fit: [..., m, k] × [..., k, n] need the same k. Use transposeA or transposeB.`,
    );
  if (productShape(a.shape, b.shape, transposeA, transposeB) === null)
    throw new ShapeError(
      `matmul: leading axes of ${formatShape(a.shape)} and ${formatShape(b.shape)} do not broadcast. Reshape one.`,
    );
  return record(matmulRule, product(a, b, transposeA, transposeB), [a, b], { transposeA, transposeB });
}

/** Options of {@link dense}. */
export interface DenseOptions {
  /** Applied to x·w + bias; default 'none'. */
  readonly activation?: Activation;
  /** The weights are [n, k] instead of [k, n]; default false. */
  readonly transposeW?: boolean;
}

/**
 * activation(x·w + bias) in one kernel.
 * @param x [..., k]
 * @param w [k, n]
 * @param bias [n] or null
 * @returns [..., n]
 */
export function dense(x: Tensor, w: Tensor, bias: Tensor | null = null, options: DenseOptions = {}): Tensor {
  checkPair('dense', x, w);
  checkFloat('dense', x);
  checkRank('dense', 'w', w, 2, options.transposeW ? '[n, k]' : '[k, n]');
  const { activation = 'none', transposeW = false } = options;
  const [k, n] = transposeW ? [w.shape[1], w.shape[0]] : w.shape;
  const rank = x.shape.length;
  if (rank === 0 || x.shape[rank - 1] !== k)
    throw new ShapeError(
      `dense: x ${formatShape(x.shape)} must end with ${k}, as the weights ${formatShape(w.shape)} have it. ` +
        'Use transposeW for weights [n, k].',
    );
  if (bias !== null) {
    checkPair('dense', x, bias);
    checkExact('dense', 'bias', bias, [n]);
  }
  const flat = rank === 2 ? x : reshape(x, [k === 0 ? rowsOf(x) : x.size / k, k]);
  const { y, before } = denseLayer(flat, w, bias, activation, transposeW);
  const out = record(
    denseRule,
    y,
    [flat, w, bias],
    { activation, transposeW },
    before === null ? [] : [before],
  );
  if (flat === x) return out;
  const shaped = reshape(out, [...x.shape.slice(0, rank - 1), n]);
  out.dispose();
  flat.dispose();
  return shaped;
}

function rowsOf(x: Tensor): number {
  return x.shape.slice(0, -1).reduce((rows, size) => rows * size, 1);
}
