import type { Spectrum } from './spectrum.ts';

/** Independent inputs of variance one. */
export function identitySpectrum(): Spectrum {
  return {
    name: 'identity',
    eigenvalues: Float64Array.of(1),
    weights: Float64Array.of(1),
    teacherOverlaps: Float64Array.of(1),
  };
}
