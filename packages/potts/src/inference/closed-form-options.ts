import { DomainError } from '@spinformer/numerics';
import type { Gauge } from '../gauge.ts';
import type { CommonInferenceOptions } from './inference-options.ts';

/** Methods that invert the matrix of connected correlations. */
export type ClosedFormMethod = 'mean-field' | 'gaussian';

/** Options of {@link inferCouplings} by naive mean field or a multivariate Gaussian. */
export interface ClosedFormOptions extends CommonInferenceOptions {
  /**
   * `mean-field`: J = −C⁻¹ with fields that keep the frequencies to first order (mfDCA). `gaussian`: the same C⁻¹ as the
   * precision of a Gaussian over one-hot letters, whose log-density at sequences gives J and h (GaussDCA).
   */
  readonly method: ClosedFormMethod;
  /**
   * Share α of uniform frequencies that is mixed into those of the data, f → (1 − α) f + α/q and α/q² for pairs, 0…1;
   * default 0.5 for `mean-field` (Morcos 2011), 0.8 for `gaussian` (GaussDCA.jl).
   */
  readonly pseudocount?: number;
  /** Added to the diagonal of C, at least 0; default 0. Not the same in every gauge: it penalises the last state less. */
  readonly shrinkage?: number;
  /** Gauge of the model; default 'zero-sum'. */
  readonly gauge?: Gauge;
}

/** Where a closed form stands: before (0) or after (1) the inversion. */
export type ClosedFormState = { readonly method: ClosedFormMethod; readonly step: number };

/** Options with every default filled in. */
export type ResolvedClosedFormOptions = ClosedFormOptions &
  Required<Omit<ClosedFormOptions, keyof CommonInferenceOptions>>;

const PSEUDOCOUNT: Readonly<Record<ClosedFormMethod, number>> = { 'mean-field': 0.5, gaussian: 0.8 };

/**
 * Fills in the defaults.
 * @throws {DomainError} when an option is out of its range; the message names it.
 */
export function resolveClosedForm(options: ClosedFormOptions): ResolvedClosedFormOptions {
  const pseudocount = options.pseudocount ?? PSEUDOCOUNT[options.method];
  const shrinkage = options.shrinkage ?? 0;
  const gauge = options.gauge ?? 'zero-sum';
  if (!(pseudocount >= 0 && pseudocount <= 1))
    throw new DomainError(
      `inferCouplings: pseudocount is a share of uniform frequencies, 0…1, got ${pseudocount}. ` +
        'Morcos’ λ = M_eff is 0.5.',
    );
  if (!(shrinkage >= 0 && shrinkage < Number.POSITIVE_INFINITY))
    throw new DomainError(
      `inferCouplings: shrinkage must be a finite number of at least 0, got ${shrinkage}.`,
    );
  if (gauge !== 'zero-sum' && gauge !== 'lattice-gas')
    throw new DomainError(`inferCouplings: gauge must be 'zero-sum' or 'lattice-gas', got '${gauge}'.`);
  return { ...options, pseudocount, shrinkage, gauge };
}
