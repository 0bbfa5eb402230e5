import { DomainError, type Floats, ShapeError } from '@spinformer/numerics';
import { symmetricEigen } from '../linear-algebra/symmetric-eigen.ts';
import { empiricalSpectrum } from './empirical-spectrum.ts';
import type { Spectrum } from './spectrum.ts';

/** Entries (i, j) and (j, i) may differ by this fraction of the largest. */
const ASYMMETRY = 1e-9;

function checkCovariance(covariance: ArrayLike<number>, sites: number): void {
  let top = 0;
  for (let i = 0; i < covariance.length; i++) {
    if (!Number.isFinite(covariance[i])) {
      throw new DomainError(`spectrumFromCovariance: covariance[${i}] is ${covariance[i]}.`);
    }
    top = Math.max(top, Math.abs(covariance[i]));
  }
  for (let i = 0; i < sites; i++) {
    for (let j = 0; j < i; j++) {
      if (Math.abs(covariance[i * sites + j] - covariance[j * sites + i]) > ASYMMETRY * top) {
        throw new DomainError(`spectrumFromCovariance: covariance is not symmetric at (${i}, ${j}).`);
      }
    }
  }
}

/**
 * The spectrum of a covariance matrix, such as one measured from data, by Jacobi rotations.
 *
 * @param covariance - [sites, sites], symmetric and positive semidefinite.
 * @param teacher - [sites], the teacher's weights w*; default: no favoured direction.
 * @throws {ShapeError} when the matrix is not square or the teacher has another length.
 * @throws {DomainError} when it is not symmetric, not finite or not positive semidefinite.
 * @complexity sites³
 */
export function spectrumFromCovariance(
  covariance: Floats<'sites sites'>,
  teacher?: ArrayLike<number>,
): Spectrum {
  const sites = Math.round(Math.sqrt(covariance.length));
  if (sites === 0 || sites * sites !== covariance.length) {
    throw new ShapeError(
      `spectrumFromCovariance: covariance must be [sites, sites], got ${covariance.length} entries.`,
    );
  }
  if (teacher !== undefined && teacher.length !== sites) {
    throw new ShapeError(
      `spectrumFromCovariance: teacher must have ${sites} entries, got ${teacher.length}.`,
    );
  }
  checkCovariance(covariance, sites);
  const { values, vectors } = symmetricEigen(covariance, sites);
  if (teacher === undefined) return empiricalSpectrum(values);
  const overlaps = values.map((_, k) => {
    let overlap = 0;
    for (let i = 0; i < sites; i++) overlap += teacher[i] * vectors[i * sites + k];
    return overlap * overlap;
  });
  return empiricalSpectrum(values, overlaps);
}
