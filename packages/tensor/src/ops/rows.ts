import { ShapeError } from '@spinformer/numerics';
import { crossEntropyRule, layerNormRule, logSoftmaxRule, softmaxRule } from '../autodiff/rules/rows.ts';
import { record } from '../autodiff/tape.ts';
import { crossEntropyRows, layerNormRows, logSoftmaxRows, softmaxRows } from '../primitives/rows.ts';
import { formatShape, sameShape, sizeOf } from '../shape.ts';
import type { Tensor } from '../tensor.ts';
import { checkExact, checkFloat, checkIndices, checkPair, checkTogether } from './checks.ts';
import { reshape } from './shape-ops.ts';

function checkRows(name: string, x: Tensor): void {
  checkFloat(name, x);
  if (x.shape.length === 0)
    throw new ShapeError(`${name}: x must have a last axis, got []. Reshape it to [1, n].`);
}

/** exp(x)/Σ exp(x) over the last axis. */
export function softmax(x: Tensor): Tensor {
  checkRows('softmax', x);
  return record(softmaxRule, softmaxRows(x), [x], null);
}

/** x − log Σ exp(x) over the last axis. */
export function logSoftmax(x: Tensor): Tensor {
  checkRows('logSoftmax', x);
  return record(logSoftmaxRule, logSoftmaxRows(x), [x], null);
}

/**
 * −log softmax(logits)[target] of each row, in nats.
 * @param logits [..., classes]
 * @param targets int32 [...], each below `classes` (trusted); a negative one has loss 0
 * @returns [...]
 */
export function crossEntropy(logits: Tensor, targets: Tensor): Tensor {
  checkRows('crossEntropy', logits);
  checkTogether('crossEntropy', logits, targets);
  checkIndices('crossEntropy', 'targets', targets);
  const lead = logits.shape.slice(0, -1);
  if (!sameShape(lead, targets.shape))
    throw new ShapeError(
      `crossEntropy: logits ${formatShape(logits.shape)} need targets ${formatShape(lead)}, ` +
        `got ${formatShape(targets.shape)}. Give one target for each row of logits.`,
    );
  if (lead.length === 1)
    return record(crossEntropyRule, crossEntropyRows(logits, targets), [logits, targets], null);
  const rows = sizeOf(lead);
  const flat = reshape(logits, [rows, logits.shape[lead.length]]);
  const at = reshape(targets, [rows]);
  const losses = record(crossEntropyRule, crossEntropyRows(flat, at), [flat, at], null);
  const shaped = reshape(losses, lead);
  for (const part of [flat, at, losses]) part.dispose();
  return shaped;
}

/** Options of {@link layerNorm}. */
export interface LayerNormOptions {
  /** Added to the variance; default 1e-5. */
  readonly epsilon?: number;
}

/**
 * (x − mean)/√(variance + ε)·gain + bias over the last axis.
 * @param x [..., n]
 * @param gain [n]
 * @param bias [n]
 * @source ba2016layernorm, eq. (4)
 */
export function layerNorm(x: Tensor, gain: Tensor, bias: Tensor, options: LayerNormOptions = {}): Tensor {
  checkRows('layerNorm', x);
  checkPair('layerNorm', x, gain);
  checkPair('layerNorm', x, bias);
  const width = x.shape[x.shape.length - 1];
  checkExact('layerNorm', 'gain', gain, [width]);
  checkExact('layerNorm', 'bias', bias, [width]);
  const { y, mean, inverse } = layerNormRows(x, gain, bias, options.epsilon ?? 1e-5);
  return record(layerNormRule, y, [x, gain, bias], null, [mean, inverse]);
}
