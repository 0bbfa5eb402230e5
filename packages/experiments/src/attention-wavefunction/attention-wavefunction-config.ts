import { z } from 'zod';
import { magnetSettings } from '../shared/magnets/magnet-settings.ts';

const count = (low: number, high: number) => z.int().min(low).max(high);

const attention = z.enum([
  'factored',
  't5',
  'decoupled',
  'standard',
  'standard-positions',
  'factored-full',
  'factored-softmax',
  'spatial',
]);

/** A way to mix tokens. */
export type ComparedAttention = z.infer<typeof attention>;

/** Settings of the study of attention in wave functions. */
export const attentionWavefunctionConfig = z.strictObject({
  ...magnetSettings,
  j2: z.number().min(-10).max(10).default(0.5).describe('coupling J2, in units of J1'),
  attentions: z
    .array(attention)
    .min(1)
    .max(8)
    .default(['factored', 't5', 'decoupled', 'standard'])
    .describe('ways to mix tokens; standard knows no positions, standard-positions learns a vector for each'),
  repeats: count(1, 100).default(3).describe('random starts of every network; their spread gives the errors'),
  looks: count(2, 200).default(12).describe('times at which attention is read during an optimisation'),
  lookSamples: count(10, 100_000).default(256).describe('configurations over which attention is averaged'),
  finalSamples: count(16, 10_000_000)
    .default(16_384)
    .describe('configurations of the final energies, where energies are sampled'),
  frozenSteps: count(0, 10_000)
    .default(20)
    .describe('steps that a network gets after its attention was frozen'),
  referenceEnergy: z
    .number()
    .optional()
    .describe('energy per site to compare with, S·S units; only where no exact one is known'),
});

/** Settings of the study of attention in wave functions. */
export type AttentionWavefunctionConfig = z.infer<typeof attentionWavefunctionConfig>;
