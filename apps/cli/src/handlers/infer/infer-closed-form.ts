import type { ClosedFormMethod } from '@spinformer/potts';
import { commonResults, couplingsPlan } from './couplings-plan.ts';
import type { InferMethod } from './infer-method.ts';

const PSEUDOCOUNT: Readonly<Record<ClosedFormMethod, number>> = { 'mean-field': 0.5, gaussian: 0.8 };

/** Naive mean field or a multivariate Gaussian: one inversion. */
export function inferClosedForm(method: ClosedFormMethod): InferMethod {
  return (problem, options, threads) => {
    const solver = {
      pseudocount: options.pseudocount ?? PSEUDOCOUNT[method],
      shrinkage: options.shrinkage ?? 0,
    };
    return couplingsPlan(problem, threads, {
      ...{ method, solver },
      remedy:
        'Leave out columns with many gaps (--max-column-gaps), or use --method plm-asymmetric, which needs less.',
      citations: [method === 'mean-field' ? 'morcos2011' : 'baldassi2014gaussian', 'dunn2008apc'],
      options: () => solver,
      describe: ({ step }) => ({ phase: step === 0 ? 'inverting' : 'inverted' }),
      results: (last) => [
        { key: 'objective', name: 'Objective', value: last.metrics.objective, unit: 'nats' },
        ...commonResults(last),
      ],
      course: {
        metric: 'objective',
        title: 'The objective',
        caption: 'Σ w −log p(s) of the Gaussian that has the couplings: one inversion, no steps.',
        label: 'objective (nats)',
      },
    });
  };
}
