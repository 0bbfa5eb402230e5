import { attentionMaps, type Model } from '@spinformer/attention';
import { pearson } from '@spinformer/numerics';
import type { ParameterTree } from '@spinformer/tensor';
import { offDiagonal } from './fit-factored.ts';

/** Where the masked sites of a model look, and why. */
export interface AttentionReading {
  /** Mean attention of a masked site i to site j, [layers, heads, sites, sites]. */
  readonly maps: Float64Array;
  /** Pearson's correlation of each map with |J| over i ≠ j, [layers, heads]. */
  readonly agreement: Float64Array;
  /**
   * Share of the variance of the attention weights, over pairs i ≠ j and sequences, that the pair alone explains,
   * [layers, heads]: 1 where a head looks by position only, as a factored layer does, 0 where letters decide.
   */
  readonly positional: Float64Array;
}

/** Sequences per site that are looked at one by one to see how much attention depends on the letters. */
const SINGLE_SEQUENCES = 16;

/**
 * Reads the attention of a model at the sites that it has to guess: each site in turn is masked in all sequences, and
 * row i is taken from the sequences in which site i is masked.
 *
 * @param model a model with attention maps
 * @param parameters its parameters
 * @param values sequences, [samples, sites]
 * @param siteCouplings J, [sites, sites]
 */
export async function readAttention<P extends ParameterTree>(
  model: Model<P>,
  parameters: P,
  values: Int32Array,
  siteCouplings: Float64Array,
): Promise<AttentionReading> {
  const { sites } = model;
  const { layers, heads, values: maps } = await maskedMaps(model, parameters, values);
  const singles: Float64Array[] = [];
  for (let k = 0; k < Math.min(SINGLE_SEQUENCES, values.length / sites); k++) {
    const one = values.slice(k * sites, (k + 1) * sites);
    singles.push((await maskedMaps(model, parameters, one)).values);
  }
  const strength = offDiagonal(siteCouplings.map(Math.abs), sites);
  const each = (read: (from: number, to: number) => number) =>
    Float64Array.from({ length: layers * heads }, (_, head) =>
      read(head * sites * sites, (head + 1) * sites * sites),
    );
  return {
    maps,
    agreement: each((from, to) => pearson(offDiagonal(maps.slice(from, to), sites), strength)),
    positional: each((from, to) =>
      positionalShare(singles.map((single) => offDiagonal(single.slice(from, to), sites))),
    ),
  };
}

/** Maps in which row i comes from sequences whose site i is masked. */
async function maskedMaps<P extends ParameterTree>(model: Model<P>, parameters: P, values: Int32Array) {
  const { sites, states } = model;
  const samples = values.length / sites;
  let shape = { layers: 0, heads: 0 };
  let result = new Float64Array(0);
  for (let i = 0; i < sites; i++) {
    const masked = values.map((value, k) => (k % sites === i ? -1 : value));
    const maps = await attentionMaps(model, parameters, { samples, sites, states, values: masked });
    shape = { layers: maps.layers, heads: maps.heads };
    if (i === 0) result = new Float64Array(maps.values.length);
    for (let row = i * sites; row < result.length; row += sites * sites) {
      result.set(maps.values.subarray(row, row + sites), row);
    }
  }
  return { ...shape, values: result };
}

/**
 * Analysis of variance of weights that were seen several times per pair: variance between the pairs over total
 * variance, the between part without what a finite number of looks adds to it.
 *
 * @param looks each [pairs], the weights in one sequence
 */
export function positionalShare(looks: readonly Float64Array[]): number {
  const count = looks.length;
  const pairs = looks[0].length;
  const means = looks[0].map((_, k) => looks.reduce((sum, look) => sum + look[k], 0) / count);
  const grand = means.reduce((sum, value) => sum + value, 0) / pairs;
  const between = means.reduce((sum, value) => sum + (value - grand) ** 2, 0) / (pairs - 1);
  if (count < 2) return 1;
  let within = 0;
  for (const look of looks) for (let k = 0; k < pairs; k++) within += (look[k] - means[k]) ** 2;
  within /= pairs * (count - 1);
  const pure = Math.max(0, between - within / count);
  return pure + within > 0 ? pure / (pure + within) : 1;
}
