import type { Configurations, Floats } from '@spinformer/numerics';
import { type Columns, columnsOf } from './columns.ts';

/**
 * Weighted frequencies f_i(a) of every state at every site, over the samples in which the site is not missing.
 *
 * @returns [sites, states], new; each site sums to 1, or to 0 where no sample of positive weight knows it.
 * @throws {ShapeError | DomainError} for configurations whose sizes or entries are wrong.
 * @complexity O(samples·sites)
 * @example
 * ```ts
 * oneSiteFrequencies({ samples: 2, sites: 1, states: 2, values: Int32Array.of(0, 1) }); // [0.5, 0.5]
 * ```
 */
export function oneSiteFrequencies(data: Configurations): Floats<'sites states'> {
  const columns = columnsOf('oneSiteFrequencies', data);
  const { sites, states } = columns;
  const frequencies = new Float64Array(sites * states);
  for (let i = 0; i < sites; i++) frequencies.set(siteFrequencies(columns, i), i * states);
  return frequencies;
}

function siteFrequencies({ samples, states, codes, weights }: Columns, site: number): Float64Array {
  const counts = new Float64Array(states + 1);
  for (let s = 0; s < samples; s++) counts[codes[site * samples + s]] += weights[s];
  return normalised(counts.subarray(0, states));
}

/** Divides by the sum, in place; all zero stays so. */
export function normalised(counts: Float64Array): Float64Array {
  let total = 0;
  for (const count of counts) total += count;
  if (total > 0) for (let k = 0; k < counts.length; k++) counts[k] /= total;
  return counts;
}
