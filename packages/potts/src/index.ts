export * from './alignment.ts';
export { alignSequences, readAlignment, readAlignmentBytes } from './alignment-read.ts';
export { type Alphabet, type AlphabetName, alphabet, guessAlphabet } from './alphabet.ts';
export { energy, energyDifferences } from './energy.ts';
export { readText } from './formats/bytes.ts';
export type { AlignmentFormat } from './formats/detect.ts';
export { type Gauge, toLatticeGasGauge, toZeroSumGauge } from './gauge.ts';
export { inferCouplings } from './inference/infer-couplings.ts';
export { inferenceMemory } from './inference/inference-memory.ts';
export type {
  InferenceMethod,
  InferenceMetrics,
  InferenceOptions,
  InferenceState,
  InferenceTick,
} from './inference/inference-options.ts';
export { type PseudolikelihoodValue, pseudolikelihood } from './inference/pseudolikelihood.ts';
export type { Penalties } from './inference/site-priors.ts';
export { checkModel, type PottsModel, pottsModel } from './model.ts';
