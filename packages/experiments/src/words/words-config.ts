import { z } from 'zod';

const count = (low: number, high: number) => z.int().min(low).max(high);

/** Settings of the study of letters in words. */
export const wordsConfig = z.strictObject({
  length: count(3, 8).default(4).describe('letters per word'),
  weighting: z
    .enum(['counts', 'log', 'types'])
    .default('counts')
    .describe('what a word weighs: its number of occurrences, log(1 + that), or the same as all others'),
  minimumCount: count(1, 10_000).default(1).describe('words that occur less often are left out, occurrences'),
  text: z
    .string()
    .optional()
    .describe('the text whose words are counted; without it the State of the Union addresses of 1790–2021'),
  heads: count(1, 64)
    .optional()
    .describe(
      'heads of the attention layer, terms A ⊗ V in its couplings; without it one per ordered pair of positions, with ' +
        'which it can hold any couplings',
    ),
  epochs: count(0, 10_000).default(60).describe('passes over the distinct words by Adam'),
  batch: count(1, 100_000).default(128).describe('words per step of Adam'),
  learningRate: z.number().min(1e-6).max(1).default(0.02).describe('step size of Adam at the start'),
  penalty: z
    .number()
    .min(0)
    .max(10)
    .default(1e-4)
    .describe(
      'ridge on couplings, nats per word and unit of squared coupling, in attention and pseudo-likelihood',
    ),
  iterations: count(1, 10_000).default(500).describe('most iterations of L-BFGS in each fit'),
  sweeps: count(1, 1_000_000)
    .default(1000)
    .describe('most sweeps of proportional fitting for the maximum-entropy model'),
  generated: count(1, 1000).default(24).describe('invented words to list'),
  maximumStrings: count(1000, 20_000_000)
    .default(3_000_000)
    .describe('refuse the exact maximum-entropy model above this many possible strings'),
});

/** Settings of the study of letters in words. */
export type WordsConfig = z.infer<typeof wordsConfig>;
