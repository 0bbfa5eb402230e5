export * from './alignment.ts';
export { consensusLetters } from './alignment-consensus.ts';
export { dropDuplicates } from './alignment-duplicates.ts';
export { alignSequences, readAlignment, readAlignmentBytes } from './alignment-read.ts';
export {
  type EncodedSequences,
  effectiveSequences,
  sequenceWeights,
  type WeightConvention,
  type WeightOptions,
} from './alignment-weights.ts';
export { type FastaOptions, type WrittenSequences, writeAlignment, writeFasta } from './alignment-write.ts';
export { type Alphabet, type AlphabetName, alphabet, guessAlphabet } from './alphabet.ts';
export { autoregressiveEffects } from './autoregressive/autoregressive-effects.ts';
export {
  type AutoregressiveNotes,
  decodeAutoregressive,
  encodeAutoregressive,
} from './autoregressive/autoregressive-file.ts';
export type { AutoregressiveModel } from './autoregressive/autoregressive-model.ts';
export type {
  AutoregressiveOptions,
  AutoregressiveState,
  AutoregressiveTick,
} from './autoregressive/autoregressive-options.ts';
export { type AutoregressiveDraws, drawAutoregressive } from './autoregressive/draw-autoregressive.ts';
export { epistaticCouplings } from './autoregressive/epistatic-couplings.ts';
export { inferAutoregressive } from './autoregressive/infer-autoregressive.ts';
export { logProbabilities } from './autoregressive/log-probabilities.ts';
export type { SiteOrder } from './autoregressive/site-order.ts';
export { boltzmannMemory } from './boltzmann/boltzmann-need.ts';
export type {
  BoltzmannMetrics,
  BoltzmannOptions,
  BoltzmannState,
  BoltzmannTick,
  LearningRule,
} from './boltzmann/boltzmann-options.ts';
export { inferBoltzmann } from './boltzmann/infer-boltzmann.ts';
export { citations, type PottsTopic } from './citations.ts';
export { conditionalEntropies, conditionalLosses, conditionalModel } from './conditionals.ts';
export {
  type ContactProbabilities,
  type ContactProbabilityOptions,
  contactProbabilities,
} from './contact-probabilities/contact-probabilities.ts';
export type { ScoreMixture } from './contact-probabilities/score-mixture.ts';
export {
  averageProductCorrection,
  type Contact,
  type ContactScoreOptions,
  contactScores,
  type RankOptions,
  rankContacts,
} from './contacts.ts';
export {
  type ContactPrecision,
  type ContactRow,
  contactPrecision,
  contactTable,
  type PrecisionOptions,
  precisionCurve,
} from './contacts-precision.ts';
export { type DirectInformationOptions, directInformation } from './direct-information.ts';
export { energy, energyDifferences } from './energy.ts';
export { drawExactly, type ExactEnsemble, enumerateExactly, exactConditionalEntropy } from './enumerate.ts';
export { readText } from './formats/bytes.ts';
export type { AlignmentFormat } from './formats/detect.ts';
export { type Gauge, toLatticeGasGauge, toZeroSumGauge } from './gauge.ts';
export {
  type GeneralizedPottsModel,
  generalizedPotts,
  toFullModel,
  toZeroSumColours,
} from './generalized.ts';
export {
  gaussianCouplings,
  goeColours,
  graphCouplings,
  identityColours,
  latticeCouplings,
  signCouplings,
  sparseCouplings,
} from './generalized-couplings.ts';
export { type ConditionedModel, conditionModel, fixedSites } from './generate/conditional-model.ts';
export type {
  GenerateMetrics,
  GenerateOptions,
  GenerateState,
  GenerateTick,
} from './generate/generate-options.ts';
export { generateSequences } from './generate/generate-sequences.ts';
export type { MixingEvidence } from './generate/mixing.ts';
export {
  type Nearest,
  type NearestOptions,
  type Novelty,
  nearestNatural,
} from './generate/nearest-natural.ts';
export { colourClasses } from './graphs/colouring.ts';
export { graphToModel, modelToGraph } from './graphs/dense-conversion.ts';
export { generalizedToGraph } from './graphs/generalized-graph.ts';
export { graphEnergy, magnetization } from './graphs/graph-energy.ts';
export { type IsingOptions, isingGraph, isingLattice, spinsOf } from './graphs/ising.ts';
export { hypercubicEdges, type LatticeShape, triangularEdges } from './graphs/lattice-edges.ts';
export {
  hypercubicLattice,
  type LatticeOptions,
  squareLattice,
  triangularLattice,
} from './graphs/lattices.ts';
export { type GraphCouplings, type PottsGraph, pottsGraph } from './graphs/potts-graph.ts';
export { completeEdges, randomEdges, randomRegularEdges } from './graphs/random-graphs.ts';
export type { ClosedFormMethod, ClosedFormOptions } from './inference/closed-form-options.ts';
export { generalizedConditionals } from './inference/generalized-conditionals.ts';
export { inferCouplings } from './inference/infer-couplings.ts';
export {
  type GeneralizedMetrics,
  type GeneralizedOptions,
  type GeneralizedTick,
  inferGeneralizedPotts,
} from './inference/infer-generalized-potts.ts';
export { type InferenceFootprint, inferenceFootprint } from './inference/inference-footprint.ts';
export { inferenceMemory } from './inference/inference-memory.ts';
export type {
  BoltzmannInferenceOptions,
  CommonInferenceOptions,
  InferenceMethod,
  InferenceMetrics,
  InferenceOptions,
  InferenceState,
  InferenceTick,
} from './inference/inference-options.ts';
export { type PseudolikelihoodValue, pseudolikelihood } from './inference/pseudolikelihood.ts';
export type {
  PseudolikelihoodMethod,
  PseudolikelihoodOptions,
} from './inference/pseudolikelihood-options.ts';
export type { Penalties } from './inference/site-priors.ts';
export { checkModel, type PottsModel, pottsModel } from './model.ts';
export type { Agreement } from './model-check/agreement.ts';
export {
  type CompareOptions,
  compareStatistics,
  type StatisticsComparison,
} from './model-check/compare-statistics.ts';
export { distanceHistogram, energyHistogram, type HistogramPair } from './model-check/histograms.ts';
export { type ModelCheck, type ModelCheckOptions, modelCheck } from './model-check/model-check.ts';
export {
  type PrincipalComponents,
  principalComponents,
  projectSequences,
} from './model-check/principal-components.ts';
export { latticePotts, replicaSetA } from './model-examples.ts';
export {
  decodePottsModel,
  describeAlignment,
  encodePottsModel,
  type PottsDescription,
  type PottsModelFile,
} from './model-file.ts';
export { alignToFamily, type FamilyMember, type FamilyMemberOptions } from './mutations/align-to-family.ts';
export {
  type IndependentOptions,
  independentModel,
  siteConservation,
} from './mutations/independent-model.ts';
export { parseMutant, type Substitution } from './mutations/mutant.ts';
export { type MutationEffects, type MutationOptions, mutationEffects } from './mutations/mutation-effects.ts';
export type { MutationReference } from './mutations/mutation-reference.ts';
export {
  compareWithScan,
  type MutationScan,
  type MutationScanOptions,
  readMutationScan,
  type ScanAgreement,
} from './mutations/mutation-scan.ts';
export { type MutantScores, scoreMutants, shiftReference } from './mutations/score-mutants.ts';
export { type Peer, type PeerConventions, peerConventions } from './peers/conventions.ts';
export {
  convertPenalty,
  type PenaltyConversion,
  type PenaltyScale,
  type ProblemSize,
} from './peers/convert-penalty.ts';
export {
  type CouplingRow,
  type CouplingTable,
  readCouplingTable,
  writeCouplingTable,
} from './peers/coupling-table.ts';
export { type EvzoomCoupling, type EvzoomData, type EvzoomOptions, evzoomData } from './peers/evzoom.ts';
export {
  POTTS_FILE_FORMATS,
  type PottsFileFormat,
  type PottsFileHints,
  type PottsFileMetadata,
  type PottsModelReading,
} from './peers/peer-file.ts';
export { type PlmcParameters, readPlmcParameters } from './peers/plmc-params.ts';
export { readPottsModelFile } from './peers/read-potts-model-file.ts';
export { reorderStates } from './peers/state-order.ts';
export { writePottsModelFile } from './peers/write-potts-model-file.ts';
export { sequenceWeightsFast } from './reweighting.ts';
export type { AnyPotts } from './sampling/any-model.ts';
export {
  parallelTempering,
  type TemperedChain,
  type TemperingInfo,
  type TemperingOptions,
} from './sampling/parallel-tempering.ts';
export { type DrawOptions, drawConfigurations, sampleChains } from './sampling/sample-chains.ts';
export type {
  SampleKernel,
  SampleMetrics,
  SampleOptions,
  SampleState,
  SampleTick,
} from './sampling/sample-options.ts';
export {
  checkerboard,
  heatBath,
  metropolis,
  type PottsChain,
  type SingleSiteOptions,
  type SweepInfo,
} from './sampling/single-site.ts';
export type { UpdateRule } from './sampling/sweep-memory.ts';
export { type ClustersInfo, swendsenWang } from './sampling/swendsen-wang.ts';
export {
  type TemperChainsOptions,
  type TemperMetrics,
  type TemperState,
  type TemperTick,
  temperChains,
} from './sampling/temper-chains.ts';
export { type ClusterInfo, wolff } from './sampling/wolff.ts';
export { contactColumns, readScoreTable, type ScoreColumns, writeScoreTable } from './score-table.ts';
export { oneSiteFrequencies } from './statistics/one-point.ts';
export { connectedThreeSite, threeSiteFrequencies } from './statistics/three-point.ts';
export {
  connectedCorrelations,
  type PairStatistics,
  type PairStatisticsOptions,
  twoSiteFrequencies,
} from './statistics/two-point.ts';
export { alignmentText } from './structure/alignment-text.ts';
export { readDistanceTable } from './structure/distance-table.ts';
export { type ContactCriterion, contactThreshold, residueDistances } from './structure/distances.ts';
export { readStructure, type StructureOptions } from './structure/read-structure.ts';
export { alignPair } from './structure/sequence-alignment.ts';
export {
  type MappedSequence,
  type MappingOptions,
  mapSites,
  type SiteMapping,
} from './structure/site-mapping.ts';
export {
  type Atom,
  type Chain,
  chainLetters,
  type Residue,
  type Structure,
  selectChain,
} from './structure/structure.ts';
export {
  type AnnealedMetrics,
  type AnnealedOptions,
  type AnnealedState,
  type AnnealedTick,
  annealedImportance,
} from './thermodynamics/annealed-importance.ts';
export { type ExactStrip, exactStrip, type StripOptions } from './thermodynamics/exact-strip.ts';
export { type Measurement, type MeasureOptions, measureChains } from './thermodynamics/measure-chains.ts';
export type { WithError } from './thermodynamics/partition-estimate.ts';
export type { Strip } from './thermodynamics/strip-columns.ts';
export {
  type IntegrationOptions,
  type IntegrationResult,
  thermodynamicIntegration,
} from './thermodynamics/thermodynamic-integration.ts';
export { automaticIdentity } from './weights/automatic-identity.ts';
export { minimumMatches } from './weights/neighbour-rules.ts';
