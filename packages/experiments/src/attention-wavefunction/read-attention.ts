import type { TransformerParameters } from '@spinformer/transformer-vqs';
import { type AttentionMap, attentionWeights, type TransformerState } from '@spinformer/transformer-vqs';
import type { HeadMap } from './attention-wavefunction-result.ts';

/**
 * How much the attention of a network depends on its input: R, the mean over heads of Σ variance / Σ mean², and the share
 * of the variance of the weights that pairs of positions explain.
 *
 * @param maps one per layer
 */
export function inputDependence(maps: readonly AttentionMap[]): {
  readonly inputDependence: number;
  readonly positional: number;
} {
  const ratios = maps.flatMap((map) => [...map.inputDependence]);
  let [between, within] = [0, 0];
  for (const { mean, variance, heads } of maps) {
    const pairs = mean.length / heads;
    for (let head = 0; head < heads; head++) {
      const weights = mean.subarray(head * pairs, (head + 1) * pairs);
      const centre = weights.reduce((sum, weight) => sum + weight, 0) / pairs;
      between += weights.reduce((sum, weight) => sum + (weight - centre) ** 2, 0);
    }
    within += variance.reduce((sum, value) => sum + value, 0);
  }
  return {
    inputDependence: ratios.reduce((sum, ratio) => sum + ratio, 0) / ratios.length,
    positional: between + within > 0 ? between / (between + within) : 1,
  };
}

/** Every head's weights by displacement, with their spread over configurations. */
export function headMaps(
  wave: TransformerState,
  parameters: TransformerParameters,
  spins: Int8Array,
): HeadMap[] {
  return attentionWeights(wave, parameters, spins).flatMap((map) =>
    Array.from({ length: map.heads }, (_, head) => ({
      ...{ layer: map.layer, head },
      mean: map.byDisplacement.slice(head * map.patches, (head + 1) * map.patches),
      deviation: deviationByDisplacement(map, head),
    })),
  );
}

/** √ of the variance over configurations, averaged over the pairs of a displacement. */
function deviationByDisplacement({ variance, patches, grid }: AttentionMap, head: number): Float64Array {
  const [rows, columns] = grid.length === 1 ? [1, grid[0]] : [grid[0], grid[1]];
  const sums = new Float64Array(patches);
  for (let i = 0; i < patches; i++)
    for (let j = 0; j < patches; j++) {
      const down = (Math.floor(j / columns) - Math.floor(i / columns) + rows) % rows;
      const right = ((j % columns) - (i % columns) + columns) % columns;
      sums[down * columns + right] += variance[(head * patches + i) * patches + j] / patches;
    }
  return sums.map(Math.sqrt);
}
