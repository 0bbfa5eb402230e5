import type { Configurations, Estimate } from '@spinformer/numerics';

/** Whether chains have forgotten where they started, from the outside: energies and overlaps. */
export interface MixingEvidence {
  /** Energies of some chains over the second half of the sweeps, draws evenly apart: mean, τ in draws, split R̂. */
  readonly energy: Estimate;
  /** Sweeps between the draws of `energy`. */
  readonly thinning: number;
  /** Share of letters that two different chains have in common. */
  readonly overlapBetween: number;
  /** Share of letters that a chain has in common with itself half of the sweeps ago. */
  readonly overlapHalfway: number;
  /** (halfway − between)/(1 − between): what is remembered of half of the sweeps ago; 0 when all is forgotten. */
  readonly remembered: number;
  /** Standard error of `remembered`. */
  readonly rememberedError: number;
}

/** Share of letters that two different samples have in common, over all pairs of samples. */
export function overlapBetween({ samples, sites, states, values }: Configurations): number {
  if (samples < 2) return Number.NaN;
  let pairs = 0;
  const counts = new Float64Array(states);
  for (let i = 0; i < sites; i++) {
    counts.fill(0);
    for (let m = 0; m < samples; m++) counts[values[m * sites + i]]++;
    for (const count of counts) pairs += count * (count - 1);
  }
  return pairs / (sites * samples * (samples - 1));
}

/** What the samples remember of earlier ones, row by row: mean overlap and its standard error over the rows. */
export function overlapWith(
  now: Configurations,
  before: Int32Array,
): { readonly mean: number; readonly error: number } {
  const { samples, sites, values } = now;
  let sum = 0;
  let squares = 0;
  for (let m = 0; m < samples; m++) {
    let same = 0;
    for (let k = m * sites; k < (m + 1) * sites; k++) if (values[k] === before[k]) same++;
    sum += same / sites;
    squares += (same / sites) ** 2;
  }
  const mean = sum / samples;
  const spread = Math.max(0, squares / samples - mean ** 2);
  return { mean, error: Math.sqrt(spread / Math.max(1, samples - 1)) };
}
