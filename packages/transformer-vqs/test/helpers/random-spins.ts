import { permutation, type Rng } from '@spinformer/numerics';

/** Random configurations [samples, sites] with as many spins up as down (one more up for an odd number). */
export function randomSpins(rng: Rng, samples: number, sites: number): Int8Array {
  const spins = new Int8Array(samples * sites);
  for (let s = 0; s < samples; s++) {
    const order = permutation(rng, sites);
    for (let i = 0; i < sites; i++) spins[s * sites + order[i]] = i % 2 === 0 ? 1 : -1;
  }
  return spins;
}
