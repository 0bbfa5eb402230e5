import { type Estimate, ShapeError } from '@spinformer/numerics';
import type { SpinSamples } from '../sampling/draw-spins.ts';
import type { AmplitudeEvaluator } from '../wave-function.ts';
import { meanOverSamples } from './weighted-samples.ts';

/** One of two states to compare: its amplitudes and configurations drawn from it. */
export interface ComparedState {
  readonly amplitudes: AmplitudeEvaluator;
  readonly samples: SpinSamples;
}

/**
 * |⟨ψ|φ⟩|² / (⟨ψ|ψ⟩⟨φ|φ⟩) of two states on the same sites: 1 for the same state up to phase and norm.
 *
 * With samples, Re ⟨φ/ψ⟩_ψ ⟨ψ/φ⟩_φ, each mean over the samples of one state; noisy where the states hardly overlap. With a
 * full sum of the first, exact up to rounding.
 *
 * @throws {ShapeError} when the samples have different numbers of spins in a full sum.
 * @source medvidovic2021classical
 */
export function fidelity(first: ComparedState, second: ComparedState): Estimate {
  const forth = ratio(first.samples, first.amplitudes, second.amplitudes);
  const back = ratio(second.samples, second.amplitudes, first.amplitudes);
  const [a, b, c, d] = [forth.real, forth.imaginary, back.real, back.imaginary];
  if (first.samples.weights && first.samples.spins.length !== second.samples.spins.length)
    throw new ShapeError(
      'fidelity: a full sum of one state needs a full sum of the other. Pass samples alike.',
    );
  const scale = Math.exp(forth.offset + back.offset);
  const mean = (a.mean * c.mean - b.mean * d.mean) * scale;
  const spread = [
    a.standardError * c.mean,
    c.standardError * a.mean,
    b.standardError * d.mean,
    d.standardError * b.mean,
  ];
  return { ...a, mean, standardError: scale * Math.hypot(...spread), variance: Number.NaN };
}

/** ⟨φ/ψ⟩ over samples of ψ, divided by exp(offset) to keep it finite. */
function ratio(
  samples: SpinSamples,
  own: AmplitudeEvaluator,
  other: AmplitudeEvaluator,
): { readonly real: Estimate; readonly imaginary: Estimate; readonly offset: number } {
  const psi = own.logAmplitudes(samples.spins);
  const phi = other.logAmplitudes(samples.spins);
  const sizes = phi.real.map((x, s) => x - psi.real[s]);
  const angles = phi.imaginary.map((x, s) => x - psi.imaginary[s]);
  let offset = 0;
  for (const size of sizes) offset += size / sizes.length;
  const part = (f: (angle: number) => number) =>
    meanOverSamples(
      sizes.map((size, s) => Math.exp(size - offset) * f(angles[s])),
      samples,
    );
  return { real: part(Math.cos), imaginary: part(Math.sin), offset };
}
