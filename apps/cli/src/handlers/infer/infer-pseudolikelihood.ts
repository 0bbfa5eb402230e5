import type { PseudolikelihoodMethod } from '@spinformer/potts';
import { commonResults, couplingsPlan } from './couplings-plan.ts';
import type { InferMethod, InferTick } from './infer-method.ts';

/** Couplings cost this for each other site that a site is coupled to. */
const PENALTY_PER_SITE: Readonly<Record<PseudolikelihoodMethod, number>> = {
  plm: 0.1,
  // One regression for each site pays for every coupling twice.
  'plm-asymmetric': 0.05,
};
const TOLERANCE: Readonly<Record<PseudolikelihoodMethod, number>> = { plm: 1e-4, 'plm-asymmetric': 1e-2 };
const REMEDY: Readonly<Record<PseudolikelihoodMethod, string>> = {
  plm: 'Use --method plm-asymmetric, which needs far less, or leave out columns with many gaps (--max-column-gaps).',
  'plm-asymmetric': 'Leave out columns with many gaps (--max-column-gaps), or infer with fewer --threads.',
};
const FIELD_PENALTY = 0.01;
const MAX_STEPS = 500;

/** Pseudo-likelihood: `plm` or `plm-asymmetric`. */
export function inferPseudolikelihood(method: PseudolikelihoodMethod): InferMethod {
  return (problem, options, threads) => {
    const { peer, alignment } = problem;
    const solver = {
      fieldPenalty: options.fieldPenalty ?? peer?.fieldPenalty ?? FIELD_PENALTY,
      couplingPenalty:
        options.couplingPenalty ?? peer?.couplingPenalty ?? PENALTY_PER_SITE[method] * (alignment.sites - 1),
      ...(method === 'plm' ? { groupPenalty: options.groupPenalty ?? 0 } : {}),
      maxSteps: options.maxSteps ?? MAX_STEPS,
      tolerance: options.tolerance ?? TOLERANCE[method],
    };
    const { maxSteps, ...numbers } = solver;
    return couplingsPlan(problem, threads, {
      ...{ method, solver, remedy: REMEDY[method] },
      citations: [
        ...['besag1975', 'ekeberg2013plmdca'],
        ...(method === 'plm' ? ['hopf2017mutation'] : []),
        ...['dunn2008apc', 'liu1989lbfgs'],
      ],
      options: () => ({ ...numbers, maximumSteps: maxSteps }),
      describe: (tick) => describe(tick, method, alignment.sites),
      results: (last) => [
        { key: 'objective', name: 'Objective', value: last.metrics.objective, unit: 'nats' },
        ...commonResults(last),
      ],
      course: {
        metric: 'objective',
        title: 'How the objective fell',
        caption:
          'Negative log-pseudo-likelihood with its penalties, summed over weighted sequences and sites.',
        label: 'objective (nats)',
      },
    });
  };
}

function describe({ step, metrics }: InferTick, method: PseudolikelihoodMethod, sites: number) {
  const { objective, gradientNorm, sitesDone } = metrics;
  const detail = `step ${step} · objective ${objective.toFixed(1)} nats · gradient ${gradientNorm.toPrecision(3)}`;
  if (method === 'plm') return { phase: 'L-BFGS', detail };
  return { phase: 'sites', detail, ...(sitesDone === undefined ? {} : { fraction: sitesDone / sites }) };
}
