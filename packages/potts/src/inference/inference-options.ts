import { DomainError, type Tick } from '@spinformer/numerics';
import type { WasmRuntime } from '@spinformer/tensor/wasm';
import type { PottsModel } from '../model.ts';
import type { AsymmetricState } from './asymmetric-fit.ts';
import type { SymmetricState } from './symmetric-fit.ts';

/** Methods that minimise a pseudo-likelihood. */
export type PseudolikelihoodMethod = 'plm' | 'plm-asymmetric';

/** How couplings are inferred from configurations. */
export type InferenceMethod = 'plm' | 'plm-asymmetric' | 'mean-field' | 'gaussian' | 'boltzmann';

/** Options of {@link inferCouplings}. */
export interface InferenceOptions {
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
   * Converged when an iteration lowers the objective by less than this fraction and the gradient promises no more;
   * default 1e-4 for `plm`. For `plm-asymmetric`: each site's scaled gradient has fallen to this fraction of its
   * first value, default 1e-2.
   */
  readonly tolerance?: number;
  /** Most iterations (of each site, for `plm-asymmetric`); default 500. */
  readonly maximumSteps?: number;
  /** Most evaluations of the objective (of each site, for `plm-asymmetric`); default unlimited. */
  readonly maximumEvaluations?: number;
  /** Memory and threads; default the runtime that the process shares. Results do not depend on the threads. */
  readonly runtime?: WasmRuntime;
  /** The `state` of an earlier tick with the same data and options: goes on bit for bit. */
  readonly resume?: InferenceState;
  /** Stops between iterations with status `aborted`. */
  readonly signal?: AbortSignal;
}

/** Plain data that continues an inference bit for bit. */
export type InferenceState = SymmetricState | AsymmetricState;

/** What an inference reports as it goes. */
export type InferenceMetrics = {
  /** Σ_s w_s Σ_i −log p(s_i | s_\i) plus penalties, in nats; for `plm-asymmetric`, over the sites that are done. */
  readonly objective: number;
  /** Norm of the gradient in scaled variables: about √(2 · distance to the minimum in nats). */
  readonly gradientNorm: number;
  /** Evaluations of the objective so far, in units of a pass over all sites. */
  readonly evaluations: number;
  /** With `plm-asymmetric`: sites that are done. */
  readonly sitesDone?: number;
};

/**
 * One step of {@link inferCouplings}. `state` is copied out of working memory when it is read: read it before asking
 * for the next tick. The last tick carries the model.
 */
export interface InferenceTick extends Tick<InferenceState, InferenceMetrics> {
  /** The inferred model, on the last tick; float64 fields, float32 couplings. */
  readonly model?: PottsModel;
}

/** Options with every default filled in. */
export type ResolvedOptions = InferenceOptions &
  Required<
    Pick<
      InferenceOptions,
      'method' | 'fieldPenalty' | 'couplingPenalty' | 'tolerance' | 'maximumSteps' | 'maximumEvaluations'
    >
  >;

const TOLERANCE: Record<PseudolikelihoodMethod, number> = { plm: 1e-4, 'plm-asymmetric': 1e-2 };

/**
 * Fills in the defaults.
 * @throws {DomainError} when an option is out of its range; the message names it.
 */
export function resolveOptions(options: InferenceOptions, sites: number): ResolvedOptions {
  const method = options.method ?? 'plm';
  if (!(method in TOLERANCE))
    throw new DomainError(`inferCouplings: method must be 'plm' or 'plm-asymmetric', got '${method}'.`);
  const resolved = {
    ...options,
    method,
    fieldPenalty: options.fieldPenalty ?? 0.01,
    couplingPenalty: options.couplingPenalty ?? 0.1 * (sites - 1),
    tolerance: options.tolerance ?? TOLERANCE[method],
    maximumSteps: options.maximumSteps ?? 500,
    maximumEvaluations: options.maximumEvaluations ?? Number.POSITIVE_INFINITY,
  };
  for (const name of ['fieldPenalty', 'couplingPenalty', 'tolerance'] as const)
    if (!(resolved[name] >= 0 && resolved[name] < Number.POSITIVE_INFINITY))
      throw new DomainError(
        `inferCouplings: ${name} must be a finite number of at least 0, got ${resolved[name]}.`,
      );
  for (const name of ['maximumSteps', 'maximumEvaluations'] as const)
    if (!(resolved[name] >= 1))
      throw new DomainError(`inferCouplings: ${name} must be at least 1, got ${resolved[name]}.`);
  return resolved;
}
