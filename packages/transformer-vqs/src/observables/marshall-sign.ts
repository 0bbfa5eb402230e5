import type { Estimate } from '@spinformer/numerics';
import type { Lattice } from '../lattice.ts';
import type { SpinSamples } from '../sampling/draw-spins.ts';
import { meanOverSamples } from './weighted-samples.ts';

/**
 * |⟨(−1)^(up spins on the Marshall sublattice) · ψ/|ψ|⟩|: 1 where the signs of the state follow the Marshall rule up to a
 * common phase, as they do exactly without frustration.
 *
 * @param phases - Im log ψ of each sample.
 * @param sublattice - which sites belong to the sublattice; for a Hamiltonian in a rotated frame, those sites on which the
 *   rotation and the Marshall rule differ.
 * @source marshall1955
 */
export function marshallSign(
  lattice: Lattice,
  samples: SpinSamples,
  phases: Float64Array,
  sublattice: Int8Array,
): Estimate {
  const angles = phases.map((phase, s) => {
    let up = 0;
    for (let r = 0; r < lattice.sites; r++)
      if (sublattice[r] !== 0 && samples.spins[s * lattice.sites + r] > 0) up++;
    return phase + (up % 2) * Math.PI;
  });
  const cosine = meanOverSamples(angles.map(Math.cos), samples);
  const sine = meanOverSamples(angles.map(Math.sin), samples);
  const common = Math.atan2(sine.mean, cosine.mean);
  return meanOverSamples(
    angles.map((angle) => Math.cos(angle - common)),
    samples,
  );
}
