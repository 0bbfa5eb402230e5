import type { Rng } from '@spinformer/numerics';
import { full, ones, type Tensor, tensor, zeros } from '@spinformer/tensor';
import { dependsOnContent } from './attention-kind.ts';
import { patches } from './patches.ts';
import type { TransformerArchitecture } from './transformer-options.ts';

/** A linear map: weight [inputs, outputs] and bias [outputs]. */
export type LinearParameters = { readonly weight: Tensor; readonly bias: Tensor };

/** Gain and bias [width] of a layer norm. */
export type NormParameters = { readonly gain: Tensor; readonly bias: Tensor };

/** One layer; which of the optional parts are there depends on the attention kind. */
export type LayerParameters = {
  readonly attentionNorm: NormParameters;
  readonly value: LinearParameters;
  /** [width, width], without bias; with queries and keys only. */
  readonly query?: Tensor;
  readonly key?: Tensor;
  /** a or p by displacement, [heads, patches]; [heads, patches, patches] for `factored-full`. */
  readonly position?: Tensor;
  /** γ [heads], for `spatial` only. */
  readonly decay?: Tensor;
  readonly output: LinearParameters;
  readonly feedNorm: NormParameters;
  readonly expand: LinearParameters;
  readonly contract: LinearParameters;
};

/** The part of the head that yields the real or the imaginary arguments. */
export type HeadParameters = LinearParameters & { readonly norm?: NormParameters };

/** Parameters of a transformer state, in the order in which they are flattened. */
export type TransformerParameters = {
  readonly embed: LinearParameters & { readonly position?: Tensor };
  readonly layers: readonly LayerParameters[];
  readonly norm: NormParameters;
  readonly real: HeadParameters;
  readonly imaginary: HeadParameters;
};

/** What makes the tensors of a tree: random numbers, or values of one's own. */
export interface ParameterMaker {
  matrix(name: string, shape: readonly number[], limit: number): Tensor;
  constant(shape: readonly number[], value: number): Tensor;
}

/** Random parameters as the authors begin: uniform weights by Glorot's rule, zero biases, gains one, γ three. */
export function initialParameters(
  architecture: TransformerArchitecture,
  rng: Rng,
  dtype: 'float32' | 'float64',
): TransformerParameters {
  return buildParameters(architecture, {
    matrix: (name, shape, limit) => uniformTensor(shape, limit, rng.fork(name), dtype),
    constant: (shape, value) =>
      value === 0 ? zeros(shape, dtype) : value === 1 ? ones(shape, dtype) : full(shape, value, dtype),
  });
}

function uniformTensor(
  shape: readonly number[],
  limit: number,
  rng: Rng,
  dtype: 'float32' | 'float64',
): Tensor {
  const values = new Float64Array(shape.reduce((product, size) => product * size, 1));
  for (let k = 0; k < values.length; k++) values[k] = limit * (2 * rng.uniform() - 1);
  return tensor(values, shape, dtype);
}

/** The parameter tree of an architecture, its tensors by `make` in flat order. */
export function buildParameters(
  architecture: TransformerArchitecture,
  make: ParameterMaker,
): TransformerParameters {
  const { shape, patch, layers, width, positions } = architecture;
  const { count, size } = patches(shape, patch);
  const matrix = (name: string, rows: number, columns: number) =>
    make.matrix(name, [rows, columns], Math.sqrt(6 / (rows + columns)));
  const linear = (name: string, rows: number, columns: number): LinearParameters => ({
    weight: matrix(name, rows, columns),
    bias: make.constant([columns], 0),
  });
  const norm = (): NormParameters => ({ gain: make.constant([width], 1), bias: make.constant([width], 0) });
  const headPart = (name: string): HeadParameters => ({
    ...linear(name, width, width),
    ...(architecture.headNorm && { norm: norm() }),
  });
  return {
    embed: {
      ...linear('embed', size, width),
      ...(positions && { position: matrix('places', count, width) }),
    },
    layers: Array.from({ length: layers }, (_, k) =>
      layer(architecture, count, `layer ${k}`, make, { matrix, linear, norm }),
    ),
    norm: norm(),
    real: headPart('real'),
    imaginary: headPart('imaginary'),
  };
}

interface Parts {
  matrix(name: string, rows: number, columns: number): Tensor;
  linear(name: string, rows: number, columns: number): LinearParameters;
  norm(): NormParameters;
}

function layer(
  { width, heads, expansion, attention }: TransformerArchitecture,
  count: number,
  name: string,
  make: ParameterMaker,
  { matrix, linear, norm }: Parts,
): LayerParameters {
  const content = dependsOnContent(attention);
  const position = () =>
    attention === 'factored-full'
      ? make.matrix(`${name} position`, [heads, count, count], Math.sqrt(3 / (heads * count)))
      : matrix(`${name} position`, heads, count);
  return {
    attentionNorm: norm(),
    value: linear(`${name} value`, width, width),
    ...(content && {
      query: matrix(`${name} query`, width, width),
      key: matrix(`${name} key`, width, width),
    }),
    ...(attention !== 'standard' && { position: position() }),
    ...(attention === 'spatial' && { decay: make.constant([heads], 3) }),
    output: linear(`${name} output`, width, width),
    feedNorm: norm(),
    expand: linear(`${name} expand`, width, expansion * width),
    contract: linear(`${name} contract`, expansion * width, width),
  };
}

/** Number of real parameters of an architecture. */
export function parameterCount(architecture: TransformerArchitecture): number {
  const { shape, patch, layers, heads, width: d, expansion, attention } = architecture;
  const { count, size } = patches(shape, patch);
  const linear = (inputs: number, outputs: number) => (inputs + 1) * outputs;
  const position = attention === 'standard' ? 0 : heads * count * (attention === 'factored-full' ? count : 1);
  const content = dependsOnContent(attention) ? 2 * d * d : 0;
  const each = 2 * linear(d, d) + content + position + (attention === 'spatial' ? heads : 0) + 4 * d;
  const feed = linear(d, expansion * d) + linear(expansion * d, d);
  const head = 2 * (linear(d, d) + (architecture.headNorm ? 2 * d : 0));
  return linear(size, d) + (architecture.positions ? count * d : 0) + layers * (each + feed) + 2 * d + head;
}
