import { type LbfgsState, minimizeTicks, type PlainData } from '@spinformer/numerics';
import { fitCouplings } from '../shared/fit-phase.ts';
import type { Phase } from '../shared/phases.ts';
import { trainLayer } from '../shared/training-phase.ts';
import { loadAddresses } from './corpus.ts';
import type { MaxEntropyProblem } from './max-entropy.ts';
import { measureWords } from './measure-words.ts';
import { countWords, type WordCounts, wordConfigurations } from './word-counts.ts';
import type { WordsConfig } from './words-config.ts';
import {
  type MaxEntropyFit,
  type WordsProducts,
  wordCounts,
  wordsLayer,
  wordsProblem,
} from './words-products.ts';

type WordsPhase = Phase<WordsConfig, WordsProducts>;

/** The phases of the study of letters in words, in order. */
export const wordsPhases: readonly WordsPhase[] = [
  {
    id: 'counts',
    title: 'counting words',
    weight: () => 2,
    async *run({ config }) {
      const text = config.text ?? (await loadAddresses());
      return countWords(text, config) as unknown as PlainData;
    },
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
        ...{ solver: 'Adam', rng, epochs, batch, learningRate, penalty: layerPenalty(config) },
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
        ...{ solver: 'L-BFGS', rng, epochs: config.iterations, penalty: layerPenalty(config) },
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
    run: ({ config, products, resume }) => maximiseEntropy(wordsProblem(products, config), config, resume),
    message: (product) =>
      `Pair frequencies matched to ${(product as MaxEntropyFit).mismatch.toExponential(1)} at worst.`,
  },
  {
    id: 'measurement',
    title: 'measuring',
    weight: () => 2,
    async *run({ config, products, rng }) {
      return (await measureWords(products, config, rng)) as unknown as PlainData;
    },
  },
];

/** The configured penalty per word, as one per word and letter: what the masked loss is counted in. */
function layerPenalty({ penalty, length }: WordsConfig): { couplings: number; fields: number } {
  return { couplings: penalty / length, fields: penalty / length };
}

/** Iterations that bring the pair frequencies within 1e-4, which takes longer than the other fits. */
const ENTROPY_ITERATIONS = 2;
const TICK_EVERY = 10;

async function* maximiseEntropy(problem: MaxEntropyProblem, config: WordsConfig, resume?: PlainData) {
  const maxIterations = ENTROPY_ITERATIONS * config.iterations;
  const ticks = minimizeTicks(problem.objective, problem.start(), {
    ...{ history: 20, maxIterations, gradientTolerance: 0, valueTolerance: 1e-9 },
    ...(resume !== undefined && { resume: resume as unknown as LbfgsState }),
  });
  let last: { readonly state: LbfgsState; readonly status: string } | undefined;
  for await (const tick of ticks) {
    last = tick;
    if (tick.step % TICK_EVERY !== 0) continue;
    yield {
      fraction: tick.step / maxIterations,
      state: tick.state as unknown as PlainData,
      metrics: { entropy: tick.metrics.value, gradientNorm: tick.metrics.gradientNorm },
    };
  }
  const { point, value, gradient } = last!.state;
  const mismatch = gradient.reduce((most, entry) => Math.max(most, Math.abs(entry)), 0);
  return { point, value, mismatch, status: last!.status } satisfies MaxEntropyFit;
}
