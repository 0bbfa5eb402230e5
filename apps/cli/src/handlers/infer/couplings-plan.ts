import {
  type InferenceMethod,
  type InferenceOptions,
  type InferenceState,
  inferCouplings,
  inferenceFootprint,
} from '@spinformer/potts';
import type { InferProblem, InferStart, MethodPlan } from './infer-method.ts';

/** What tells one method of `inferCouplings` from another. */
export type CouplingsMethod = Pick<
  MethodPlan,
  'solver' | 'remedy' | 'citations' | 'describe' | 'results' | 'course'
> & {
  readonly method: InferenceMethod;
  /** Memory of the kernels, where it depends on more than the method. */
  readonly kernelBytes?: number;
  /** Options of the solver, what all methods take aside. */
  readonly options: (start: InferStart) => object;
};

/** The plan of one method of `inferCouplings`. */
export function couplingsPlan(
  { alignment, weights }: InferProblem,
  threads: number,
  { method, options, kernelBytes, ...plan }: CouplingsMethod,
): MethodPlan {
  const { samples, sites, states, values } = alignment;
  const footprint = inferenceFootprint(sites, states, samples, { method, threads });
  return {
    ...plan,
    bytes: footprint.heap + (kernelBytes ?? footprint.wasm),
    ticks: (start) =>
      inferCouplings({ samples, sites, states, values, weights }, {
        ...options(start),
        ...{ method, runtime: start.runtime, signal: start.signal },
        ...(start.resume ? { resume: start.resume as InferenceState } : {}),
      } as InferenceOptions),
    score: ({ metrics }) => metrics.objective,
  };
}

/** Results that every method reports. */
export const commonResults: MethodPlan['results'] = ({ metrics }) => [
  { key: 'gradientNorm', name: 'Norm of the gradient', value: metrics.gradientNorm },
  { key: 'iterations', name: 'Iterations', value: metrics.iterations },
  { key: 'evaluations', name: 'Evaluations of the objective', value: metrics.evaluations },
];
