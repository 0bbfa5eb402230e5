import {
  flattenTree,
  mul,
  type ParameterTree,
  scope,
  sum,
  type Tensor,
  tensor,
  treeLeaves,
  valueAndGrad,
} from '@spinformer/tensor';
import type { ComplexRows, WaveFunction } from '../wave-function.ts';
import { spinTensor } from '../wave-functions/amplitude-evaluator.ts';

/** Configurations in one backward pass. */
const ROWS_PER_PASS = 1024;

/**
 * ∇E = 2 Σ_s p_s Re[O_s* (E_L,s − E)] by one backward pass over chunks of samples: no Jacobian is stored.
 *
 * @param spins - [samples, sites] of ±1.
 * @param weights - probabilities p_s.
 * @param deviations - E_L − E, [samples].
 * @returns [parameters] in the order of flattenTree, owned by the caller.
 */
export function energyGradient<P extends ParameterTree>(
  wave: WaveFunction<P>,
  parameters: P,
  spins: Int8Array,
  weights: Float64Array,
  deviations: ComplexRows,
): Float64Array {
  const { sites } = wave;
  const { dtype } = treeLeaves(parameters)[0];
  const total = new Float64Array(wave.parameterCount);
  for (let from = 0; from < weights.length; from += ROWS_PER_PASS) {
    const until = Math.min(weights.length, from + ROWS_PER_PASS);
    const factors = new Float64Array(2 * (until - from));
    for (let s = from; s < until; s++) {
      factors[2 * (s - from)] = 2 * weights[s] * deviations.real[s];
      factors[2 * (s - from) + 1] = 2 * weights[s] * deviations.imaginary[s];
    }
    const gradient = scope(() => {
      const input = spinTensor(parameters, spins.subarray(from * sites, until * sites), sites);
      const loss = (p: P, x: Tensor) =>
        sum(mul(wave.logAmplitude(p, x), tensor(factors, [until - from, 2], dtype)));
      return flattenTree(valueAndGrad(loss)(parameters, input).grads);
    });
    for (let k = 0; k < total.length; k++) total[k] += gradient[k];
  }
  return total;
}
