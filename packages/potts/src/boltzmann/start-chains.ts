import { philox4x32 } from '@spinformer/numerics';
import type { DataFrequencies } from './data-frequencies.ts';

/** Counter word 3 of the words that draw the start; the kernel uses 0 and 1 for the sweeps. */
const START_PURPOSE = 2;

/** Chains from the profile: every site on its own, with the frequencies of the data, [chains, sites]. */
export function profileChains({ sites, states, singles }: DataFrequencies, keys: Uint32Array): Int32Array {
  const values = new Int32Array((keys.length / 2) * sites);
  for (let c = 0; 2 * c < keys.length; c++)
    for (let i = 0; i < sites; i += 4) {
      const words = philox4x32([i >> 2, 0, 0, START_PURPOSE], keys.subarray(2 * c, 2 * c + 2));
      for (let k = 0; k < Math.min(4, sites - i); k++)
        values[c * sites + i + k] = stateAt(singles, (i + k) * states, states, words[k] / 2 ** 32);
    }
  return values;
}

/** The first state whose cumulative frequency exceeds `uniform`. */
function stateAt(frequencies: Float64Array, from: number, states: number, uniform: number): number {
  let rest = uniform;
  for (let a = 0; a < states - 1; a++) {
    rest -= frequencies[from + a];
    if (rest < 0) return a;
  }
  return states - 1;
}
