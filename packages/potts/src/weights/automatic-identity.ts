import type { EncodedSequences } from '../alignment-weights.ts';

/** θ · (mean identity of all pairs) that DCAUtils.jl aims at, and the largest θ it takes. */
const TARGET = 0.38 * 0.32;
const LARGEST_DIVERGENCE = 0.5;
const CODES = 256;

/**
 * The identity threshold that PlmDCA.jl, ArDCA.jl and GaussDCA.jl choose by `theta = :auto`: 1 − min(0.5, 0.1216/φ), with
 * φ the mean share of equal columns over all pairs of sequences, counted by columns instead of by pairs.
 *
 * @returns the identity, in 0.5…1; 0.5 for fewer than two sequences or where no pair agrees anywhere.
 * @source baldassi2014gaussian
 * @complexity O(samples·sites)
 */
export function automaticIdentity({ samples, sites, codes }: EncodedSequences): number {
  const counts = new Int32Array(CODES);
  let equal = 0;
  for (let i = 0; i < sites; i++) {
    counts.fill(0);
    for (let m = 0; m < samples; m++) counts[codes[m * sites + i]]++;
    for (const count of counts) equal += (count * (count - 1)) / 2;
  }
  const pairs = (sites * samples * (samples - 1)) / 2;
  return equal === 0 ? 1 - LARGEST_DIVERGENCE : 1 - Math.min(LARGEST_DIVERGENCE, (TARGET * pairs) / equal);
}
