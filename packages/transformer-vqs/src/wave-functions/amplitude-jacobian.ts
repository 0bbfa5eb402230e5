import {
  concat,
  type ParameterTree,
  perSampleGrad,
  reshape,
  scope,
  slice,
  sum,
  type Tensor,
} from '@spinformer/tensor';
import type { WaveFunction } from '../wave-function.ts';
import { spinTensor } from './amplitude-evaluator.ts';
import { countSamples } from './check-spins.ts';

/** Options of {@link amplitudeJacobian}. */
export interface JacobianOptions {
  /** Bytes that intermediate results may take beside the Jacobian itself; default 256 MiB. */
  readonly memoryBytes?: number;
}

/** Bytes of intermediates that a sample is taken to need, for each parameter: cotangents of weights and activations. */
const WORKING_COPIES = 4;

/**
 * O = ∂ log ψ / ∂θ of every configuration: the wave function's own Jacobian, or one by backward passes over its
 * differentiable form, in chunks under a memory budget.
 *
 * @param spins configurations [samples, sites] of ±1
 * @returns [2, samples, parameters], real parts, then imaginary ones; parameters in the order of flattenTree. It belongs
 *   to the caller.
 */
export function amplitudeJacobian<P extends ParameterTree>(
  wave: WaveFunction<P>,
  parameters: P,
  spins: Int8Array,
  options: JacobianOptions = {},
): Tensor {
  return wave.jacobian?.(parameters, spins, options) ?? tensorJacobian(wave, parameters, spins, options);
}

/** The Jacobian over the differentiable form, whatever the wave function offers. */
export function tensorJacobian<P extends ParameterTree>(
  wave: WaveFunction<P>,
  parameters: P,
  spins: Int8Array,
  { memoryBytes = 2 ** 28 }: JacobianOptions = {},
): Tensor {
  const samples = countSamples('jacobian', spins, wave.sites);
  const each = WORKING_COPIES * 8 * wave.parameterCount;
  const chunk = Math.max(1, Math.min(samples, Math.floor(memoryBytes / each)));
  const component = (index: number) =>
    perSampleGrad((p: P, rows: Tensor) =>
      sum(slice(wave.logAmplitude(p, rows), [0, index], [rows.shape[0], 1]), 1),
    );
  return scope(() => {
    const parts: Tensor[] = [];
    for (const index of [0, 1])
      for (let first = 0; first < samples || first === 0; first += chunk) {
        const rows = spins.subarray(first * wave.sites, Math.min(first + chunk, samples) * wave.sites);
        parts.push(scope(() => component(index)(parameters, spinTensor(parameters, rows, wave.sites))));
      }
    return reshape(concat(parts, 0), [2, samples, wave.parameterCount]);
  });
}
