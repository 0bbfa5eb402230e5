import {
  type InferenceState,
  type InferenceTick,
  inferCouplings,
  inferenceMemory,
  type PseudolikelihoodMethod,
} from '@spinformer/potts';
import type { InferMethod, InferTick, MethodPlan } from './infer-method.ts';

/** Couplings cost this for each other site that a site is coupled to. */
const PENALTY_PER_SITE: Readonly<Record<PseudolikelihoodMethod, number>> = {
  plm: 0.1,
  // One regression for each site pays for every coupling twice.
  'plm-asymmetric': 0.05,
};
const TOLERANCE: Readonly<Record<PseudolikelihoodMethod, number>> = { plm: 1e-4, 'plm-asymmetric': 1e-2 };
const FIELD_PENALTY = 0.01;
const MAX_STEPS = 500;

/** Pseudo-likelihood: `plm` or `plm-asymmetric`. */
export function inferPseudolikelihood(method: PseudolikelihoodMethod): InferMethod {
  return ({ alignment, weights, peer }, options, threads): MethodPlan => {
    const { samples, sites, states, values } = alignment;
    const solver = {
      fieldPenalty: options.fieldPenalty ?? peer?.fieldPenalty ?? FIELD_PENALTY,
      couplingPenalty:
        options.couplingPenalty ?? peer?.couplingPenalty ?? PENALTY_PER_SITE[method] * (sites - 1),
      maxSteps: options.maxSteps ?? MAX_STEPS,
      tolerance: options.tolerance ?? TOLERANCE[method],
    };
    const { maxSteps, ...numbers } = solver;
    return {
      solver,
      bytes: inferenceMemory(sites, states, samples, { method, threads }),
      remedy:
        method === 'plm'
          ? 'Use --method plm-asymmetric, which needs far less, or leave out columns with many gaps (--max-column-gaps).'
          : 'Leave out columns with many gaps (--max-column-gaps), or infer with fewer --threads.',
      citations: [
        ...['besag1975', 'ekeberg2013plmdca'],
        ...(method === 'plm' ? ['hopf2017mutation'] : []),
        ...['dunn2008apc', 'liu1989lbfgs'],
      ],
      ticks: ({ runtime, signal, resume }) =>
        inferCouplings(
          { samples, sites, states, values, weights },
          {
            ...{ method, ...numbers, maximumSteps: maxSteps, runtime, signal },
            ...(resume ? { resume: resume as InferenceState } : {}),
          },
        ),
      describe: (tick) => describe(tick as InferenceTick, method, sites),
      score: ({ metrics }) => metrics.objective,
      results: ({ metrics, step }: InferTick) => [
        { key: 'objective', name: 'Objective', value: Number(metrics.objective), unit: 'nats' },
        { key: 'gradientNorm', name: 'Norm of the gradient', value: Number(metrics.gradientNorm) },
        { key: 'iterations', name: 'Iterations', value: step },
        { key: 'evaluations', name: 'Evaluations of the objective', value: Number(metrics.evaluations) },
      ],
      course: {
        metric: 'objective',
        title: 'How the objective fell',
        caption:
          'Negative log-pseudo-likelihood with its penalties, summed over weighted sequences and sites.',
        label: 'objective (nats)',
      },
    };
  };
}

function describe({ step, metrics }: InferenceTick, method: PseudolikelihoodMethod, sites: number) {
  const { objective, gradientNorm, sitesDone } = metrics;
  const detail = `step ${step} · objective ${objective.toFixed(1)} nats · gradient ${gradientNorm.toPrecision(3)}`;
  return method === 'plm'
    ? { phase: 'L-BFGS', detail }
    : { phase: 'sites', detail, ...(sitesDone === undefined ? {} : { fraction: sitesDone / sites }) };
}
