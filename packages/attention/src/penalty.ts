import { ConfigError, DomainError } from '@spinformer/numerics';
import { add, mul, type ParameterTree, square, sum, type Tensor, treeLeaves } from '@spinformer/tensor';
import { dropUndefined } from './factored-options.ts';
import type { Model } from './model.ts';

/**
 * L2 penalties that are added to the loss. The loss is a mean per sequence and masked site, so these are per sequence
 * and masked site as well: a penalty λ on minus the *summed* log pseudo-likelihood of M_eff sequences with L sites is
 * λ/(M_eff·L) here.
 */
export interface Penalty {
  /** λ_J: adds λ_J Σ_{i≠j} Σ_ab W_ij(a, b)², over ordered pairs as trained (twice a sum over i < j); factored layers only. */
  readonly couplings?: number;
  /** λ_h: adds λ_h Σ_i Σ_a b_i(a)²; factored layers with fields only. */
  readonly fields?: number;
  /** λ: adds λ Σ θ² over all parameters, for any model. */
  readonly parameters?: number;
}

/**
 * Refuses penalties that are negative or act on what the model has not got.
 *
 * @throws {DomainError} if a penalty is negative or not finite.
 * @throws {ConfigError} if the model has no couplings or fields, or the name is unknown.
 */
export function checkPenalty<P extends ParameterTree>(penalty: Penalty, model: Model<P>): void {
  for (const [name, value] of Object.entries(dropUndefined(penalty))) {
    if (name !== 'couplings' && name !== 'fields' && name !== 'parameters') {
      throw new ConfigError(`penalty: unknown part '${name}', use couplings, fields or parameters.`);
    }
    if (!(value >= 0 && value < Infinity)) {
      throw new DomainError(`penalty: ${name} must be finite and not negative, got ${value}.`);
    }
    if (name !== 'parameters' && value > 0 && !model.squaredNorms) {
      throw new ConfigError(`penalty: '${model.name}' has no ${name} to penalise. Use { parameters: λ }.`);
    }
  }
}

/** The penalty as a scalar tensor, or null if all parts are zero. */
export function penaltyTerm<P extends ParameterTree>(
  penalty: Penalty | undefined,
  model: Model<P>,
  parameters: P,
): Tensor | null {
  if (!penalty) return null;
  const terms: Tensor[] = [];
  const include = (lambda: number | undefined, norm: () => Tensor | null) => {
    const squared = lambda ? norm() : null;
    if (squared) terms.push(mul(squared, lambda!));
  };
  const norms = penalty.couplings || penalty.fields ? model.squaredNorms!(parameters) : null;
  include(penalty.couplings, () => norms!.couplings);
  include(penalty.fields, () => norms!.fields);
  include(penalty.parameters, () =>
    treeLeaves(parameters)
      .map((leaf) => sum(square(leaf)))
      .reduce((x, y) => add(x, y)),
  );
  return terms.length > 0 ? terms.reduce((x, y) => add(x, y)) : null;
}
