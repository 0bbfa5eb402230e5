import { parametersFromState } from '@spinformer/attention';
import type { PlainData, Rng } from '@spinformer/numerics';
import { dispose, treeLeaves } from '@spinformer/tensor';
import type { SiteAndColourCouplings } from '../known-truth/known-truth-products.ts';
import type { PhaseTick } from '../shared/phases.ts';
import { stepsOf } from '../shared/training-phase.ts';
import { type AttentionReading, readAttention } from './attention-agreement.ts';
import type { MappingConfig } from './mapping-config.ts';
import { encoderOf, encoderSize, factoredLayer, firstSequences } from './mapping-products.ts';
import type { EncoderFit, TrainedByAdam } from './mapping-result.ts';
import type { MaskedContexts } from './masked-contexts.ts';
import { type AdamOutcome, trainByAdam } from './train-by-adam.ts';

/** What a model is trained on by Adam. */
export interface TrainingTask {
  readonly config: MappingConfig;
  readonly truth: SiteAndColourCouplings;
  /** [samples, sites], at least as many as are used. */
  readonly train: Int32Array;
  /** Test sequences, [samples, sites]. */
  readonly test: Int32Array;
  readonly contexts: MaskedContexts;
  /** Training sequences P. */
  readonly samples: number;
  readonly rng: Rng;
  readonly resume: PlainData | undefined;
}

/**
 * Trains a standard encoder and, on the full training set, reads where it looks.
 *
 * @param name layers × heads, such as `2x8`
 * @param task data, length and where to go on
 * @returns ticks; then the encoder's numbers
 */
export async function* trainEncoder(name: string, task: TrainingTask): AsyncGenerator<PhaseTick, EncoderFit> {
  const { config, truth, test, contexts, samples } = task;
  const model = encoderOf(config, name);
  const outcome = yield* trainByAdam({ model, ...adamSettings(task), learningRate: config.learningRate });
  const parameters = parametersFromState(model, outcome.state);
  const size = treeLeaves(parameters).reduce((sum, leaf) => sum + leaf.size, 0);
  const sequences = test.subarray(0, config.sites * Math.min(config.mapSamples, config.testSamples));
  const reading =
    samples === config.trainSamples
      ? await readAttention(model, parameters, sequences, truth.siteCouplings)
      : UNREAD;
  dispose(parameters);
  const { layers, heads } = encoderSize(name);
  const title = `${layers} layer${layers > 1 ? 's' : ''}, ${heads} head${heads > 1 ? 's' : ''}`;
  return {
    ...{ name: title, kind: 'encoder', layers, heads, samples, parameters: size },
    ...ending(outcome, contexts),
    ...reading,
  };
}

/**
 * Trains the factored layer with U learned exactly as the encoders are.
 *
 * @param task data, length and where to go on
 * @returns ticks; then the layer's numbers
 */
export async function* trainFactored(task: TrainingTask): AsyncGenerator<PhaseTick, TrainedByAdam> {
  const { config, truth, contexts, samples } = task;
  const model = factoredLayer(config, truth, 'learned');
  const learningRate = config.factoredLearningRate;
  const outcome = yield* trainByAdam({ model, ...adamSettings(task), learningRate });
  return {
    ...{ name: 'factored, by Adam', kind: 'factored', layers: 1, heads: 1, samples },
    parameters: config.sites ** 2 + config.states ** 2,
    ...ending(outcome, contexts),
  };
}

const NOTHING = new Float64Array(0);
const UNREAD: AttentionReading = { maps: NOTHING, agreement: NOTHING, positional: NOTHING };

function adamSettings({ config, train, samples, contexts, rng, resume }: TrainingTask) {
  const { epochs, batch, trainSamples } = config;
  return {
    data: firstSequences(config, train, samples),
    ...{ contexts, rng, batch, resume },
    steps: stepsOf(trainSamples, epochs, batch),
  };
}

function ending({ curve, status, remedy }: AdamOutcome, { entropy }: MaskedContexts) {
  const test = curve[curve.length - 1];
  return { test, excess: test - entropy, status, remedy, curve };
}
