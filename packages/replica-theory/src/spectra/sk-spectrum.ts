import { DomainError } from '@spinformer/numerics';
import type { Spectrum } from './spectrum.ts';

/** The rule's error falls as β^(2·nodes); this many e-folds leave nothing. */
const E_FOLDS = 20;
const FEWEST_NODES = 64;
const MOST_NODES = 4000;

/**
 * Cavity covariance of a Sherrington–Kirkpatrick model in its paramagnetic phase, [(1 + β²) 1 − J]⁻¹ with
 * J_ij ~ N(0, β²/L): eigenvalues 1/(1 + β² − 2β cos θ) with density (2/π) sin²θ. Its mean is one. A site of this model
 * has teacher variance β².
 *
 * @param beta - in [0, 1): at β ≥ 1 the model is a spin glass and the theory does not hold.
 * @throws {DomainError}
 * @source bachschmid2017
 */
export function skSpectrum(beta: number): Spectrum {
  if (!(beta >= 0 && beta < 1)) {
    throw new DomainError(
      `skSpectrum: beta must be in [0, 1), got ${beta}. At β ≥ 1 the model freezes and the theory is not valid.`,
    );
  }
  const wanted = beta === 0 ? FEWEST_NODES : Math.ceil(E_FOLDS / -Math.log(beta));
  const nodes = Math.min(MOST_NODES, Math.max(FEWEST_NODES, wanted));
  const angle = (k: number) => (Math.PI * (k + 1)) / (nodes + 1);
  return {
    name: `sk(${beta})`,
    eigenvalues: Float64Array.from(
      { length: nodes },
      (_, k) => 1 / (1 + beta * beta - 2 * beta * Math.cos(angle(k))),
    ),
    weights: Float64Array.from({ length: nodes }, (_, k) => (2 * Math.sin(angle(k)) ** 2) / (nodes + 1)),
    teacherOverlaps: new Float64Array(nodes).fill(1),
  };
}
