import { DomainError, ShapeError } from '@spinformer/numerics';
import type { Spectrum } from './spectrum.ts';

/** Rounding of an eigensolver may leave this fraction of the largest eigenvalue below zero. */
const ROUNDING = 1e-10;

/**
 * A spectrum that was measured or is given: every mode counts the same.
 *
 * @param eigenvalues - [modes] of the covariance, ≥ 0.
 * @param teacherOverlaps - [modes], (w*·v_k)² up to a factor; default: the teacher favours no direction.
 * @throws {ShapeError} when empty or of different lengths.
 * @throws {DomainError} when an eigenvalue is negative (the covariance is not positive semidefinite).
 */
export function empiricalSpectrum(
  eigenvalues: ArrayLike<number>,
  teacherOverlaps?: ArrayLike<number>,
): Spectrum {
  const modes = eigenvalues.length;
  if (modes === 0) throw new ShapeError('empiricalSpectrum: eigenvalues must have at least one entry.');
  if (teacherOverlaps !== undefined && teacherOverlaps.length !== modes) {
    throw new ShapeError(
      `empiricalSpectrum: teacherOverlaps must have ${modes} entries, got ${teacherOverlaps.length}.`,
    );
  }
  const values = Float64Array.from(eigenvalues);
  const top = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  values.forEach((value, k) => {
    if (!(value >= -ROUNDING * top)) {
      throw new DomainError(
        `empiricalSpectrum: eigenvalue ${k} is ${value}, the covariance is not positive semidefinite. Shrink it towards the identity or clip its eigenvalues.`,
      );
    }
    values[k] = Math.max(0, value);
  });
  if (!(top > 0))
    throw new DomainError('empiricalSpectrum: all eigenvalues are zero, the inputs do not vary.');
  const overlaps = teacherOverlaps ? Float64Array.from(teacherOverlaps) : new Float64Array(modes).fill(1);
  if (overlaps.some((value) => !(value >= 0 && Number.isFinite(value)))) {
    throw new DomainError('empiricalSpectrum: teacherOverlaps must be finite and ≥ 0; they are squares.');
  }
  return {
    name: 'empirical',
    eigenvalues: values,
    weights: new Float64Array(modes).fill(1 / modes),
    teacherOverlaps: overlaps,
  };
}
