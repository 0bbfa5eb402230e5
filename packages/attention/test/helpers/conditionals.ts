import type { Rng } from '@spinformer/numerics';
import type { ConditionalCouplings } from '../../src/coupling-gauge.ts';

/** Random fields and asymmetric couplings of order one, zero for i = j. */
export function randomCouplings(sites: number, states: number, rng: Rng) {
  const block = states * states;
  const couplings = Float64Array.from({ length: sites * sites * block }, (_, k) => {
    const pair = Math.floor(k / block);
    return Math.floor(pair / sites) === pair % sites ? 0 : rng.normal();
  });
  const fields = Float64Array.from({ length: sites * states }, () => rng.normal());
  return { sites, states, fields, couplings };
}

/** log p(s_i = a | s_\i) by plain loops in float64, [samples, sites, states]; missing neighbours (−1) add nothing. */
export function logConditionalsByLoops(
  model: ConditionalCouplings,
  configurations: Int32Array,
): Float64Array {
  const { sites, states, fields, couplings } = model;
  const result = new Float64Array(configurations.length * states);
  for (let k = 0; k < configurations.length; k++) {
    const i = k % sites;
    const logits = result.subarray(k * states, (k + 1) * states);
    for (let a = 0; a < states; a++) {
      logits[a] = fields[i * states + a];
      for (let j = 0; j < sites; j++) {
        const b = configurations[k - i + j];
        if (j !== i && b >= 0) logits[a] += couplings[((i * sites + j) * states + a) * states + b];
      }
    }
    let sum = 0;
    for (const x of logits) sum += Math.exp(x);
    for (let a = 0; a < states; a++) logits[a] -= Math.log(sum);
  }
  return result;
}
