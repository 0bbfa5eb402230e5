import { DomainError } from '@spinformer/numerics';
import type { CommonInferenceOptions } from './inference-options.ts';

/** Methods that minimise a pseudo-likelihood. */
export type PseudolikelihoodMethod = 'plm' | 'plm-asymmetric';

/** Options of {@link inferCouplings} by pseudo-likelihood. */
export interface PseudolikelihoodOptions extends CommonInferenceOptions {
  /**
   * `plm` (default): one objective for all sites, J_ij shared by both; the objective of plmc and CCMpred.
   * `plm-asymmetric`: every site on its own, the two estimates of J_ij averaged; needs least memory and is the
   * better buy for contact maps.
   */
  readonly method?: PseudolikelihoodMethod;
  /** λ_h ≥ 0 of λ_h Σ_i |h_i|², per unit of summed log-likelihood (plmc's -lh); default 0.01. */
  readonly fieldPenalty?: number;
  /**
   * λ_J ≥ 0 of λ_J Σ_{i<j} |J_ij|² (plmc's -le); default 0.1 · (sites − 1). With `plm-asymmetric` every site pays
   * λ_J Σ_{j≠i} |J_ij|² for its own copy, so that the sum over sites counts each J twice: halve it to compare.
   */
  readonly couplingPenalty?: number;
  /**
   * λ_g ≥ 0 of λ_g Σ_{i<j} √(0.001 + |J_ij|²), which drives whole blocks J_ij to zero (plmc's -lg, smoothed as there);
   * default 0; `plm` only.
   */
  readonly groupPenalty?: number;
  /**
   * Converged when an iteration lowers the objective by less than this fraction and the gradient promises no more;
   * default 1e-4 for `plm`. For `plm-asymmetric`: each site's scaled gradient has fallen to this fraction of its
   * first value, default 1e-2.
   */
  readonly tolerance?: number;
  /** Most iterations (of each site, for `plm-asymmetric`); default 500. */
  readonly maximumSteps?: number;
  /** Most evaluations of the objective (of each site, for `plm-asymmetric`); default unlimited. */
  readonly maximumEvaluations?: number;
}

/** Options with every default filled in. */
export type ResolvedOptions = PseudolikelihoodOptions &
  Required<Omit<PseudolikelihoodOptions, keyof CommonInferenceOptions>>;

const TOLERANCE: Record<PseudolikelihoodMethod, number> = { plm: 1e-4, 'plm-asymmetric': 1e-2 };

/**
 * Fills in the defaults.
 * @throws {DomainError} when an option is out of its range; the message names it.
 */
export function resolveOptions(
  options: PseudolikelihoodOptions,
  sites: number,
  caller = 'inferCouplings',
): ResolvedOptions {
  const method = options.method ?? 'plm';
  const resolved = {
    ...options,
    method,
    fieldPenalty: options.fieldPenalty ?? 0.01,
    couplingPenalty: options.couplingPenalty ?? 0.1 * (sites - 1),
    groupPenalty: options.groupPenalty ?? 0,
    tolerance: options.tolerance ?? TOLERANCE[method],
    maximumSteps: options.maximumSteps ?? 500,
    maximumEvaluations: options.maximumEvaluations ?? Number.POSITIVE_INFINITY,
  };
  for (const name of ['fieldPenalty', 'couplingPenalty', 'groupPenalty', 'tolerance'] as const)
    if (!(resolved[name] >= 0 && resolved[name] < Number.POSITIVE_INFINITY))
      throw new DomainError(
        `${caller}: ${name} must be a finite number of at least 0, got ${resolved[name]}.`,
      );
  for (const name of ['maximumSteps', 'maximumEvaluations'] as const)
    if (!(resolved[name] >= 1))
      throw new DomainError(`${caller}: ${name} must be at least 1, got ${resolved[name]}.`);
  return resolved;
}
