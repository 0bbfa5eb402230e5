import { DomainError } from '@spinformer/numerics';
import type { Spectrum } from './spectrum.ts';

/** Conjugate order parameters m̂, q̂, V̂. */
export interface Conjugates {
  readonly mHat: number;
  readonly qHat: number;
  readonly vHat: number;
}

/** Averages over the weights of the student, given the conjugates. */
export interface WeightAverages {
  readonly m: number;
  readonly q: number;
  readonly v: number;
  /** |w|²/L. */
  readonly norm: number;
  /** w·w*\/L. */
  readonly alignment: number;
  /** ⟨(q̂ Ω + m̂² t Ω²)/D⟩, twice the weights' part of the free energy. */
  readonly energy: number;
}

/** The Gaussian integral over the weights with an L2 penalty, averaged over the modes of Ω. */
export interface RidgeAverage {
  /** |w*|²/L. */
  readonly teacherNorm: number;
  average(conjugates: Conjugates): WeightAverages;
}

/**
 * Builds the weights' side of the saddle point, D_k = λ + V̂ Ω_k: V = ⟨Ω/D⟩, m = m̂⟨tΩ²/D⟩,
 * q = ⟨(q̂Ω² + m̂²tΩ³)/D²⟩.
 *
 * @param penalty - λ of a mode with teacher overlap t, after scaling to ⟨tΩ⟩ = teacherVariance.
 * @throws {DomainError} when the teacher has no weight where inputs vary.
 */
export function ridgeAverage(
  spectrum: Spectrum,
  teacherVariance: number,
  penalty: (teacherOverlap: number) => number,
): RidgeAverage {
  const { eigenvalues, weights, teacherOverlaps } = spectrum;
  let variance = 0;
  for (let k = 0; k < weights.length; k++) variance += weights[k] * teacherOverlaps[k] * eigenvalues[k];
  if (!(variance > 0)) {
    throw new DomainError('covariance: the teacher has no weight on directions in which inputs vary.');
  }
  const t = teacherOverlaps.map((value) => (value * teacherVariance) / variance);
  const penalties = t.map((value) => penalty(value));
  const teacherNorm = t.reduce((sum, value, k) => sum + weights[k] * value, 0);
  const average = ({ mHat, qHat, vHat }: Conjugates): WeightAverages => {
    let [m, q, v, norm, alignment, energy] = [0, 0, 0, 0, 0, 0];
    for (let k = 0; k < weights.length; k++) {
      const omega = eigenvalues[k];
      const mode = omega / (penalties[k] + vHat * omega);
      const source = qHat + mHat * mHat * t[k] * omega;
      v += weights[k] * mode;
      m += weights[k] * t[k] * omega * mode;
      alignment += weights[k] * t[k] * mode;
      energy += weights[k] * mode * source;
      q += weights[k] * mode * mode * source;
      norm += (weights[k] * mode * source) / (penalties[k] + vHat * omega);
    }
    return { m: mHat * m, q, v, norm, alignment: mHat * alignment, energy };
  };
  return { teacherNorm, average };
}
