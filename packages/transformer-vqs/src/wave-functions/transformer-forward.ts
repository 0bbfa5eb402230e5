import { add, cast, dense, layerNorm, permute, reshape, stack, sum, type Tensor } from '@spinformer/tensor';
import { complexLogCosh } from './complex-log-cosh.ts';
import { mixTokens } from './mix-tokens.ts';
import type { Patches } from './patches.ts';
import type { TransformerArchitecture } from './transformer-options.ts';
import type {
  HeadParameters,
  LayerParameters,
  NormParameters,
  TransformerParameters,
} from './transformer-parameters.ts';

/** Added to the variance in every layer norm. */
export const NORM_EPSILON = 1e-6;

/** What is shown of a layer while the forward pass runs: its parameters and its normalised tokens. */
export type LayerWatcher = (layer: LayerParameters, tokens: Tensor, index: number) => void;

function norm(x: Tensor, { gain, bias }: NormParameters): Tensor {
  return layerNorm(x, gain, bias, { epsilon: NORM_EPSILON });
}

/** Spins [samples, sites] as patches [samples·patches, size] in the dtype of the parameters. */
function toPatches(
  spins: Tensor,
  { shape, patch }: TransformerArchitecture,
  { count, size, grid }: Patches,
  dtype: 'float32' | 'float64',
): Tensor {
  const samples = spins.shape[0];
  const values = cast(spins, dtype);
  if (shape.length === 1 || patch === 1) return reshape(values, [samples * count, size]);
  const split = reshape(values, [samples, grid[0], patch, grid[1], patch]);
  return reshape(permute(split, [0, 1, 3, 2, 4]), [samples * count, size]);
}

/**
 * The tokens after all layers, summed over the patches: what the head reads.
 *
 * @returns [samples, width]
 */
export function encodeSpins(
  architecture: TransformerArchitecture,
  places: Patches,
  parameters: TransformerParameters,
  spins: Tensor,
  watch?: LayerWatcher,
): Tensor {
  const { width } = architecture;
  const { embed } = parameters;
  const dtype = embed.weight.dtype as 'float32' | 'float64';
  let x = dense(toPatches(spins, architecture, places, dtype), embed.weight, embed.bias);
  if (embed.position) x = reshape(add(reshape(x, [-1, places.count, width]), embed.position), [-1, width]);
  parameters.layers.forEach((layer, index) => {
    const tokens = norm(x, layer.attentionNorm);
    watch?.(layer, tokens, index);
    const values = dense(tokens, layer.value.weight, layer.value.bias);
    const mixed = mixTokens(architecture, layer, places, tokens, values);
    x = add(x, dense(mixed, layer.output.weight, layer.output.bias));
    const hidden = dense(norm(x, layer.feedNorm), layer.expand.weight, layer.expand.bias, {
      activation: 'gelu',
    });
    x = add(x, dense(hidden, layer.contract.weight, layer.contract.bias));
  });
  return sum(reshape(x, [-1, places.count, width]), 1);
}

/** log ψ = Σ_α log cosh(re_α + i·im_α) of summed tokens [samples, width], as [samples, 2]. */
export function readHead(parameters: TransformerParameters, summed: Tensor): Tensor {
  const z = norm(summed, parameters.norm);
  const part = (head: HeadParameters) => {
    const linear = dense(z, head.weight, head.bias);
    return head.norm ? norm(linear, head.norm) : linear;
  };
  const { real, imaginary } = complexLogCosh(part(parameters.real), part(parameters.imaginary));
  return stack([sum(real, 1), sum(imaginary, 1)], 1);
}
