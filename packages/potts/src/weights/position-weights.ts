import type { Floats } from '@spinformer/numerics';
import type { EncodedSequences } from '../alignment-weights.ts';

/** Letter codes are bytes. */
const CODES = 256;

/**
 * Position-based weights: in every column each of the r different letters shares 1/r evenly among the sequences that
 * have it, and a sequence's weight is its mean over the columns. Gaps take no part where the alphabet has one, and the
 * mean runs over the sequence's residues; a sequence of gaps only weighs nothing. Linear in the number of sequences.
 *
 * @returns [samples], with the sum `samples` (HMMER's scale), new.
 * @source henikoff1994
 * @complexity O(samples·sites)
 */
export function positionWeights(sequences: EncodedSequences): Floats<'samples'> {
  const { samples, sites, codes } = sequences;
  const gap = sequences.alphabet?.gapCode ?? -1;
  const sums = new Float64Array(samples);
  const residues = new Int32Array(samples);
  const counts = new Int32Array(CODES);
  for (let i = 0; i < sites; i++) {
    counts.fill(0);
    for (let m = 0; m < samples; m++) counts[codes[m * sites + i]]++;
    let different = 0;
    for (let code = 0; code < CODES; code++) if (counts[code] > 0 && code !== gap) different++;
    for (let m = 0; m < samples; m++) {
      const code = codes[m * sites + i];
      if (code === gap) continue;
      residues[m]++;
      sums[m] += 1 / (different * counts[code]);
    }
  }
  const weights = sums.map((sum, m) => (residues[m] > 0 ? sum / residues[m] : 0));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return total > 0 ? weights.map((weight) => (weight * samples) / total) : weights;
}
