import type { InvertedCorrelations } from './closed-form-model.ts';
import type { Regularization } from './correlation-matrix.ts';

/** What the likelihood of a Gaussian needs beside its covariance. */
export interface GaussianParts extends InvertedCorrelations, Regularization {
  readonly logDeterminant: number;
  /** f_i(a) of the data alone, [sites, states]. */
  readonly observed: Float64Array;
  /** M_eff. */
  readonly totalWeight: number;
}

/**
 * Σ_s w_s −log p(s) of the data under the Gaussian with mean f and covariance C, in nats:
 * M_eff/2 · (n log 2π + log det C + tr C⁻¹(Ĉ + α² d dᵀ)), d = f̂ − 1/q. Because
 * C = (1 − α)(Ĉ + α d dᵀ) + (α/q) B + ρ with B the blocks 1 − 1/q, the trace needs no matrix but C⁻¹.
 */
export function gaussianObjective(parts: GaussianParts): number {
  const { states, sites, pseudocount: share, shrinkage, totalWeight, logDeterminant } = parts;
  const length = sites * (states - 1);
  const quadratic = deviationForm(parts);
  const { trace, blocks } = traces(parts);
  const spread =
    share < 1
      ? (length - (1 - share) * share * quadratic - (share / states) * blocks - shrinkage * trace) /
        (1 - share)
      : siteSpread(parts);
  const distance = spread + share * share * quadratic;
  return (totalWeight / 2) * (length * Math.log(2 * Math.PI) + logDeterminant + distance);
}

/** dᵀC⁻¹d. */
function deviationForm({ sites, states, inverse, observed }: GaussianParts): number {
  const reduced = states - 1;
  const length = sites * reduced;
  const d = Float64Array.from(
    { length },
    (_, row) => observed[Math.floor(row / reduced) * states + (row % reduced)] - 1 / states,
  );
  let sum = 0;
  for (let row = 0; row < length; row++) {
    let product = 0;
    for (let column = 0; column < length; column++) product += inverse[row * length + column] * d[column];
    sum -= d[row] * product;
  }
  return sum;
}

/** tr C⁻¹ and tr C⁻¹B. */
function traces({ sites, states, inverse }: GaussianParts): { trace: number; blocks: number } {
  const reduced = states - 1;
  const length = sites * reduced;
  let trace = 0;
  let all = 0;
  for (let row = 0; row < length; row++) {
    const start = Math.floor(row / reduced) * reduced;
    trace -= inverse[row * (length + 1)];
    for (let column = start; column < start + reduced; column++) all -= inverse[row * length + column];
  }
  return { trace, blocks: trace - all / states };
}

/** tr C⁻¹Ĉ where C has no part of the data, and so no blocks but those of single sites. */
function siteSpread({ sites, states, inverse, observed }: GaussianParts): number {
  const reduced = states - 1;
  const length = sites * reduced;
  let sum = 0;
  for (let i = 0; i < sites; i++)
    for (let a = 0; a < reduced; a++)
      for (let b = 0; b < reduced; b++) {
        const fa = observed[i * states + a];
        const own = (a === b ? fa : 0) - fa * observed[i * states + b];
        sum -= inverse[(i * reduced + a) * length + i * reduced + b] * own;
      }
  return sum;
}
