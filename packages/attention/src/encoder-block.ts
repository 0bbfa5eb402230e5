import type { Rng } from '@spinformer/numerics';
import {
  add,
  attention,
  attentionProbabilities,
  dense,
  layerNorm,
  ones,
  reshape,
  type Tensor,
  zeros,
} from '@spinformer/tensor';
import { normalTensor } from './initial-values.ts';
import type { Precision } from './model.ts';

/** Weight [inputs, outputs] and bias [outputs] of a linear map. */
export type DenseParameters = { readonly weight: Tensor; readonly bias: Tensor };

/** Gain and bias [width] of a layer norm. */
export type NormParameters = { readonly gain: Tensor; readonly bias: Tensor };

/** Parameters of one block: attention with its norm, feed-forward with its norm. */
export type EncoderBlock = {
  readonly attentionNorm: NormParameters;
  readonly query: DenseParameters;
  readonly key: DenseParameters;
  readonly value: DenseParameters;
  readonly output: DenseParameters;
  readonly feedNorm: NormParameters;
  readonly expand: DenseParameters;
  readonly contract: DenseParameters;
};

/** What a block must know of its encoder. */
interface BlockShape {
  readonly width: number;
  readonly heads: number;
  readonly layers: number;
  readonly feedForward: number;
  readonly activation: 'relu' | 'gelu';
}

/** Fresh parameters: weights of variance 1/inputs, those that write to the stream smaller by √(2·layers), biases zero. */
export function initialiseBlock(shape: BlockShape, rng: Rng, precision: Precision): EncoderBlock {
  const { width, feedForward, layers } = shape;
  const depth = 1 / Math.sqrt(2 * layers);
  const linear = (name: string, inputs: number, outputs: number, gain = 1): DenseParameters => ({
    weight: normalTensor([inputs, outputs], gain / Math.sqrt(inputs), rng.fork(name), precision),
    bias: zeros([outputs], precision),
  });
  const norm = (): NormParameters => ({ gain: ones([width], precision), bias: zeros([width], precision) });
  return {
    attentionNorm: norm(),
    query: linear('query', width, width),
    key: linear('key', width, width),
    value: linear('value', width, width),
    output: linear('output', width, width, depth),
    feedNorm: norm(),
    expand: linear('expand', width, feedForward),
    contract: linear('contract', feedForward, width, depth),
  };
}

/** One pre-norm block on the stream [batch, sites, width]; `onAttention` is shown the probabilities [batch, heads, sites, sites]. */
export function encoderBlock(
  shape: BlockShape,
  block: EncoderBlock,
  stream: Tensor,
  onAttention?: (probabilities: Tensor) => void,
): Tensor {
  const [batch, sites, width] = stream.shape;
  const perHead = [batch, sites, shape.heads, width / shape.heads];
  const seen = layerNorm(stream, block.attentionNorm.gain, block.attentionNorm.bias);
  const project = ({ weight, bias }: DenseParameters) => reshape(dense(seen, weight, bias), perHead);
  const query = project(block.query);
  const key = project(block.key);
  if (onAttention) onAttention(attentionProbabilities(query, key));
  const mixed = reshape(attention(query, key, project(block.value)), [batch, sites, width]);
  const attended = add(stream, dense(mixed, block.output.weight, block.output.bias));
  const normed = layerNorm(attended, block.feedNorm.gain, block.feedNorm.bias);
  const inner = dense(normed, block.expand.weight, block.expand.bias, { activation: shape.activation });
  return add(attended, dense(inner, block.contract.weight, block.contract.bias));
}
