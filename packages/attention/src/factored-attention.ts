import type { Rng } from '@spinformer/numerics';
import {
  add,
  gather,
  matmul,
  mul,
  permute,
  positionalMix,
  reshape,
  softmax,
  square,
  sum,
  type Tensor,
  tensor,
  where,
  zeros,
} from '@spinformer/tensor';
import { type FactoredOptions, type FactoredShape, factoredShape } from './factored-options.ts';
import { normalTensor } from './initial-values.ts';
import type { AttentionMapTensor, Model, Precision, SquaredNorms } from './model.ts';

/** Parameters of a factored layer; which of them exist depends on its options. */
export type FactoredParameters = {
  /** A, [heads, sites, sites], for free attention. The diagonal exists but is never used where `maskSelf` holds. */
  readonly mixing?: Tensor;
  /** [heads, sites, width], for softmax attention. */
  readonly queries?: Tensor;
  /** [heads, sites, width], for softmax attention. */
  readonly keys?: Tensor;
  /** V, [heads, states, states], where learned: V^h(a, b) adds to the logit of a for a neighbour in b. */
  readonly values?: Tensor;
  /** b, [sites, states]. */
  readonly fields?: Tensor;
};

/** The layer as it acts: masked and symmetrised, whatever its parametrisation. */
export interface FactoredLayerTensors {
  /** A, [heads, sites, sites]. */
  readonly mixing: Tensor;
  /** V, [heads, states, states]. */
  readonly values: Tensor;
  /** b, [sites, states], or null. */
  readonly fields: Tensor | null;
}

/** A model that is one factored layer, and can therefore be written as a Potts model. */
export interface FactoredModel extends Model<FactoredParameters> {
  readonly shape: FactoredShape;
  layer(parameters: FactoredParameters): FactoredLayerTensors;
}

/** Minus this is added to a score that softmax must send to zero. */
const FORBIDDEN = 1e4;

/**
 * One layer of attention in which where to look depends on positions only and what to say on tokens only:
 * logit_i(a) = b_i(a) + Σ_h Σ_{j≠i} A^h_ij V^h(a, s_j). Its softmax is the conditional of a Potts model with couplings
 * Σ_h A^h_ij V^h, so that training it on masked sites is the pseudo-likelihood method. Masked and missing tokens add
 * nothing.
 *
 * @returns a model whose parameters are a tree of at most four tensors.
 * @throws {DomainError | ShapeError | ConfigError} for options that are out of range, ill-shaped or unknown.
 * @source rende2024mapping, eq. (4); softmax variant as in bhattacharya2022factored
 * @example
 * const model = factoredAttention({ sites: 20, states: 10 });
 * const parameters = model.init(seededRng(1));
 */
export function factoredAttention(options: FactoredOptions): FactoredModel {
  const shape = factoredShape(options);
  const { sites, states } = shape;
  const layer = (parameters: FactoredParameters) => effectiveLayer(shape, parameters);
  return {
    name: describe(shape),
    shape,
    sites,
    states,
    seesOwnSite: !shape.maskSelf,
    citations: ['rende2024mapping', ...(shape.attention === 'softmax' ? ['bhattacharya2022factored'] : [])],
    init: (rng, precision = 'float32') => initialise(shape, rng, precision),
    apply: (parameters, tokens) => applyLayer(layer(parameters), tokens),
    maps: (parameters): AttentionMapTensor => ({
      layers: 1,
      heads: shape.heads,
      maps: layer(parameters).mixing,
    }),
    squaredNorms: (parameters) => squaredNorms(layer(parameters)),
    layer,
  };
}

function describe(shape: FactoredShape): string {
  const { sites, states, heads, values, attention, width } = shape;
  const marks = [
    attention === 'softmax' ? ` softmax(${width})` : '',
    shape.symmetric ? ' symmetric' : '',
    shape.maskSelf ? '' : ' self-seeing',
  ];
  const kind = typeof values === 'string' ? values : 'known';
  const ends = `${kind} values${shape.fields ? '' : ', no fields'}`;
  return `factored${marks.join('')} ${sites}x${states}, ${heads} head${heads > 1 ? 's' : ''}, ${ends}`;
}

