export { attentionWavefunction } from './attention-wavefunction/attention-wavefunction.ts';
export type {
  AttentionWavefunctionConfig,
  ComparedAttention,
} from './attention-wavefunction/attention-wavefunction-config.ts';
export type {
  AttentionLook,
  AttentionWavefunctionResult,
  ComparedWave,
  HeadMap,
  WaveRun,
} from './attention-wavefunction/attention-wavefunction-result.ts';
export { type ConfigField, describeConfig } from './config/describe-config.ts';
export { type PresetName, resolveConfig } from './config/resolve-config.ts';
export { type Assignment, parseAssignment, setPath } from './config/set-path.ts';
export * from './experiment.ts';
export { family } from './family/family.ts';
export type { FamilyConfig } from './family/family-config.ts';
export type { FamilyResult, FoundContact, Precision } from './family/family-result.ts';
export { groundState } from './ground-state/ground-state.ts';
export type { GroundStateConfig } from './ground-state/ground-state-config.ts';
export type {
  CouplingPoint,
  GroundStateResult,
  StateReading,
  TunedPart,
  TunedState,
} from './ground-state/ground-state-result.ts';
export { knownTruth } from './known-truth/known-truth.ts';
export type { KnownTruthConfig } from './known-truth/known-truth-config.ts';
export type {
  Agreement,
  ExcessPoint,
  KnownTruthResult,
  LossPoint,
  Trio,
} from './known-truth/known-truth-result.ts';
export { mapping } from './mapping/mapping.ts';
export type { MappingConfig } from './mapping/mapping-config.ts';
export type {
  ColourKnowledge,
  EncoderFit,
  FactoredFit,
  MappingResult,
  Reconstruction,
  TrainedByAdam,
  TrainedModel,
} from './mapping/mapping-result.ts';
export { type AnyExperiment, experiments, findExperiment } from './registry.ts';
export { replicaCurve } from './replica-curve/replica-curve.ts';
export type { Covariance, ReplicaCurveConfig } from './replica-curve/replica-curve-config.ts';
export type {
  ComparedPoint,
  Comparison,
  Observable,
  ReplicaCurveResult,
  SizeTrend,
  TheoryCurve,
  TrendPoint,
} from './replica-curve/replica-curve-result.ts';
export type { Row } from './shared/figures/row.ts';
export type { MeasuredEnergy } from './shared/magnets/measure-energy.ts';
export { palette } from './shared/palette.ts';
export type { PhaseState } from './shared/phases.ts';
export { words } from './words/words.ts';
export type { WordsConfig } from './words/words-config.ts';
export type { RatedWord, WordEntropies, WordsResult } from './words/words-result.ts';
