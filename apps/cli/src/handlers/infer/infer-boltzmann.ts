import { boltzmannMemory } from '@spinformer/potts';
import { couplingsPlan } from './couplings-plan.ts';
import type { InferMethod } from './infer-method.ts';

const CHAINS = 10_000;
const TARGET = 0.95;
const MAX_STEPS = 5000;
const LEARNING_RATE = { natural: 0.25, adam: 0.01, gradient: 0.01 } as const;
const SWEEPS = { natural: 1, adam: 1, gradient: 10 } as const;

/** Boltzmann learning with persistent chains. */
export const inferBoltzmannMachine: InferMethod = (problem, options, threads) => {
  const { effective, peer, alignment } = problem;
  const rule = options.rule ?? 'natural';
  const solver = {
    rule,
    chains: options.chains ?? CHAINS,
    target: options.target ?? TARGET,
    sweeps: options.sweeps ?? SWEEPS[rule],
    learningRate: options.learningRate ?? LEARNING_RATE[rule],
    pseudocount: options.pseudocount ?? peer?.pseudocount ?? Math.min(1, 1 / effective),
    fieldPenalty: options.fieldPenalty ?? peer?.fieldPenalty ?? 0,
    couplingPenalty: options.couplingPenalty ?? peer?.couplingPenalty ?? 0,
    maxSteps: options.maxSteps ?? MAX_STEPS,
  };
  const { maxSteps, target, ...settings } = solver;
  return couplingsPlan(problem, threads, {
    ...{ method: 'boltzmann', solver },
    kernelBytes: boltzmannMemory(alignment.sites, alignment.states, { chains: solver.chains, rule, threads }),
    remedy: 'Leave out columns with many gaps (--max-column-gaps), or use fewer --chains.',
    citations: ['ackley1985boltzmann', 'tieleman2008pcd', 'muntoni2021adabmdca', 'dunn2008apc'],
    options: ({ rng }) => ({
      ...settings,
      ...{ targetPearson: target, maximumSteps: maxSteps, rng: rng.fork('boltzmann') },
    }),
    describe: ({ step, metrics }) => ({
      phase: 'learning',
      detail: `step ${step} · Pearson ${metrics.pearson.toFixed(4)} of ${target} · slope ${metrics.slope.toFixed(3)}`,
    }),
    results: ({ metrics }) => [
      { key: 'pearson', name: 'Pearson of connected correlations', value: metrics.pearson },
      { key: 'slope', name: 'Slope of connected correlations', value: metrics.slope },
      { key: 'gradientNorm', name: 'Norm of the gradient', value: metrics.gradientNorm },
      { key: 'iterations', name: 'Steps', value: metrics.iterations },
      { key: 'sweeps', name: 'Sweeps of every chain', value: metrics.evaluations },
    ],
    course: {
      metric: 'pearson',
      title: 'How the correlations came to agree',
      caption: 'Pearson correlation of connected two-site frequencies between data and chains.',
      label: 'Pearson correlation',
    },
  });
};
