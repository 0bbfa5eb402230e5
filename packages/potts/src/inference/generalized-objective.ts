import type { GeneralizedPottsModel } from '../generalized.ts';
import type { DistinctSequences } from './distinct-sequences.ts';

/** Weights of the squared parameters, per unit of summed log-likelihood. */
export interface GeneralizedPenalties {
  readonly sitePenalty: number;
  readonly colourPenalty: number;
  readonly fieldPenalty: number;
}

/** Derivatives by the parts of a model, of the shapes of the parts. */
export type GeneralizedGradient = Pick<GeneralizedPottsModel, 'siteCouplings' | 'colourCouplings' | 'fields'>;

/**
 * Σ_s w_s Σ_i −log p(s_i | s_\i) of a generalised Potts model and its derivatives by all J_ij, U_ab and h_i, in float64.
 *
 * With g^h(b) = Σ_{j≠i} J^h_ij [s_j = b] the logits are h_i + Σ_h U^h g^h, so that a site costs sites + states² instead
 * of sites · states; the gradient goes back the same way. The diagonal of J is left out.
 */
export class GeneralizedObjective {
  private readonly data: DistinctSequences;
  private readonly logits: Float64Array;
  private readonly sums: Float64Array;
  private readonly back: Float64Array;

  constructor(data: DistinctSequences, heads: number) {
    this.data = data;
    this.logits = new Float64Array(data.states);
    this.sums = new Float64Array(heads * data.states);
    this.back = new Float64Array(data.states);
  }

  /** The negative log-pseudo-likelihood; adds its derivatives into `gradient`. */
  evaluate(model: GeneralizedPottsModel, gradient: GeneralizedGradient): number {
    const { sequences, sites, letters, weights } = this.data;
    let total = 0;
    for (let s = 0; s < sequences; s++)
      for (let i = 0; i < sites; i++) {
        const own = letters[s * sites + i];
        if (own < 0) continue;
        total += weights[s] * this.forward(model, s * sites, i, own);
        this.backward(model, gradient, s * sites, i, own, weights[s]);
      }
    return total;
  }

  /** −log p(own | rest); leaves p in `logits` and g in `sums`. */
  private forward(model: GeneralizedPottsModel, row: number, i: number, own: number): number {
    const { states, sites, letters } = this.data;
    const { logits, sums } = this;
    const { siteCouplings, colourCouplings, fields, heads } = model;
    sums.fill(0);
    for (let h = 0; h < heads; h++) {
      const from = (h * sites + i) * sites;
      for (let j = 0; j < sites; j++) {
        const letter = letters[row + j];
        if (letter >= 0 && j !== i) sums[h * states + letter] += siteCouplings[from + j];
      }
    }
    let top = Number.NEGATIVE_INFINITY;
    for (let a = 0; a < states; a++) {
      let logit = fields[i * states + a];
      for (let h = 0; h < heads; h++) {
        const from = (h * states + a) * states;
        for (let b = 0; b < states; b++) logit += colourCouplings[from + b] * sums[h * states + b];
      }
      logits[a] = logit;
      if (logit > top) top = logit;
    }
    const chosen = logits[own];
    let norm = 0;
    for (let a = 0; a < states; a++) norm += logits[a] = Math.exp(logits[a] - top);
    for (let a = 0; a < states; a++) logits[a] /= norm;
    return top + Math.log(norm) - chosen;
  }

  private backward(
    model: GeneralizedPottsModel,
    gradient: GeneralizedGradient,
    row: number,
    i: number,
    own: number,
    weight: number,
  ): void {
    const { states, sites, letters } = this.data;
    const { logits: residual, sums, back } = this;
    residual[own] -= 1;
    for (let a = 0; a < states; a++) gradient.fields[i * states + a] += residual[a] *= weight;
    for (let h = 0; h < model.heads; h++) {
      back.fill(0);
      for (let a = 0; a < states; a++) {
        const from = (h * states + a) * states;
        const r = residual[a];
        for (let b = 0; b < states; b++) {
          gradient.colourCouplings[from + b] += r * sums[h * states + b];
          back[b] += r * model.colourCouplings[from + b];
        }
      }
      const to = (h * sites + i) * sites;
      for (let j = 0; j < sites; j++) {
        const letter = letters[row + j];
        if (letter >= 0 && j !== i) gradient.siteCouplings[to + j] += back[letter];
      }
    }
  }
}

/** λ_A Σ J² + λ_U Σ U² + λ_h Σ h², with derivatives added into `gradient`. */
export function addSquares(
  model: GeneralizedPottsModel,
  penalties: GeneralizedPenalties,
  gradient: GeneralizedGradient,
): number {
  const one = (penalty: number, values: Float64Array, target: Float64Array) => {
    let sum = 0;
    for (let k = 0; k < values.length; k++) {
      sum += values[k] * values[k];
      target[k] += 2 * penalty * values[k];
    }
    return penalty * sum;
  };
  return (
    one(penalties.sitePenalty, model.siteCouplings, gradient.siteCouplings) +
    one(penalties.colourPenalty, model.colourCouplings, gradient.colourCouplings) +
    one(penalties.fieldPenalty, model.fields, gradient.fields)
  );
}
