import {
  dispose,
  type ParameterTree,
  readSync,
  scope,
  type Tensor,
  tensor,
  treeLeaves,
  withBackend,
} from '@spinformer/tensor';
import type { AmplitudeEvaluator, ComplexRows, WaveFunction } from '../wave-function.ts';
import { countSamples } from './check-spins.ts';

/** Options of {@link amplitudeEvaluator}. */
export interface EvaluatorOptions {
  /** Configurations that are evaluated at once where the wave function has no evaluator of its own; default 1024. */
  readonly chunk?: number;
}

/**
 * An evaluator of log ψ at fixed parameters: the wave function's own, or one that goes through its differentiable form in
 * chunks. It keeps the parameters as they are now; free it when they change.
 */
export function amplitudeEvaluator<P extends ParameterTree>(
  wave: WaveFunction<P>,
  parameters: P,
  options: EvaluatorOptions = {},
): AmplitudeEvaluator {
  return wave.evaluator?.(parameters) ?? tensorEvaluator(wave, parameters, options.chunk ?? 1024);
}

/** An evaluator over the differentiable form, whatever the wave function offers. */
export function tensorEvaluator<P extends ParameterTree>(
  wave: WaveFunction<P>,
  parameters: P,
  chunk: number,
): AmplitudeEvaluator {
  return {
    logAmplitudes(spins: Int8Array): ComplexRows {
      const samples = countSamples('logAmplitudes', spins, wave.sites);
      const rows = { real: new Float64Array(samples), imaginary: new Float64Array(samples) };
      for (let first = 0; first < samples; first += chunk) {
        const part = spins.subarray(first * wave.sites, Math.min(first + chunk, samples) * wave.sites);
        const values = evaluateOnce(wave, parameters, part);
        for (let k = 0; k < values.length / 2; k++) {
          rows.real[first + k] = values[2 * k];
          rows.imaginary[first + k] = values[2 * k + 1];
        }
      }
      return rows;
    },
    free: () => undefined,
  };
}

function evaluateOnce<P extends ParameterTree>(
  wave: WaveFunction<P>,
  parameters: P,
  spins: Int8Array,
): ArrayLike<number> {
  const result = scope(() => wave.logAmplitude(parameters, spinTensor(parameters, spins, wave.sites)));
  const values = readSync(result);
  dispose(result);
  return values;
}

/** Spins [samples, sites] as an int32 tensor where the parameters live. */
export function spinTensor(parameters: ParameterTree, spins: Int8Array, sites: number): Tensor {
  const home = treeLeaves(parameters)[0].backend;
  return withBackend(home, () => tensor(Int32Array.from(spins), [spins.length / sites, sites]));
}
