import { ConfigError, type Rng } from '@spinformer/numerics';
import { add, dense, gather, layerNorm, ones, type Tensor, zeros } from '@spinformer/tensor';
import { averageMaps } from './average-maps.ts';
import {
  type DenseParameters,
  type EncoderBlock,
  encoderBlock,
  initialiseBlock,
  type NormParameters,
} from './encoder-block.ts';
import { checkCount, dropUndefined } from './factored-options.ts';
import { normalTensor } from './initial-values.ts';
import type { Model, Precision } from './model.ts';

/** Options of {@link standardEncoder}. */
export interface EncoderOptions {
  readonly sites: number;
  readonly states: number;
  /** Blocks of attention and feed-forward; 2. */
  readonly layers?: number;
  /** Heads of each block; must divide `width`; 4. */
  readonly heads?: number;
  /** Width of the residual stream; 64. */
  readonly width?: number;
  /** Width inside the feed-forward part; 4·width. */
  readonly feedForward?: number;
  /** Nonlinearity of the feed-forward part; `'relu'`. */
  readonly activation?: 'relu' | 'gelu';
}

/** Options with every default filled in. */
export type EncoderShape = Required<EncoderOptions>;

/** Parameters of the standard encoder. */
export type EncoderParameters = {
  /** [states + 1, width]; row 0 is the mask token, row a + 1 is state a. */
  readonly tokens: Tensor;
  /** [sites, width]. */
  readonly positions: Tensor;
  readonly blocks: readonly EncoderBlock[];
  readonly norm: NormParameters;
  /** weight [width, states], bias [states]. */
  readonly head: DenseParameters;
};

/**
 * The off-the-shelf transformer encoder: token and position embeddings, pre-norm blocks of multi-head scaled
 * dot-product attention and a feed-forward part, a final norm and a linear head. What the factored layer is compared
 * with: it must learn from data that positions decide where to look.
 *
 * @throws {DomainError} if a size is not a positive integer.
 * @throws {ConfigError} if `heads` does not divide `width` or the activation is unknown.
 * @source vaswani2017
 * @example
 * const model = standardEncoder({ sites: 20, states: 10, layers: 3, heads: 8, width: 64 });
 */
export function standardEncoder(
  options: EncoderOptions,
): Model<EncoderParameters> & { readonly shape: EncoderShape } {
  const shape = encoderShape(options);
  const { sites, states, layers, heads } = shape;
  return {
    name: describe(shape),
    shape,
    sites,
    states,
    seesOwnSite: true,
    citations: ['vaswani2017'],
    init: (rng, precision = 'float32') => initialise(shape, rng, precision),
    apply: (parameters, tokens) => forward(shape, parameters, tokens),
    maps(parameters, tokens) {
      if (!tokens)
        throw new ConfigError(
          `attentionMaps: the maps of '${this.name}' depend on the input, pass sequences.`,
        );
      const probabilities: Tensor[] = [];
      forward(shape, parameters, tokens, (map) => probabilities.push(map));
      return { layers, heads, maps: averageMaps(probabilities) };
    },
  };
}

function describe({ sites, states, layers, heads, width, activation, feedForward }: EncoderShape): string {
  const plural = (count: number, noun: string) => `${count} ${noun}${count > 1 ? 's' : ''}`;
  const inside = `width ${width}, ${activation} ${feedForward}`;
  return `encoder ${sites}x${states}, ${plural(layers, 'layer')}, ${plural(heads, 'head')}, ${inside}`;
}

function encoderShape(options: EncoderOptions): EncoderShape {
  const given = dropUndefined(options);
  const width = given.width ?? 64;
  const shape: EncoderShape = {
    layers: 2,
    heads: 4,
    feedForward: 4 * width,
    activation: 'relu',
    ...given,
    width,
  };
  checkCount('standardEncoder', 'sites', shape.sites, 1);
  checkCount('standardEncoder', 'states', shape.states, 2);
  for (const name of ['layers', 'heads', 'width', 'feedForward'] as const)
    checkCount('standardEncoder', name, shape[name], 1);
  if (width % shape.heads !== 0) {
    throw new ConfigError(
      `standardEncoder: heads must divide width, got ${shape.heads} heads and width ${width}. Try width ${shape.heads * Math.ceil(width / shape.heads)}.`,
    );
  }
  if (shape.activation !== 'relu' && shape.activation !== 'gelu') {
    throw new ConfigError(
      `standardEncoder: activation must be 'relu' or 'gelu', got ${JSON.stringify(shape.activation)}.`,
    );
  }
  return shape;
}

function initialise(shape: EncoderShape, rng: Rng, precision: Precision): EncoderParameters {
  const { sites, states, layers, width } = shape;
  return {
    tokens: normalTensor([states + 1, width], 1 / Math.sqrt(width), rng.fork('tokens'), precision),
    positions: normalTensor([sites, width], 1 / Math.sqrt(width), rng.fork('positions'), precision),
    blocks: Array.from({ length: layers }, (_, k) =>
      initialiseBlock(shape, rng.fork(`block ${k}`), precision),
    ),
    norm: { gain: ones([width], precision), bias: zeros([width], precision) },
    head: {
      weight: normalTensor([width, states], 1 / Math.sqrt(width), rng.fork('head'), precision),
      bias: zeros([states], precision),
    },
  };
}

function forward(
  shape: EncoderShape,
  parameters: EncoderParameters,
  tokens: Tensor,
  onAttention?: (probabilities: Tensor) => void,
): Tensor {
  const rows = add(tokens, 1);
  let stream = add(gather(parameters.tokens, rows), parameters.positions); // [batch, sites, width]
  for (const block of parameters.blocks) stream = encoderBlock(shape, block, stream, onAttention);
  const { norm, head } = parameters;
  return dense(layerNorm(stream, norm.gain, norm.bias), head.weight, head.bias); // [batch, sites, states]
}
