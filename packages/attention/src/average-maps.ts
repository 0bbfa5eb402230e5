import { concat, mean, type Tensor } from '@spinformer/tensor';

/** Mean over the batch of each layer's probabilities [batch, heads, sites, sites]: [layers·heads, sites, sites]. */
export function averageMaps(probabilities: readonly Tensor[]): Tensor {
  return concat(
    probabilities.map((map) => mean(map, [0])),
    0,
  );
}
