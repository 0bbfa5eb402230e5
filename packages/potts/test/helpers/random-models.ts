import { type Rng, seededRng } from '@spinformer/numerics';
import fc from 'fast-check';
import { type PottsModel, pottsModel } from '../../src/model.ts';

/** Every property is checked on the same cases in every run. */
export const FIXED = { seed: 20_230_407, numRuns: 30 } as const;

/** A model with random fields and couplings, J_ij(a, b) = J_ji(b, a), of standard deviation `scale`. */
export function randomModel(rng: Rng, sites: number, states: number, scale = 1): PottsModel {
  const fields = Float64Array.from({ length: sites * states }, () => scale * rng.normal());
  const couplings = new Float64Array((sites * states) ** 2);
  for (let i = 0; i < sites; i++)
    for (let j = i + 1; j < sites; j++)
      for (let a = 0; a < states; a++)
        for (let b = 0; b < states; b++) {
          const value = scale * rng.normal();
          couplings[((i * sites + j) * states + a) * states + b] = value;
          couplings[((j * sites + i) * states + b) * states + a] = value;
        }
  return pottsModel({ sites, states, fields, couplings });
}

/** Models of 2…5 sites with 2…4 states. */
export const smallModels = fc
  .record({ seed: fc.nat(), sites: fc.integer({ min: 2, max: 5 }), states: fc.integer({ min: 2, max: 4 }) })
  .map(({ seed, sites, states }) => randomModel(seededRng(seed), sites, states));

/** All configurations of a small system, [states^sites, sites], the last site fastest. */
export function allConfigurations(sites: number, states: number): Int32Array {
  const count = states ** sites;
  return Int32Array.from(
    { length: count * sites },
    (_, k) => Math.floor(Math.floor(k / sites) / states ** (sites - 1 - (k % sites))) % states,
  );
}

/** The largest absolute difference of two arrays. */
export function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let largest = a.length === b.length ? 0 : Number.POSITIVE_INFINITY;
  for (let k = 0; k < a.length; k++) largest = Math.max(largest, Math.abs(a[k] - b[k]));
  return largest;
}
