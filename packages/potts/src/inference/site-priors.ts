import type { DistinctSequences } from './distinct-sequences.ts';

/**
 * Penalties λ_h Σ_i |h_i|² + λ_J Σ_{i<j} |J_ij|² + λ_g Σ_{i<j} √(ε + |J_ij|²), in the unit of the summed (not averaged)
 * log-likelihood, with plmc's ε = 0.001.
 */
export interface Penalties {
  readonly fieldPenalty: number;
  readonly couplingPenalty: number;
  /** Default 0. */
  readonly groupPenalty?: number;
}

/** ε under the root of the group penalty, which makes it smooth where J_ij = 0. */
export const GROUP_SMOOTHING = 0.001;

/** What single columns tell before the fit: where it starts, and how its variables are centred and scaled. */
export interface SitePriors {
  /** Σ_s w_s [s_i = a], [sites, padded states]. */
  readonly counts: Float64Array;
  /** counts / Σ_s w_s: the centre of each feature, [sites, padded states]. */
  readonly frequencies: Float64Array;
  /** Smoothed p(1 − p) of each letter, [sites, padded states]. */
  readonly variances: Float64Array;
  /** Weight of the sequences in which the site is not missing, [sites]. */
  readonly present: Float64Array;
}

/** Half a pseudocount per letter keeps the curvature of an unseen letter away from zero. */
const PSEUDOCOUNT = 0.5;

/** Weighted letter counts of every column with what follows from them; padding states are zero. */
export function sitePriors(data: DistinctSequences, padded: number): SitePriors {
  const { sites, states, sequences, letters, weights, totalWeight } = data;
  const counts = new Float64Array(sites * padded);
  for (let s = 0; s < sequences; s++)
    for (let i = 0; i < sites; i++) {
      const letter = letters[s * sites + i];
      if (letter >= 0) counts[i * padded + letter] += weights[s];
    }
  const frequencies = counts.map((count) => count / totalWeight);
  const variances = new Float64Array(sites * padded);
  const present = new Float64Array(sites);
  for (let i = 0; i < sites; i++)
    for (let a = 0; a < states; a++) {
      const k = i * padded + a;
      const p = (counts[k] + PSEUDOCOUNT) / (totalWeight + PSEUDOCOUNT * states);
      variances[k] = p * (1 - p);
      present[i] += counts[k];
    }
  return { counts, frequencies, variances, present };
}

/** Raw fields to start from: log(count + 1) of each letter, mean over letters taken away. */
export function startingFields(
  priors: SitePriors,
  site: number,
  states: number,
  padded: number,
): Float64Array {
  const out = new Float64Array(padded);
  let mean = 0;
  for (let a = 0; a < states; a++) {
    out[a] = Math.log(priors.counts[site * padded + a] + 1);
    mean += out[a] / states;
  }
  for (let a = 0; a < states; a++) out[a] -= mean;
  return out;
}

/** Scale of a site's fields: (curvature of the objective at the start)^−½; zero in the padding. */
export function fieldScales(
  priors: SitePriors,
  site: number,
  states: number,
  padded: number,
  fieldPenalty: number,
): Float64Array {
  const out = new Float64Array(padded);
  const total = priors.present[site];
  for (let a = 0; a < states; a++) {
    const p = (priors.counts[site * padded + a] + PSEUDOCOUNT) / (total + PSEUDOCOUNT * states);
    out[a] = 1 / Math.sqrt((total + PSEUDOCOUNT * states) * p * (1 - p) + 2 * fieldPenalty);
  }
  return out;
}
