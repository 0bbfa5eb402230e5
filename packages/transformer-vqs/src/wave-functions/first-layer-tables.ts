import { readSync } from '@spinformer/tensor';
import { NORM_EPSILON } from './transformer-forward.ts';
import type { LayerParameters, LinearParameters, TransformerParameters } from './transformer-parameters.ts';

/** Patches with more sites than this have too many values for tables. */
export const MAXIMUM_TABLE_BITS = 6;

/** What the first attention adds up, by the values of patches (a bit for each spin up). */
export interface FirstLayerTables {
  /** Embedding and output bias, [values, width]. */
  readonly own: Float64Array;
  /** What a patch at a displacement contributes, [displacements, values, width]. */
  readonly others: Float64Array;
}

/**
 * The first attention as tables: with weights that depend on displacement alone,
 * X_i = own[s_i] + Σ_j others[j − i, s_j] for patches with values s.
 *
 * @param weights mixing weights [heads, patches, patches], invariant under translations
 */
export function firstLayerTables(
  parameters: TransformerParameters,
  weights: ArrayLike<number>,
  heads: number,
  count: number,
): FirstLayerTables {
  const [layer] = parameters.layers;
  const [size, width] = parameters.embed.weight.shape;
  const values = 2 ** size;
  const own = new Float64Array(values * width);
  const others = new Float64Array(count * values * width);
  const embed = affine(parameters.embed);
  const [gain, shift] = [readSync(layer.attentionNorm.gain), readSync(layer.attentionNorm.bias)];
  const value = affine(layer.value);
  const output = readSync(layer.output.weight);
  const bias = readSync(layer.output.bias);
  for (let s = 0; s < values; s++) {
    const token = embed(Float64Array.from({ length: size }, (_, k) => ((s >> k) & 1 ? 1 : -1)));
    for (let f = 0; f < width; f++) own[s * width + f] = token[f] + bias[f];
    const v = value(normalised(token).map((x, f) => x * gain[f] + shift[f]));
    const parts = headParts(v, output, heads);
    for (let j = 0; j < count; j++)
      for (let h = 0; h < heads; h++) {
        const weight = weights[h * count * count + j];
        const at = (j * values + s) * width;
        for (let f = 0; f < width; f++) others[at + f] += weight * parts[h * width + f];
      }
  }
  return { own, others };
}

/** x ↦ x·W + b, with the numbers read once. */
function affine({
  weight,
  bias,
}: LinearParameters | LayerParameters['value']): (x: Float64Array) => Float64Array {
  const [w, b] = [readSync(weight), readSync(bias)];
  const outputs = b.length;
  return (x) => {
    const y = Float64Array.from(b);
    for (let k = 0; k < x.length; k++) for (let f = 0; f < outputs; f++) y[f] += x[k] * w[k * outputs + f];
    return y;
  };
}

function normalised(x: Float64Array): Float64Array {
  const mean = x.reduce((sum, value) => sum + value, 0) / x.length;
  const variance = x.reduce((sum, value) => sum + (value - mean) ** 2, 0) / x.length;
  return x.map((value) => (value - mean) / Math.sqrt(variance + NORM_EPSILON));
}

/** What each head's values come to after the output map, [heads, width]. */
function headParts(v: Float64Array, output: ArrayLike<number>, heads: number): Float64Array {
  const width = v.length;
  const parts = new Float64Array(heads * width);
  for (let k = 0; k < width; k++) {
    const at = Math.floor((k * heads) / width) * width;
    for (let f = 0; f < width; f++) parts[at + f] += v[k] * output[k * width + f];
  }
  return parts;
}
