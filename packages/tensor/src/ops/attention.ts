import { ShapeError } from '@spinformer/numerics';
import { attentionRule, positionalMixRule } from '../autodiff/rules/attention.ts';
import { record } from '../autodiff/tape.ts';
import { attend, mixSites } from '../primitives/attention.ts';
import { formatShape } from '../shape.ts';
import type { Tensor } from '../tensor.ts';
import { add, mul } from './binary.ts';
import { checkExact, checkFloat, checkPair, checkRank } from './checks.ts';
import { matmul } from './matmul.ts';
import { softmax } from './rows.ts';
import { permute } from './shape-ops.ts';

const LAYOUT = '[batch, sites, heads, width]';

/**
 * Factored attention: out[b, i, h, :] = Σ_j weights[h, i, j]·values[b, j, h, :].
 * @param weights [heads, sites, sites]
 * @param values [batch, sites, heads, width]
 */
export function positionalMix(weights: Tensor, values: Tensor): Tensor {
  checkPair('positionalMix', weights, values);
  checkFloat('positionalMix', values);
  checkRank('positionalMix', 'values', values, 4, LAYOUT);
  const [, sites, heads] = values.shape;
  checkExact('positionalMix', 'weights', weights, [heads, sites, sites]);
  return record(positionalMixRule, mixSites(weights, values), [weights, values], null);
}

/** Options of {@link attention} and {@link attentionProbabilities}. */
export interface AttentionOptions {
  /** Added to the scores before the softmax, [sites, sites]; −∞ (or −1e9) forbids a pair. */
  readonly mask?: Tensor | null;
  /** Factor of the scores; default 1/√width. */
  readonly scale?: number;
}

/**
 * Scaled dot-product attention, softmax_j(scale·q_i·k_j + mask_ij)·v_j, in one kernel.
 * @param q [batch, sites, heads, width], and so are k and v
 * @returns [batch, sites, heads, width]
 * @source vaswani2017, eq. (1)
 */
export function attention(q: Tensor, k: Tensor, v: Tensor, options: AttentionOptions = {}): Tensor {
  const { mask = null, scale } = checkAttention('attention', q, k, options);
  checkPair('attention', q, v);
  checkExact('attention', 'v', v, q.shape);
  const { out, probabilities } = attend(q, k, v, mask, scale);
  return record(attentionRule, out, [q, k, v, mask], scale, [probabilities]);
}

/** The probabilities by which {@link attention} mixes, [batch, heads, sites, sites]; for maps, not for speed. */
export function attentionProbabilities(q: Tensor, k: Tensor, options: AttentionOptions = {}): Tensor {
  const { mask, scale } = checkAttention('attentionProbabilities', q, k, options);
  const byHead = (x: Tensor) => permute(x, [0, 2, 1, 3]);
  const scores = mul(matmul(byHead(q), byHead(k), { transposeB: true }), scale);
  return softmax(mask ? add(scores, mask) : scores);
}

function checkAttention(
  name: string,
  q: Tensor,
  k: Tensor,
  { mask = null, scale }: AttentionOptions,
): { mask: Tensor | null; scale: number } {
  checkPair(name, q, k);
  checkFloat(name, q);
  checkRank(name, 'q', q, 4, LAYOUT);
  checkExact(name, 'k', k, q.shape);
  const [, sites, , width] = q.shape;
  if (mask !== null) {
    checkPair(name, q, mask);
    checkExact(name, 'mask', mask, [sites, sites]);
    if (mask.node?.wanted)
      throw new ShapeError(
        `${name}: the mask ${formatShape(mask.shape)} is a constant, no gradient flows to it. ` +
          'Compose softmax and matmul for a bias that is learned.',
      );
  }
  return { mask, scale: scale ?? 1 / Math.sqrt(width) };
}