/** A starts at zero where the problem is convex; otherwise A and V are random, because both zero is a saddle. */
function initialise(shape: FactoredShape, rng: Rng, precision: Precision): FactoredParameters {
  const { sites, states, heads, width } = shape;
  const learned = shape.values === 'learned';
  const parameters: { -readonly [name in keyof FactoredParameters]: Tensor } = {};
  if (shape.attention === 'softmax') {
    parameters.queries = normalTensor([heads, sites, width], 1, rng.fork('queries'), precision);
    parameters.keys = normalTensor([heads, sites, width], 1, rng.fork('keys'), precision);
  } else {
    const scale = learned || heads > 1 ? 1 / Math.sqrt(sites * heads) : 0;
    parameters.mixing = normalTensor([heads, sites, sites], scale, rng.fork('mixing'), precision);
  }
  if (learned)
    parameters.values = normalTensor(
      [heads, states, states],
      1 / Math.sqrt(states),
      rng.fork('values'),
      precision,
    );
  if (shape.fields) parameters.fields = zeros([sites, states], precision);
  return parameters;
}

function effectiveLayer(shape: FactoredShape, parameters: FactoredParameters): FactoredLayerTensors {
  const precision = precisionOf(parameters);
  let mixing =
    shape.attention === 'softmax' ? softmaxMixing(shape, parameters, precision) : parameters.mixing!;
  if (shape.maskSelf) mixing = where(offDiagonal(shape.sites, 1, 0, precision), mixing, 0);
  let values = colourValues(shape, parameters, precision);
  if (shape.symmetric) {
    mixing = symmetricPart(mixing);
    values = symmetricPart(values);
  }
  return { mixing, values, fields: parameters.fields ?? null };
}

function softmaxMixing(
  shape: FactoredShape,
  { queries, keys }: FactoredParameters,
  precision: Precision,
): Tensor {
  const scores = mul(matmul(queries!, keys!, { transposeB: true }), 1 / Math.sqrt(shape.width));
  return softmax(shape.maskSelf ? add(scores, offDiagonal(shape.sites, 0, -FORBIDDEN, precision)) : scores);
}

/** V of every head; the matrices that are not learned are made anew, they are small. */
function colourValues(
  { values, heads, states }: FactoredShape,
  parameters: FactoredParameters,
  precision: Precision,
): Tensor {
  if (values === 'learned') return parameters.values!;
  const one = states * states;
  const source = values === 'identity' ? identity(states) : (values as { known: ArrayLike<number> }).known;
  const entries = Float64Array.from({ length: heads * one }, (_, k) => source[k % source.length]);
  return tensor(entries, [heads, states, states], precision);
}

function identity(states: number): Float64Array {
  return Float64Array.from({ length: states * states }, (_, k) => (k % (states + 1) === 0 ? 1 : 0));
}

/** [sites, sites] with one value off the diagonal and another on it. */
function offDiagonal(sites: number, off: number, on: number, precision: Precision): Tensor {
  const entries = new Float64Array(sites * sites).fill(off);
  for (let i = 0; i < sites; i++) entries[i * (sites + 1)] = on;
  return tensor(entries, [sites, sites], precision);
}

function symmetricPart(x: Tensor): Tensor {
  return mul(add(x, permute(x, [0, 2, 1])), 0.5);
}

/** Looks the columns of V up by token, mixes them over positions and adds the heads. */
function applyLayer({ mixing, values, fields }: FactoredLayerTensors, tokens: Tensor): Tensor {
  const [batch, sites] = tokens.shape;
  const [heads, states] = values.shape;
  const columns = gather(permute(values, [2, 0, 1]), tokens);
  const mixed = positionalMix(mixing, columns);
  const logits = heads === 1 ? reshape(mixed, [batch, sites, states]) : sum(mixed, [2]);
  return fields ? add(logits, fields) : logits;
}

/** |Σ_h A^h ⊗ V^h|² = Σ_{hg} (A^h·A^g)(V^h·V^g), without forming the couplings. */
function squaredNorms({ mixing, values, fields }: FactoredLayerTensors): SquaredNorms {
  const [heads, sites] = mixing.shape;
  const states = values.shape[1];
  const a = reshape(mixing, [heads, sites * sites]);
  const v = reshape(values, [heads, states * states]);
  const couplings = sum(mul(matmul(a, a, { transposeB: true }), matmul(v, v, { transposeB: true })));
  return { couplings, fields: fields ? sum(square(fields)) : null };
}

function precisionOf(parameters: FactoredParameters): Precision {
  const any = parameters.mixing ?? parameters.queries ?? parameters.fields;
  return any!.dtype as Precision;
}
