import { pearson } from '@spinformer/numerics';
import type { Agreement } from './known-truth-result.ts';

/**
 * How well couplings agree with others, both in the same gauge.
 *
 * @param found [entries]
 * @param wanted [entries], not all zero
 */
export function agreementOf(found: ArrayLike<number>, wanted: ArrayLike<number>): Agreement {
  let distance = 0;
  let norm = 0;
  for (let k = 0; k < wanted.length; k++) {
    distance += (found[k] - wanted[k]) ** 2;
    norm += wanted[k] ** 2;
  }
  return {
    relativeError: Math.sqrt(distance / norm),
    relativeSquaredError: distance / norm,
    correlation: pearson(Float64Array.from(found), Float64Array.from(wanted)),
  };
}

/**
 * Entries to draw: every block above the diagonal, thinned evenly to a number of points that a figure can hold.
 *
 * @param sites number of sites
 * @param states number of colours
 * @param most how many entries at most, about
 * @returns indices into couplings [sites, sites, states, states]
 */
export function sampleEntries(sites: number, states: number, most: number): Int32Array {
  const block = states * states;
  const total = ((sites * (sites - 1)) / 2) * block;
  // A stride without a common divisor with the block size visits all (a, b) alike.
  let stride = Math.max(1, Math.ceil(total / most));
  while (stride > 1 && greatestCommonDivisor(stride, block) > 1) stride++;
  const entries: number[] = [];
  let count = 0;
  for (let i = 0; i < sites; i++) {
    for (let j = i + 1; j < sites; j++) {
      for (let c = 0; c < block; c++, count++)
        if (count % stride === 0) entries.push((i * sites + j) * block + c);
    }
  }
  return Int32Array.from(entries);
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
