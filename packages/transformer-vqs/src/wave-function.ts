import type { Rng } from '@spinformer/numerics';
import type { ParameterTree, Tensor } from '@spinformer/tensor';

/** Complex numbers, one per row: real and imaginary parts side by side. */
export interface ComplexRows {
  readonly real: Float64Array;
  readonly imaginary: Float64Array;
}

/**
 * A wave function ψ(σ; θ) of spins ½ with real parameters θ and a complex logarithm.
 * Configurations are Int8Array [samples, sites] with entries ±1 (σ = 2 S^z), sites in the lattice's order.
 */
export interface WaveFunction<P extends ParameterTree = ParameterTree> {
  readonly name: string;
  readonly sites: number;
  /** Number of real parameters. */
  readonly parameterCount: number;
  /**
   * Site permutations g under which ψ does not change at all: log ψ(gσ) = log ψ(σ) for (gσ)[r] = σ[g[r]]. A group, the
   * identity first; absent means the identity alone. Amplitudes are evaluated once per orbit.
   */
  readonly invariance?: readonly Int32Array[];
  /** Keys of CITATIONS.bib. */
  readonly citations: readonly string[];
  /** Random parameters, in the precision asked for; default float32. */
  init(rng: Rng, dtype?: 'float32' | 'float64'): P;
  /**
   * log ψ as a differentiable tensor [samples, 2] = (Re, Im).
   * @param spins int32 tensor [samples, sites] of ±1.
   */
  logAmplitude(parameters: P, spins: Tensor): Tensor;
  /**
   * An evaluator of log ψ at fixed parameters, as fast as this wave function knows how; without it, callers go through
   * {@link logAmplitude}. Free it when the parameters change.
   */
  evaluator?(parameters: P): AmplitudeEvaluator;
  /**
   * O = ∂ log ψ / ∂θ: a tensor [2, samples, parameters] (Re, then Im), parameters in the order of flattenTree; without
   * it, callers use perSampleGrad on {@link logAmplitude}. `memoryBytes` bounds what may be held beside the result.
   */
  jacobian?(parameters: P, spins: Int8Array, options?: { readonly memoryBytes?: number }): Tensor;
}

/** log ψ at fixed parameters. */
export interface AmplitudeEvaluator {
  /** log ψ of every configuration of [samples, sites]. */
  logAmplitudes(spins: Int8Array): ComplexRows;
  free(): void;
}
