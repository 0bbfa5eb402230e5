import type { Floats } from '@spinformer/numerics';

/**
 * The covariance Ω of the inputs as the theory sees it: a density of eigenvalues with the teacher's weight on each.
 * Averages over modes are Σ_k weights[k] · f(eigenvalues[k]).
 */
export interface Spectrum {
  readonly name: string;
  /** Ω_k ≥ 0. */
  readonly eigenvalues: Floats<'modes'>;
  /** Adds up to one. */
  readonly weights: Floats<'modes'>;
  /** t_k ∝ (w*·v_k)², mean square teacher weight of each mode; the problem scales it to its teacher variance. */
  readonly teacherOverlaps: Floats<'modes'>;
}
