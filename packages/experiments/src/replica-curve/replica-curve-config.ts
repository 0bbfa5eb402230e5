import { z } from 'zod';

const count = (low: number, high: number) => z.int().min(low).max(high);

/** Settings of the study of the replica curve. */
export const replicaCurveConfig = z.strictObject({
  colours: count(2, 6).default(2).describe('colours C of the Potts model with U = 1; 2 is the Ising model'),
  beta: z
    .number()
    .min(0.01)
    .max(0.95)
    .default(0.7)
    .describe(
      'strength of the couplings in units of that at which the paramagnet ends (Ising: J_ij ~ N(0, beta²/L))',
    ),
  scenario: z
    .enum(['tilted', 'gaussian'])
    .default('tilted')
    .describe('data of the theory and of the single sites: Boltzmann law of all sites, or inputs first'),
  covariances: z
    .array(z.enum(['identity', 'sk']))
    .min(1)
    .max(2)
    .default(['identity', 'sk'])
    .describe(
      'neighbours: identity = independent, one site at a time; sk = a whole model, Gibbs-sampled, one layer of attention',
    ),
  loads: z
    .array(z.number().min(0.05).max(64))
    .min(1)
    .max(20)
    .default([0.5, 1, 2, 4, 8])
    .describe('loads alpha = sequences per neighbour at which experiments are made'),
  ridges: z
    .array(z.number().min(1e-6).max(1e3))
    .min(1)
    .max(6)
    .default([0.1, 1, 10])
    .describe(
      'penalties lambda in summed loss + (lambda/2)|w|², J = w/√L (for two colours in the Ising convention)',
    ),
  neighbours: count(10, 5000)
    .default(250)
    .describe('neighbours L of a single site, in the experiments with identity'),
  rows: count(2, 1000).default(16).describe('single sites, each with couplings and data of its own'),
  sites: count(12, 2000).default(100).describe('sites N of the whole model, in the experiments with sk'),
  repeats: count(2, 200).default(8).describe('whole models, each with couplings and data of its own'),
  trend: z
    .boolean()
    .default(true)
    .describe('whether twice as many whole models of half the size show what the finite size does'),
  sweeps: count(1, 100_000).default(150).describe('heat-bath sweeps from a random start to each sample'),
  testSamples: count(20, 1_000_000).default(1000).describe('test sequences of each experiment'),
  iterations: count(1, 10_000).default(1000).describe('most iterations of L-BFGS'),
  theoryPoints: count(2, 500)
    .default(41)
    .describe('loads at which the lines are computed, evenly on a logarithmic scale'),
});

/** Settings of the study of the replica curve. */
export type ReplicaCurveConfig = z.infer<typeof replicaCurveConfig>;

/** Kinds of inputs. */
export type Covariance = ReplicaCurveConfig['covariances'][number];
