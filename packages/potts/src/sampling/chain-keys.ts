import { philox4x32, type Rng } from '@spinformer/numerics';
import type { AnyPotts } from './any-model.ts';

/** Counter word 3 of the words that draw the start; kernels use others for the sweeps. */
const START_PURPOSE = 2;

/** Two key words per chain, from two words of the stream. */
export function chainKeys(rng: Rng, chains: number): Uint32Array {
  const base = [rng.uint32(), rng.uint32()];
  const keys = new Uint32Array(2 * chains);
  for (let c = 0; c < chains; c++) keys.set(philox4x32([c, 0, 0, 0], base).subarray(0, 2), 2 * c);
  return keys;
}

/** Every site uniform: the upper half of word · states, four sites to a block of words. */
export function uniformStart({ sites, states }: AnyPotts, keys: Uint32Array): Int32Array {
  const chains = keys.length / 2;
  const values = new Int32Array(chains * sites);
  for (let c = 0; c < chains; c++)
    for (let i = 0; i < sites; i += 4) {
      const words = philox4x32([i >> 2, 0, 0, START_PURPOSE], keys.subarray(2 * c, 2 * c + 2));
      for (let k = 0; k < Math.min(4, sites - i); k++)
        values[c * sites + i + k] = Math.floor((words[k] * states) / 2 ** 32);
    }
  return values;
}
