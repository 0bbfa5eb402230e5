export { type AttentionMaps, attentionMaps } from './attention-maps.ts';
export { citations } from './citations.ts';
export { conditionalModel } from './conditional-model.ts';
export { type ConditionalCouplings, symmetrise, toZeroSumConditionals } from './coupling-gauge.ts';
export { type CouplingHeads, splitIntoHeads } from './coupling-heads.ts';
export type { DenseParameters, EncoderBlock, NormParameters } from './encoder-block.ts';
export { type EvaluateOptions, evaluateMasked } from './evaluate-masked.ts';
export {
  type FactoredLayerTensors,
  type FactoredModel,
  type FactoredParameters,
  factoredAttention,
} from './factored-attention.ts';
export type { ColourValues, FactoredOptions, FactoredShape } from './factored-options.ts';
export {
  type FromPottsOptions,
  fromPotts,
  type GeneralisedPottsLike,
  type LayerFromPotts,
} from './from-potts.ts';
export { type MaskedBatch, maskedLoss, uploadBatch } from './masked-loss.ts';
export { describeMasking, type MaskedEntries, type Masking, maskEntries } from './masking.ts';
export type { AttentionMapTensor, Model, Precision, SquaredNorms } from './model.ts';
export type { Penalty } from './penalty.ts';
export {
  type ColourComparison,
  type CouplingError,
  compareColours,
  relativeCouplingError,
  zeroSumMatrix,
} from './relative-coupling-error.ts';
export {
  type EncoderOptions,
  type EncoderParameters,
  type EncoderShape,
  standardEncoder,
} from './standard-encoder.ts';
export {
  type FactoredLayer,
  type PottsReading,
  readFactoredLayer,
  type ToPottsOptions,
  toPotts,
} from './to-potts.ts';
export { trainMasked } from './train-masked.ts';
export type { TrainOptions } from './train-options.ts';
export { parametersFromState, type TrainMetrics, type TrainState, type TrainTick } from './train-state.ts';
