export { citations, type VqsTopic } from './citations.ts';
export { basisStates, type SpinBasis } from './exact/basis.ts';
export {
  type DiagonalizeOptions,
  type DiagonalizeTick,
  diagonalize,
  diagonalizeTicks,
  type ExactSpectrum,
} from './exact/diagonalize.ts';
export { type ExactMemory, exactMemory } from './exact/exact-memory.ts';
export {
  correlationsByDistance,
  type DistanceCorrelation,
  exactCorrelations,
  exactMarshallSign,
  type StructureFactorPoint,
  structureFactor,
} from './exact/exact-observables.ts';
export { rotateAmplitudes } from './exact/rotate-amplitudes.ts';
export type { SectorOptions } from './exact/sector.ts';
export type { Bond, Lattice } from './lattice.ts';
export { chain } from './lattices/chain.ts';
export type { LatticeOptions } from './lattices/checks.ts';
export { type CustomLatticeOptions, customLattice } from './lattices/custom-lattice.ts';
export { shastrySutherland } from './lattices/shastry-sutherland.ts';
export { square } from './lattices/square.ts';
export { triangular } from './lattices/triangular.ts';
export { AmplitudeCache, type AmplitudeCacheOptions } from './local-energy/amplitude-cache.ts';
export { localEnergies } from './local-energy/local-energies.ts';
export { type DimerCorrelations, dimerCorrelations } from './observables/dimer-correlations.ts';
export { type ComparedState, fidelity } from './observables/fidelity.ts';
export { marshallSign } from './observables/marshall-sign.ts';
export {
  type MeasuredCorrelation,
  type MeasuredStructureFactor,
  type MeasureStateOptions,
  measureState,
  type StateMeasurement,
} from './observables/measure-state.ts';
export { purity } from './observables/renyi-entropy.ts';
export { type CorrelationPart, sampledCorrelations } from './observables/sampled-correlations.ts';
export { vScore } from './observables/v-score.ts';
export type { MeasureOptions } from './observables/weighted-samples.ts';
export { optimizeState } from './optimize/optimize-state.ts';
export type { VmcOptimizer, VmcOptions } from './optimize/vmc-options.ts';
export {
  parametersFromVmcState,
  type VmcMetrics,
  type VmcState,
  type VmcTick,
} from './optimize/vmc-state.ts';
export { type DrawSpinsOptions, drawSpins, type SpinSamples } from './sampling/draw-spins.ts';
export { type ExchangeRule, type MovePairs, movePairs } from './sampling/exchange-rule.ts';
export { allSpins, fullSum } from './sampling/full-sum.ts';
export { SpinChains, type SpinChainsState } from './sampling/spin-chains.ts';
export type { SpinBond, SpinHamiltonian } from './spin-hamiltonian.ts';
export { type Connected, connected, diagonalElement } from './spin-hamiltonian-connected.ts';
export {
  bondHamiltonian,
  type HeisenbergOptions,
  heisenberg,
  type J1J2Options,
  j1j2,
  type SpinModelOptions,
  spinModel,
  xxz,
} from './spin-hamiltonian-models.ts';
export { type SignRule, signRuleSites } from './spin-hamiltonian-sign-rule.ts';
export { symmetrize } from './symmetry/symmetrize.ts';
export type { SymmetryOptions } from './symmetry/symmetry-group.ts';
export type { AmplitudeEvaluator, ComplexRows, WaveFunction } from './wave-function.ts';
export { amplitudeEvaluator, type EvaluatorOptions } from './wave-functions/amplitude-evaluator.ts';
export { amplitudeJacobian, type JacobianOptions } from './wave-functions/amplitude-jacobian.ts';
export {
  type AmplitudeTable,
  type AmplitudeTableParameters,
  amplitudeTable,
} from './wave-functions/amplitude-table.ts';
export { ATTENTION_KINDS, type AttentionKind, dependsOnContent } from './wave-functions/attention-kind.ts';
export { type AttentionMap, attentionWeights } from './wave-functions/attention-weights.ts';
export { type Dimer, dimerState } from './wave-functions/dimer-state.ts';
export { type FrozenState, freezeAttention } from './wave-functions/freeze-attention.ts';
export { type JastrowOptions, type JastrowParameters, jastrowState } from './wave-functions/jastrow-state.ts';
export { type RbmHalf, type RbmOptions, type RbmParameters, rbmState } from './wave-functions/rbm-state.ts';
export { decodeParameters, decodeTransformer, encodeParameters } from './wave-functions/state-files.ts';
export type { TransformerArchitecture, TransformerOptions } from './wave-functions/transformer-options.ts';
export type {
  HeadParameters,
  LayerParameters,
  LinearParameters,
  NormParameters,
  TransformerParameters,
} from './wave-functions/transformer-parameters.ts';
export { type TransformerState, transformerState } from './wave-functions/transformer-state.ts';
