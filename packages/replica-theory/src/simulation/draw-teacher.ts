import type { Rng } from '@spinformer/numerics';
import type { Spectrum } from '../spectra/spectrum.ts';

/** A teacher in the eigenbasis of the inputs' covariance. */
export interface Teacher {
  /** w*, [sites]. */
  readonly weights: Float64Array;
  /** Ω_k, [sites]. */
  readonly omega: Float64Array;
}

/** Eigenvalues and teacher overlaps of `sites` modes at the quantiles of a spectrum, ⟨tΩ⟩ scaled to ρ. */
function quantiles(spectrum: Spectrum, sites: number, teacherVariance: number) {
  const order = Array.from(spectrum.eigenvalues, (_, k) => k).sort(
    (i, j) => spectrum.eigenvalues[i] - spectrum.eigenvalues[j],
  );
  const omega = new Float64Array(sites);
  const overlap = new Float64Array(sites);
  let mode = 0;
  let reached = spectrum.weights[order[0]];
  for (let site = 0; site < sites; site++) {
    const wanted = (site + 0.5) / sites;
    while (reached < wanted && mode + 1 < order.length) reached += spectrum.weights[order[++mode]];
    omega[site] = spectrum.eigenvalues[order[mode]];
    overlap[site] = spectrum.teacherOverlaps[order[mode]];
  }
  const variance = omega.reduce((sum, value, i) => sum + value * overlap[i], 0) / sites;
  return { omega, overlap: overlap.map((value) => (value * teacherVariance) / variance) };
}

/**
 * A Gaussian teacher whose field has exactly the variance ρ: what the theory is about, without the fluctuation of one
 * draw.
 */
export function drawTeacher(spectrum: Spectrum, sites: number, teacherVariance: number, rng: Rng): Teacher {
  const { omega, overlap } = quantiles(spectrum, sites, teacherVariance);
  const draws = overlap.map((value) => Math.sqrt(value) * rng.normal());
  const variance = draws.reduce((sum, w, i) => sum + omega[i] * w * w, 0) / sites;
  return { weights: draws.map((w) => w * Math.sqrt(teacherVariance / variance)), omega };
}
