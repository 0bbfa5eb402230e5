import { z } from 'zod';

const count = (low: number, high: number) => z.int().min(low).max(high);

/** Settings of the study of a known truth; the defaults are the specification's Set A. */
export const knownTruthConfig = z.strictObject({
  sites: count(3, 200).default(20).describe('length of the sequences, sites'),
  states: count(2, 30).default(10).describe('colours per site'),
  couplingStrength: z
    .number()
    .min(0.01)
    .max(3)
    .default(1)
    .describe('standard deviation of J_ij times √sites, in units of k_B T'),
  trainSamples: count(20, 1_000_000).default(10_000).describe('training sequences P'),
  testSamples: count(20, 1_000_000).default(10_000).describe('test sequences'),
  sweeps: count(1, 100_000).default(200).describe('heat-bath sweeps from a random start to each sample'),
  epochs: count(0, 10_000).default(20).describe('passes over the training data by Adam'),
  batch: count(1, 100_000).default(64).describe('sequences per step of Adam'),
  learningRate: z.number().min(1e-6).max(1).default(0.02).describe('step size of Adam at the start'),
  iterations: count(1, 10_000)
    .default(500)
    .describe('most iterations of L-BFGS, for attention and for pseudo-likelihood'),
  sampleSizes: z
    .array(count(20, 1_000_000))
    .max(20)
    .default([300, 1000, 3000, 10_000])
    .describe('training-set sizes of the sweep, sequences; an empty list leaves the sweep out'),
});

/** Settings of the study of a known truth. */
export type KnownTruthConfig = z.infer<typeof knownTruthConfig>;
