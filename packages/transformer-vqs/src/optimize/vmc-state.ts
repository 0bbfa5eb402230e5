import { ConfigError, type Estimate, type PlainData, type Tick } from '@spinformer/numerics';
import { type ParameterTree, treeFromPlain } from '@spinformer/tensor';
import type { SpinChainsState } from '../sampling/spin-chains.ts';
import type { WaveFunction } from '../wave-function.ts';
import type { VmcOptimizer } from './vmc-options.ts';

/** What an optimisation needs to go on from a tick bit for bit, as plain data for a checkpoint. */
export type VmcState = {
  /** Names of wave function and Hamiltonian; resuming with others is refused. */
  readonly wave: string;
  readonly hamiltonian: string;
  readonly parameterCount: number;
  /** Updates tried. */
  readonly step: number;
  /** The parameters' tree, see {@link parametersFromVmcState}. */
  readonly parameters: PlainData;
  /** Where the chains stood before the samples of this tick were drawn; null for a full sum. */
  readonly chains: SpinChainsState | null;
  readonly optimizer: VmcOptimizer;
  /** What the optimiser remembers. */
  readonly memory: PlainData;
  /** Factor on the diagonal shift: raised when a step is rejected, lowered when one is good. */
  readonly caution: number;
  /** Steps rejected in a row. */
  readonly rejections: number;
};

/** Numbers of a tick. Energies in units of the couplings, with S = σ/2. */
export type VmcMetrics = {
  /** Mean energy per site and its standard error (0 for a full sum). */
  readonly energyPerSite: number;
  readonly standardError: number;
  /** ⟨|E_L − E|²⟩, total, not per site. */
  readonly variance: number;
  /** sites · variance / E², 0 for an eigenstate. */
  readonly vScore: number;
  /** Fraction of proposals accepted; 1 for a full sum. */
  readonly acceptance: number;
  /** Split R̂ of the local energies and their autocorrelation time in draws; where chains have at least four draws. */
  readonly rHat?: number;
  readonly autocorrelationTime?: number;
  /** λ, η and ‖ηφ‖ of the update that led here; 0 at the start and for a rejected update. */
  readonly diagonalShift: number;
  readonly learningRate: number;
  readonly stepNorm: number;
  /** 1 when the update was rejected and this is the last good state again. */
  readonly rejected: number;
  /** Different configurations (orbits) among the samples, and amplitudes evaluated for this tick. */
  readonly uniqueSamples: number;
  readonly evaluations: number;
};

/** A tick of {@link optimizeState}: the energy is that of the parameters in `state`. */
export interface VmcTick extends Tick<VmcState, VmcMetrics & Record<string, number>> {
  /** Energy per site. */
  readonly energy: Estimate;
}

/**
 * The parameters of a tick as tensors on the current backend, owned by the caller.
 *
 * @throws {ConfigError} if the state belongs to another wave function.
 */
export function parametersFromVmcState<P extends ParameterTree>(wave: WaveFunction<P>, state: VmcState): P {
  checkArchitecture('parametersFromVmcState', wave, state);
  return treeFromPlain(state.parameters) as P;
}

/** @throws {ConfigError} if the state belongs to another wave function. */
export function checkArchitecture(
  name: string,
  wave: { readonly name: string; readonly parameterCount: number },
  state: VmcState,
): void {
  if (state.wave === wave.name && state.parameterCount === wave.parameterCount) return;
  throw new ConfigError(
    `${name}: the state is of '${state.wave}' with ${state.parameterCount} parameters, the wave function is ` +
      `'${wave.name}' with ${wave.parameterCount}. Build the same architecture.`,
  );
}
