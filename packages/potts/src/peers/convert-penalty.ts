import { DomainError } from '@spinformer/numerics';

/**
 * Whose number a penalty is. With sums over the weighted sequences, L sites, q states and M_eff effective sequences the
 * coupling penalty λ multiplies
 *
 * | scale | Σ_{i<j} \|J_ij\|² of one shared J by |
 * | --- | --- |
 * | `plm`, `plmc` (-le) | λ |
 * | `ccmpred` (-l) | λ·(L − 1) |
 * | `gremlin` (-lambda), `evcouplings` (lambda_J with lambda_J_times_Lq) | λ·(L − 1)·(q − 1) |
 * | `plm-asymmetric` | 2λ, because both sites pay for a copy of their own |
 * | `plmdca` (lambdaJ of PlmDCA.jl) | 2λ·M_eff |
 * | `ardca` (lambdaJ of ArDCA.jl) | λ·M_eff, for the later site alone |
 *
 * and a field penalty Σ_i |h_i|² by λ, except `plmdca` by 2λ·M_eff and `ardca` by λ·M_eff.
 */
export type PenaltyScale =
  | 'plm'
  | 'plm-asymmetric'
  | 'plmc'
  | 'ccmpred'
  | 'gremlin'
  | 'evcouplings'
  | 'plmdca'
  | 'ardca';

/** Sizes of a problem that penalties depend on. */
export interface ProblemSize {
  /** L. */
  readonly sites: number;
  /** q of the model: 20 where gaps are missing data. */
  readonly states: number;
  /** M_eff, the sum of the weights. */
  readonly effective: number;
}

/** Options of {@link convertPenalty}. */
export interface PenaltyConversion extends ProblemSize {
  readonly from: PenaltyScale;
  readonly to: PenaltyScale;
  /** Which of the two penalties; default 'couplings'. */
  readonly of?: 'couplings' | 'fields';
}

/** What multiplies λ in front of Σ_{i<j} |J_ij|². */
const COUPLING_FACTORS: Readonly<Record<PenaltyScale, (size: ProblemSize) => number>> = {
  plm: () => 1,
  plmc: () => 1,
  ccmpred: ({ sites }) => sites - 1,
  gremlin: ({ sites, states }) => (sites - 1) * (states - 1),
  evcouplings: ({ sites, states }) => (sites - 1) * (states - 1),
  'plm-asymmetric': () => 2,
  plmdca: ({ effective }) => 2 * effective,
  ardca: ({ effective }) => effective,
};

/** What multiplies λ in front of Σ_i |h_i|². */
const FIELD_FACTORS: Readonly<Record<PenaltyScale, (size: ProblemSize) => number>> = {
  plm: () => 1,
  plmc: () => 1,
  ccmpred: () => 1,
  gremlin: () => 1,
  evcouplings: () => 1,
  'plm-asymmetric': () => 1,
  plmdca: ({ effective }) => 2 * effective,
  ardca: ({ effective }) => effective,
};

/**
 * An L2 penalty of one program as the number that makes another one pay the same for the same parameters.
 *
 * @param value λ on the scale `from`, at least 0.
 * @throws {DomainError} for a negative value, a size that is no count, or an unknown scale.
 * @source ekeberg2013plmdca; seemayer2014ccmpred; kamisetty2013gremlin
 * @example
 * ```ts
 * const size = { sites: 159, states: 21, effective: 1590.9 };
 * convertPenalty(0.2, { from: 'ccmpred', to: 'plmc', ...size }); // 31.6
 * ```
 */
export function convertPenalty(value: number, conversion: PenaltyConversion): number {
  const { from, to, of = 'couplings', sites, states, effective } = conversion;
  const factors = of === 'fields' ? FIELD_FACTORS : COUPLING_FACTORS;
  for (const scale of [from, to])
    if (!Object.hasOwn(factors, scale))
      throw new DomainError(
        `convertPenalty: unknown scale '${scale}'. Take one of ${Object.keys(factors).join(', ')}.`,
      );
  if (!(value >= 0 && value < Infinity))
    throw new DomainError(`convertPenalty: a penalty must be a finite number of at least 0, got ${value}.`);
  if (!(sites >= 2 && states >= 2 && effective > 0))
    throw new DomainError(
      `convertPenalty: needs sites ≥ 2, states ≥ 2 and effective > 0, got ${sites}, ${states} and ${effective}.`,
    );
  const size = { sites, states, effective };
  return (value * factors[from](size)) / factors[to](size);
}
