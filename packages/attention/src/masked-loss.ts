import { crossEntropy, mul, type ParameterTree, reshape, sum, type Tensor, tensor } from '@spinformer/tensor';
import { lossWeights, type MaskedEntries } from './masking.ts';
import type { Model, Precision } from './model.ts';

/** A masked batch on the backend. */
export interface MaskedBatch {
  /** int32 [batch, sites], −1 where hidden or missing. */
  readonly tokens: Tensor;
  /** int32 [batch, sites], −1 where nothing is asked. */
  readonly targets: Tensor;
  /** [batch, 1], so that the weighted sum of losses is a mean per masked site. */
  readonly weights: Tensor;
}

/**
 * Uploads masked entries; the caller frees the three tensors (or makes them in a `scope`).
 *
 * @param sampleWeights - one weight per sequence; absent means one each.
 * @param total - what the weights are divided by, if the batch is only a part of the sequences to average over.
 */
export function uploadBatch(
  entries: MaskedEntries,
  sites: number,
  sampleWeights: ArrayLike<number> | undefined,
  precision: Precision,
  total?: number,
): MaskedBatch {
  const batch = entries.tokens.length / sites;
  return {
    tokens: tensor(entries.tokens, [batch, sites], 'int32'),
    targets: tensor(entries.targets, [batch, sites], 'int32'),
    weights: tensor(lossWeights(entries.targets, sites, sampleWeights, total), [batch, 1], precision),
  };
}

/**
 * The masked language modelling loss: −log p(hidden token | what is seen), nats per masked site, weighted mean over the
 * sequences. With `'all-sites'` masking of a factored layer it is minus the log pseudo-likelihood, per sequence and site.
 *
 * @returns a function of parameters and batch with a scalar value, to be differentiated.
 */
export function maskedLoss<P extends ParameterTree>(
  model: Model<P>,
): (parameters: P, batch: MaskedBatch) => Tensor {
  return (parameters, { tokens, targets, weights }) => {
    const [batch, sites] = tokens.shape;
    const logits = reshape(model.apply(parameters, tokens), [batch * sites, model.states]);
    const losses = crossEntropy(logits, reshape(targets, [batch * sites]));
    return sum(mul(reshape(losses, [batch, sites]), weights));
  };
}
