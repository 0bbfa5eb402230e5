import type { PlainData } from '@spinformer/numerics';
import { fitCouplings } from '../shared/fit-phase.ts';
import { atOnce, type Phase, type PhaseInput } from '../shared/phases.ts';
import { stepsOf, trainLayer } from '../shared/training-phase.ts';
import { loadAddresses } from './corpus.ts';
import { measureWords } from './measure-words.ts';
import { pairwiseSupport } from './pairwise-support.ts';
import { countWords, type WordCounts, wordConfigurations } from './word-counts.ts';
import type { WordsConfig } from './words-config.ts';
import {
  type MaxEntropyFit,
  type WordsProducts,
  wordCounts,
  wordsLayer,
  wordsProblem,
} from './words-products.ts';

/** Gradient at which attention counts as converged, nats per letter and parameter: couplings are then within 1 %. */
const GRADIENT_TOLERANCE = 1e-5;

type WordsPhase = Phase<WordsConfig, WordsProducts>;

/** The phases of the study of letters in words, in order. */
export const wordsPhases: readonly WordsPhase[] = [
  {
    id: 'counts',
    title: 'counting words',
    weight: () => 2,
    run: atOnce(countLetters),
    message(product) {
      const { words, occurrences, length } = product as unknown as WordCounts;
      const total = occurrences.reduce((sum, count) => sum + count, 0);
      return `${total} words of ${length} letters, ${words.length} different ones.`;
    },
  },
  {
    id: 'warmUp',
    title: 'training attention',
    weight: ({ epochs }) => (epochs > 0 ? 6 : 0),
    async *run({ config, products, rng, resume }) {
      const { epochs, batch, learningRate } = config;
      const data = wordConfigurations(wordCounts(products));
      return yield* trainLayer(wordsLayer(config), data, {
        ...{ solver: 'Adam', rng, batch, learningRate, penalty: layerPenalty(config) },
        steps: stepsOf(data.samples, epochs, batch),
        ...(resume !== undefined && { resume }),
      });
    },
  },
  {
    id: 'attention',
    title: 'converging attention',
    weight: () => 10,
    async *run({ config, products, rng, resume }) {
      return yield* trainLayer(wordsLayer(config), wordConfigurations(wordCounts(products)), {
        ...{
          solver: 'L-BFGS',
          rng,
          steps: config.iterations,
          penalty: layerPenalty(config),
          gradientTolerance: GRADIENT_TOLERANCE,
        },
        ...(products.warmUp && { start: products.warmUp }),
        ...(resume !== undefined && { resume }),
      });
    },
  },
  {
    id: 'pseudolikelihood',
    title: 'inferring pairwise couplings',
    weight: () => 2,
    async *run({ config, products, resume }) {
      const data = wordConfigurations(wordCounts(products));
      return yield* fitCouplings(data, {
        method: 'plm-asymmetric',
        fieldPenalty: config.penalty * data.samples,
        couplingPenalty: config.penalty * data.samples,
        maximumSteps: config.iterations,
        tolerance: 1e-5,
        ...(resume !== undefined && { resume }),
      });
    },
  },
  {
    id: 'maxEntropy',
    title: 'maximising the entropy',
    weight: ({ length }) => (length > 4 ? 40 : 8),
    run: maximiseEntropy,
    message: (product) =>
      `Pair frequencies matched to ${(product as MaxEntropyFit).mismatch.toExponential(1)} at worst.`,
  },
  {
    id: 'measurement',
    title: 'measuring',
    weight: () => 2,
    run: atOnce(({ config, products, rng }) => measureWords(products, config, rng)),
  },
];

async function countLetters({ config }: PhaseInput<WordsConfig, WordsProducts>): Promise<WordCounts> {
  const counts = countWords(config.text ?? (await loadAddresses()), config);
  // Words that allow too many strings are refused now, not after the training.
  pairwiseSupport(counts, config.maximumStrings);
  return counts;
}

/** The configured penalty per word, as one per word and letter: what the masked loss is counted in. */
function layerPenalty({ penalty, length }: WordsConfig): { couplings: number; fields: number } {
  return { couplings: penalty / length, fields: penalty / length };
}

/** Sweeps are done when the cross-entropy falls by less than this per sweep, nats per word. */
const STEADY = 1e-6;
const SWEEPS_PER_TICK = 10;

/** Where the fit stands; its distribution is copied when it is read. */
interface SweepState {
  readonly [key: string]: PlainData;
  readonly sweeps: number;
  readonly mismatch: number;
  readonly probabilities: Float64Array;
}

async function* maximiseEntropy({ config, products, resume }: PhaseInput<WordsConfig, WordsProducts>) {
  const problem = wordsProblem(products, config);
  const begun = resume as SweepState | undefined;
  const probabilities = begun?.probabilities.slice() ?? problem.start();
  let sweeps = begun?.sweeps ?? 0;
  let crossEntropy = problem.crossEntropy(probabilities);
  let mismatch = begun?.mismatch ?? 1;
  while (sweeps < config.sweeps) {
    const before = crossEntropy;
    for (let k = 0; k < SWEEPS_PER_TICK; k++) mismatch = problem.sweep(probabilities);
    sweeps += SWEEPS_PER_TICK;
    crossEntropy = problem.crossEntropy(probabilities);
    if (before - crossEntropy < STEADY * SWEEPS_PER_TICK) break;
    yield {
      fraction: sweeps / config.sweeps,
      get state() {
        return { sweeps, mismatch, probabilities: probabilities.slice() } satisfies SweepState;
      },
      metrics: { crossEntropy, mismatch },
    };
  }
  return { probabilities, crossEntropy, mismatch } satisfies MaxEntropyFit;
}
