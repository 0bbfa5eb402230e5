import { z } from 'zod';

const count = (low: number, high: number) => z.int().min(low).max(high);

/** Standard encoders that can be trained, as layers × heads. */
const ENCODERS = [1, 2, 3, 4].flatMap((layers) => [1, 2, 4, 8].map((heads) => `${layers}x${heads}`));

/** Settings of the study of the mapping; the defaults are the specification's Set A. */
export const mappingConfig = z.strictObject({
  sites: count(3, 200).default(20).describe('length of the sequences, sites'),
  states: count(2, 30).default(10).describe('colours per site'),
  couplingStrength: z
    .number()
    .min(0.01)
    .max(3)
    .default(1)
    .describe('standard deviation of J_ij times √sites, in units of k_B T'),
  trainSamples: count(20, 1_000_000).default(20_000).describe('training sequences P of every model'),
  testSamples: count(20, 1_000_000)
    .default(8000)
    .describe('test sequences; one site of each is masked, the same one for all models'),
  sweeps: count(1, 100_000).default(200).describe('heat-bath sweeps from a random start to each sample'),
  sampleSizes: z
    .array(count(20, 1_000_000))
    .max(20)
    .default([300, 1000, 3000, 10_000, 20_000])
    .describe('training-set sizes at which the factored layers are fitted besides trainSamples, sequences'),
  encoderSampleSizes: z
    .array(count(20, 1_000_000))
    .max(20)
    .default([])
    .describe('training-set sizes at which the encoders are trained besides trainSamples, sequences'),
  encoders: z
    .array(z.enum(ENCODERS as [string, ...string[]]))
    .min(1)
    .max(16)
    .default(['1x1', '1x8', '2x1', '3x1', '3x8'])
    .describe('standard encoders, as layers x heads'),
  width: count(1, 1024)
    .default(64)
    .describe(
      'width of the encoders, channels, a multiple of their heads; feed-forward parts are four times as wide',
    ),
  epochs: count(1, 10_000)
    .default(24)
    .describe('passes over trainSamples by Adam; smaller sets get as many steps'),
  batch: count(1, 100_000).default(128).describe('sequences per step of Adam'),
  learningRate: z
    .number()
    .min(1e-6)
    .max(1)
    .default(1e-3)
    .describe(
      'step size of Adam for the encoders; warms up over the first twentieth, then falls as a cosine',
    ),
  factoredLearningRate: z
    .number()
    .min(1e-6)
    .max(1)
    .default(0.01)
    .describe('the same for the factored layer that is trained by Adam for comparison'),
  iterations: count(1, 10_000).default(500).describe('most iterations of L-BFGS for the factored layers'),
  mapSamples: count(1, 10_000)
    .default(100)
    .describe('test sequences over which attention maps of encoders are averaged'),
});

/** Settings of the study of the mapping. */
export type MappingConfig = z.infer<typeof mappingConfig>;
