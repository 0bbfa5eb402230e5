import { DomainError } from '@spinformer/numerics';
import { dispose, readSync, scope, withBackend } from '@spinformer/tensor';
import { spinTensor } from './amplitude-evaluator.ts';
import { dependsOnContent } from './attention-kind.ts';
import { countSamples } from './check-spins.ts';
import { contentWeights, positionalWeights } from './mix-tokens.ts';
import { type Patches, patches } from './patches.ts';
import { encodeSpins } from './transformer-forward.ts';
import type { TransformerParameters } from './transformer-parameters.ts';
import type { TransformerState } from './transformer-state.ts';

/** Samples whose weights are computed at once. */
const CHUNK = 256;

/** How one layer of a transformer state mixes its tokens: plain data. */
export interface AttentionMap {
  readonly layer: number;
  readonly heads: number;
  readonly patches: number;
  /** Patches along each direction. */
  readonly grid: readonly number[];
  /** Mean weights over the samples, [heads, patches, patches]: how much token i takes of token j. */
  readonly mean: Float64Array;
  /** Their variance over the samples; zero where weights depend on positions alone. */
  readonly variance: Float64Array;
  /** Mean weights by displacement, [heads, patches]. */
  readonly byDisplacement: Float64Array;
  /** R = Σ variance/Σ mean² of each head: 0 where the weights do not depend on the input. */
  readonly inputDependence: Float64Array;
  /** What translations leave of the mean weights, Σ(mean − by displacement)²/Σ mean², of each head. */
  readonly translationResidue: Float64Array;
}

/**
 * The attention weights of every layer, averaged over configurations, with the measure R of how much they depend on the
 * input.
 *
 * @param spins configurations [samples, sites] drawn from |ψ|²; needed only where weights depend on content
 * @throws {DomainError} when they are needed and absent.
 */
export function attentionWeights(
  wave: TransformerState,
  parameters: TransformerParameters,
  spins?: Int8Array,
): AttentionMap[] {
  const { architecture } = wave;
  const places = patches(architecture.shape, architecture.patch);
  const content = dependsOnContent(architecture.attention);
  if (content && !spins?.length)
    throw new DomainError(
      `attentionWeights: ${architecture.attention} attention depends on the configurations. Pass some of |ψ|² as spins.`,
    );
  const sums = content
    ? contentSums(wave, parameters, places, spins!)
    : positionalSums(wave, parameters, places);
  return sums.map(({ first, second, samples }, layer) => {
    const mean = first.map((sum) => sum / samples);
    const variance = second.map((sum, k) => Math.max(0, sum / samples - mean[k] * mean[k]));
    return attentionMap(layer, architecture.heads, places, mean, variance);
  });
}

/** Sums of weights and of their squares over samples. */
interface WeightSums {
  readonly first: Float64Array;
  readonly second: Float64Array;
  samples: number;
}

function positionalSums(
  { architecture }: TransformerState,
  parameters: TransformerParameters,
  places: Patches,
): WeightSums[] {
  return parameters.layers.map((layer) => {
    const weights = withBackend(layer.value.weight.backend, () =>
      scope(() => positionalWeights(architecture, layer, places)!),
    );
    const first = Float64Array.from(readSync(weights));
    if (weights !== layer.position) dispose(weights);
    return { first, second: first.map((x) => x * x), samples: 1 };
  });
}

function contentSums(
  wave: TransformerState,
  parameters: TransformerParameters,
  places: Patches,
  spins: Int8Array,
): WeightSums[] {
  const { architecture, sites } = wave;
  const samples = countSamples('attentionWeights', spins, sites);
  const size = architecture.heads * places.count ** 2;
  const sums = parameters.layers.map(() => ({
    first: new Float64Array(size),
    second: new Float64Array(size),
    samples,
  }));
  for (let from = 0; from < samples; from += CHUNK) {
    const some = spins.subarray(from * sites, Math.min(from + CHUNK, samples) * sites);
    withBackend(parameters.embed.weight.backend, () =>
      scope(() => {
        encodeSpins(
          architecture,
          places,
          parameters,
          spinTensor(parameters, some, sites),
          (layer, tokens, index) => {
            addWeights(sums[index], readSync(contentWeights(architecture, layer, places, tokens)));
          },
        );
      }),
    );
  }
  return sums;
}

function addWeights({ first, second }: WeightSums, weights: ArrayLike<number>): void {
  for (let k = 0; k < weights.length; k++) {
    first[k % first.length] += weights[k];
    second[k % first.length] += weights[k] * weights[k];
  }
}

function attentionMap(
  layer: number,
  heads: number,
  { count, grid, displacements }: Patches,
  mean: Float64Array,
  variance: Float64Array,
): AttentionMap {
  const byDisplacement = new Float64Array(heads * count);
  const pairs = count * count;
  mean.forEach((weight, k) => {
    byDisplacement[Math.floor(k / pairs) * count + displacements[k % pairs]] += weight / count;
  });
  const share = (value: (k: number, head: number) => number) =>
    Float64Array.from({ length: heads }, (_, head) => {
      let [over, under] = [0, 0];
      for (let k = head * pairs; k < (head + 1) * pairs; k++) {
        over += value(k, head);
        under += mean[k] * mean[k];
      }
      return over / under;
    });
  return {
    layer,
    heads,
    patches: count,
    grid,
    mean,
    variance,
    byDisplacement,
    inputDependence: share((k) => variance[k]),
    translationResidue: share(
      (k, head) => (mean[k] - byDisplacement[head * count + displacements[k % pairs]]) ** 2,
    ),
  };
}
