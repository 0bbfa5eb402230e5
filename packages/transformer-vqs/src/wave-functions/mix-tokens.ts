import {
  add,
  attention,
  attentionProbabilities,
  matmul,
  mul,
  permute,
  positionalMix,
  reshape,
  softmax,
  type Tensor,
  tensor,
} from '@spinformer/tensor';
import { dependsOnContent } from './attention-kind.ts';
import type { Patches } from './patches.ts';
import type { TransformerArchitecture } from './transformer-options.ts';
import type { LayerParameters } from './transformer-parameters.ts';

/** Looks up a value for every pair of patches by displacement: [heads, patches] → [heads, patches, patches]. */
function byDisplacement(values: Tensor, places: Patches): Tensor {
  const { count, displacements } = places;
  const choice = new Float64Array(count * count * count);
  displacements.forEach((displacement, pair) => {
    choice[displacement * count * count + pair] = 1;
  });
  const table = tensor(choice, [count, count * count], values.dtype);
  return reshape(matmul(values, table), [values.shape[0], count, count]);
}

/**
 * The part of the weights that depends on positions alone, [heads, patches, patches]: the whole weights for the
 * factored kinds, the bias p for `t5` and `decoupled`, nothing for `standard`.
 */
export function positionalWeights(
  { attention: kind }: TransformerArchitecture,
  layer: LayerParameters,
  places: Patches,
): Tensor | null {
  if (layer.position === undefined) return null;
  if (kind === 'factored-full') return layer.position;
  const weights = byDisplacement(layer.position, places);
  if (kind === 'factored-softmax') return softmax(weights);
  if (kind !== 'spatial') return weights;
  const { count, distances } = places;
  const heads = layer.decay!.shape[0];
  const distance = tensor(distances, [1, count, count], weights.dtype);
  return mul(weights, softmax(mul(mul(reshape(layer.decay!, [heads, 1, 1]), -1), distance)));
}

/** The weights that depend on what the tokens hold, [samples, heads, patches, patches]. */
export function contentWeights(
  { attention: kind, heads }: TransformerArchitecture,
  layer: LayerParameters,
  places: Patches,
  tokens: Tensor,
): Tensor {
  const [query, key] = queriesAndKeys(layer, heads, places, tokens);
  const positional = positionalWeights({ attention: kind } as TransformerArchitecture, layer, places);
  if (kind === 'standard') return attentionProbabilities(query, key);
  if (kind === 'decoupled') return add(attentionProbabilities(query, key), positional!);
  const byHead = (x: Tensor) => permute(x, [0, 2, 1, 3]);
  const scale = 1 / Math.sqrt(query.shape[3]);
  const scores = matmul(byHead(query), byHead(key), { transposeB: true });
  return softmax(add(mul(scores, scale), positional!));
}

function queriesAndKeys(
  layer: LayerParameters,
  heads: number,
  places: Patches,
  tokens: Tensor,
): [Tensor, Tensor] {
  const [rows, width] = tokens.shape;
  const split = [rows / places.count, places.count, heads, width / heads];
  const project = (weight: Tensor) => reshape(matmul(tokens, weight), split);
  return [project(layer.query!), project(layer.key!)];
}

/**
 * One attention of a transformer state: mixes the values of the tokens by the kind's weights, heads side by side.
 *
 * @param tokens normalised tokens [samples·patches, width], from which queries and keys are made
 * @param values [samples·patches, width]
 * @returns [samples·patches, width]
 */
export function mixTokens(
  architecture: TransformerArchitecture,
  layer: LayerParameters,
  places: Patches,
  tokens: Tensor,
  values: Tensor,
): Tensor {
  const { attention: kind, heads } = architecture;
  const [rows, width] = values.shape;
  const split = [rows / places.count, places.count, heads, width / heads];
  const perHead = reshape(values, split);
  if (!dependsOnContent(kind))
    return reshape(positionalMix(positionalWeights(architecture, layer, places)!, perHead), [rows, width]);
  if (kind === 'standard') {
    const [query, key] = queriesAndKeys(layer, heads, places, tokens);
    return reshape(attention(query, key, perHead), [rows, width]);
  }
  const weights = contentWeights(architecture, layer, places, tokens);
  const mixed = matmul(weights, permute(perHead, [0, 2, 1, 3]));
  return reshape(permute(mixed, [0, 2, 1, 3]), [rows, width]);
}
