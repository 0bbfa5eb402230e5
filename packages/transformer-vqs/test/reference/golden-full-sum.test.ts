// Sums over the 12870 configurations of 4×4 with zero magnetisation, J2 = 0.5, no sign rule, at the parameters of
// golden-amplitudes: values of the same independent program.
import { seededRng } from '@spinformer/numerics';
import { dispose, readSync, useBackend, wasm } from '@spinformer/tensor';
import { describe, expect, it } from 'vitest';
import {
  allSpins,
  amplitudeEvaluator,
  amplitudeJacobian,
  fullSum,
  j1j2,
  localEnergies,
  square,
  transformerState,
} from '../../src/index.ts';
import { CONFIGURATIONS, goldenParameters } from '../helpers/golden.ts';

/** Digits that the reference gives, and sums of 12870 terms. */
const RELATIVE = 1e-9;

useBackend(await wasm());

const hamiltonian = j1j2(square(4), { j2: 0.5 });
const wave = transformerState({ lattice: square(4), width: 8, heads: 2, layers: 2 });
const parameters = goldenParameters(wave.init(seededRng(0), 'float64'));
const evaluator = amplitudeEvaluator(wave, parameters);

function close(got: number, expected: number): void {
  expect(Math.abs(got - expected)).toBeLessThan(RELATIVE * Math.max(1, Math.abs(expected)));
}

describe('full sums, factored attention', () => {
  const { spins, weights = new Float64Array(0) } = fullSum(evaluator, allSpins(16, 8));
  const local = localEnergies(hamiltonian, evaluator, spins);
  const energy = weights.reduce((sum, weight, s) => sum + weight * local.real[s], 0);

  it('give the energy and its variance', () => {
    const square = weights.reduce((sum, w, s) => sum + w * (local.real[s] ** 2 + local.imaginary[s] ** 2), 0);
    close(energy, 5.2177695935575);
    close(square - energy * energy, 19.444496267331);
  });

  it('give the gradient and the trace of S', () => {
    const { gradient, trace } = gradientAndTrace(spins, weights, local, energy);
    close(Math.hypot(...gradient), 45.36805618864);
    [-0.361961552848, 3.712913310314, -0.524989808726, -3.042673036271].forEach((expected, k) => {
      close(gradient[k], expected);
    });
    close(trace, 855.167433431);
  });
});

/** 2 Re⟨(O − ⟨O⟩)* (E_L − E)⟩ and Re⟨|O − ⟨O⟩|²⟩, in chunks. */
function gradientAndTrace(
  spins: Int8Array,
  weights: Float64Array,
  local: { real: Float64Array; imaginary: Float64Array },
  energy: number,
): { gradient: Float64Array; trace: number } {
  const count = wave.parameterCount;
  const gradient = new Float64Array(count);
  const mean = new Float64Array(2 * count);
  let second = 0;
  const chunk = 2048;
  for (let first = 0; first < weights.length; first += chunk) {
    const size = Math.min(chunk, weights.length - first);
    const tensor = amplitudeJacobian(wave, parameters, spins.subarray(first * 16, (first + size) * 16));
    const rows = readSync(tensor);
    dispose(tensor);
    for (let s = 0; s < size; s++) {
      const weight = weights[first + s];
      const [re, im] = [local.real[first + s] - energy, local.imaginary[first + s]];
      for (let k = 0; k < count; k++) {
        const [a, b] = [rows[s * count + k], rows[(size + s) * count + k]];
        gradient[k] += 2 * weight * (a * re + b * im);
        mean[k] += weight * a;
        mean[count + k] += weight * b;
        second += weight * (a * a + b * b);
      }
    }
  }
  // The mean of E_L is real, so that centring O changes nothing in the gradient but the imaginary mean's part.
  const drift = weights.reduce((sum, weight, s) => sum + weight * local.imaginary[s], 0);
  for (let k = 0; k < count; k++) gradient[k] -= 2 * mean[count + k] * drift;
  return { gradient, trace: second - mean.reduce((sum, m) => sum + m * m, 0) };
}

describe.each([
  ['standard', 0.7439403656825, 19.777714901399],
  ['t5', 5.2240864899036, 28.493516944609],
] as const)('full sums, %s attention', (attention, expectedEnergy, expectedVariance) => {
  it('give the energy and its variance', () => {
    const other = transformerState({
      lattice: square(4),
      width: 8,
      heads: 2,
      layers: 2,
      attention,
      positions: false,
    });
    const amplitudes = amplitudeEvaluator(other, goldenParameters(other.init(seededRng(0), 'float64')));
    const { spins, weights = new Float64Array(0) } = fullSum(amplitudes, allSpins(16, 8));
    const { real, imaginary } = localEnergies(hamiltonian, amplitudes, spins);
    const mean = weights.reduce((sum, weight, s) => sum + weight * real[s], 0);
    const second = weights.reduce((sum, w, s) => sum + w * (real[s] ** 2 + imaginary[s] ** 2), 0);
    close(mean, expectedEnergy);
    close(second - mean * mean, expectedVariance);
  });
});

describe('local energies', () => {
  it.each([
    ['neel', 2.377587558050529, -8.899698884950183],
    ['stripe', -5.24346861488, 43.071205562708],
    ['mix', -0.300213725599, -4.909404522713],
  ] as const)('of the %s configuration', (name, real, imaginary) => {
    const local = localEnergies(hamiltonian, evaluator, CONFIGURATIONS[name]);
    close(local.real[0], real);
    close(local.imaginary[0], imaginary);
  });
});
