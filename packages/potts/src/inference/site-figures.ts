import type { Status } from '@spinformer/numerics';
import type { InferenceMetrics } from './inference-options.ts';
import type { SiteSlot } from './site-slot.ts';

/** Numbers kept of every site: objective, gradient norm, evaluations, iterations. */
export const FIGURES = 4;

/** What every fit site by site keeps: which sites are done, [sites], and their figures, [sites, 4]. */
export interface SiteProgress {
  readonly done: Int32Array;
  readonly figures: Float64Array;
}

/** Limits of a fit site by site. */
export interface SiteLimits {
  readonly maximumSteps: number;
  readonly maximumEvaluations: number;
  readonly signal?: AbortSignal;
}

/** The figures of a site that is done. */
export function figuresOf({ objective, gradientNorm, evaluations, iterations }: SiteSlot): number[] {
  return [objective, gradientNorm, evaluations, iterations];
}

/** The sites that are not done, ascending. */
export function remaining(done: Int32Array): number[] {
  return Array.from(done.keys()).filter((site) => !done[site]);
}

/** Sums and means of the figures of the sites that are done. */
export function siteMetrics(
  figures: Float64Array,
  done: Int32Array,
): InferenceMetrics & { readonly sitesDone: number } {
  const column = (k: number) => figures.filter((_, index) => index % FIGURES === k);
  const sum = (values: Float64Array) => values.reduce((total, value) => total + value, 0);
  const sitesDone = done.reduce((total, flag) => total + flag, 0);
  return {
    objective: sum(column(0)),
    gradientNorm: Math.hypot(...column(1)),
    iterations: sum(column(3)) / Math.max(1, sitesDone),
    evaluations: sum(column(2)) / done.length,
    sitesDone,
  };
}

/** Status and remedy of a fit site by site. */
export function judgeSites(
  { done, figures }: SiteProgress,
  limits: SiteLimits,
): [Status, string | undefined] {
  if (figures.some((figure) => Number.isNaN(figure) || figure === Number.POSITIVE_INFINITY))
    return ['diverged', 'The objective is not a finite number. Raise couplingPenalty or check the weights.'];
  if (done.every((flag) => flag === 1)) return ended(figures, limits);
  if (limits.signal?.aborted) return ['aborted', 'Stopped on request. Resume from this state to go on.'];
  return ['running', undefined];
}

function ended(
  figures: Float64Array,
  { maximumEvaluations, maximumSteps }: SiteLimits,
): [Status, string | undefined] {
  const most = Math.min(maximumEvaluations, maximumSteps + 1);
  const short = figures.some((figure, k) => k % FIGURES === 2 && figure >= most);
  if (!short) return ['converged', undefined];
  return [
    'step-limit',
    'Some sites ran out of steps: raise maximumSteps or maximumEvaluations, or tolerance.',
  ];
}
