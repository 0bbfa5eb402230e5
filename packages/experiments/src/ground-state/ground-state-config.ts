import { z } from 'zod';
import { magnetSettings } from '../shared/magnets/magnet-settings.ts';

const count = (low: number, high: number) => z.int().min(low).max(high);
const coupling = z.number().min(-10).max(10);

/** Settings of the study of ground states. */
export const groundStateConfig = z.strictObject({
  ...magnetSettings,
  attention: z
    .enum(['factored', 'factored-full', 'factored-softmax', 'spatial', 't5', 'decoupled', 'standard'])
    .default('factored')
    .describe('how tokens are mixed; standard learns a vector for each position'),
  couplings: z
    .array(coupling)
    .min(1)
    .max(100)
    .default([0, 0.2, 0.4, 0.5, 0.6, 0.8, 1])
    .describe('couplings J2 at which the ground state is sought, in units of J1'),
  stripeFrom: coupling
    .optional()
    .describe('coupling from which the network is told the signs of stripe order instead of signRule'),
  exactPoints: count(0, 1000)
    .default(17)
    .describe('couplings of the exact curves in figures, where the magnet is small enough'),
  finalSamples: count(16, 10_000_000)
    .default(16_384)
    .describe('configurations over which the optimised states are measured, where they are sampled'),
  tuneFrom: coupling.default(0.5).describe('coupling whose state is carried to others; one of couplings'),
  tuneTo: z
    .array(coupling)
    .max(100)
    .default([0.4, 0.6])
    .describe('couplings to which it is carried; each one of couplings'),
  tuneSteps: count(1, 100_000).default(50).describe('steps that a carried state gets'),
});

/** Settings of the study of ground states. */
export type GroundStateConfig = z.infer<typeof groundStateConfig>;
