// Values of an independent program in numpy, float64, with manual derivatives; full sum over the 12,870 states of the 4×4
// lattice at J2 = 0.5 without a sign rule.
import { seededRng } from '@spinformer/numerics';
import { useBackend, wasm } from '@spinformer/tensor';
import { beforeAll, describe, expect, it } from 'vitest';
import { amplitudeEvaluator, j1j2, square, transformerState } from '../../src/index.ts';
import { AmplitudeCache } from '../../src/local-energy/amplitude-cache.ts';
import { localEnergies } from '../../src/local-energy/local-energies.ts';
import { CentredJacobian } from '../../src/optimize/centred-jacobian.ts';
import { energyGradient } from '../../src/optimize/energy-gradient.ts';
import { mergeSamples } from '../../src/optimize/merge-samples.ts';
import { TangentSystem } from '../../src/optimize/tangent-system.ts';
import { allSpins, bornWeights } from '../../src/sampling/full-sum.ts';
import { CONFIGURATIONS, goldenParameters } from '../helpers/golden.ts';
import { norm, weightedMean } from '../helpers/vectors.ts';

/** Relative; the reference prints 13 digits, sums run over 12,870 states in another order. */
const ROUNDING = 1e-10;
/** Relative; δ is conditioned by λ/σ_max ≈ 1e-5. */
const CONDITIONED = 1e-6;

const GOLDEN = {
  factored: {
    energy: 5.2177695935575,
    variance: 19.444496267331,
    gradient: 45.36805618864,
    first: [-0.361961552848, 3.712913310314, -0.524989808726, -3.042673036271],
    step: 29.084397528347,
    trace: 855.167433431,
  },
  standard: {
    energy: 0.7439403656825,
    variance: 19.777714901399,
    gradient: 38.564388868122,
    first: [-1.698799669138, 4.293971815947, -0.679806748381, 0.647892151406],
    step: 39.77848793087,
    trace: 3993.978540386,
  },
  t5: {
    energy: 5.2240864899036,
    variance: 28.493516944609,
    gradient: 68.200223306705,
    first: [1.283437313398, -2.001391002357, 2.344854729769, 1.479926060189],
    step: 41.486164617376,
    trace: 1369.210046359,
  },
} as const;

/** δ of `factored` for its first four parameters, λ = 1e-3. */
const FIRST_OF_STEP = [-0.899278440173, 0.090234849582, -0.210505674236, -0.586448589703];

/** E_L of `factored`, real and imaginary part. */
const LOCAL_ENERGIES = {
  neel: [2.377587558050529, -8.899698884950183],
  stripe: [-5.24346861488, 43.071205562708],
  mix: [-0.300213725599, -4.909404522713],
} as const;

const lattice = square(4);
const hamiltonian = j1j2(lattice, { j2: 0.5 });

beforeAll(async () => useBackend(await wasm()));

function setUp(attention: keyof typeof GOLDEN) {
  const wave = transformerState({ lattice, width: 8, heads: 2, layers: 2, attention, positions: false });
  const parameters = goldenParameters(wave.init(seededRng(0), 'float64'));
  const cache = new AmplitudeCache(amplitudeEvaluator(wave, parameters), 16, {
    invariance: wave.invariance,
  });
  return { wave, parameters, cache };
}

/** Energy over all states, by orbits of the patch translations. */
function measure(cache: AmplitudeCache) {
  const { spins, weights: multiplicity } = mergeSamples(allSpins(16, 8), 16, cache.invariance);
  const weights = bornWeights(cache.logAmplitudes(spins).real, multiplicity);
  const local = localEnergies(hamiltonian, cache, spins);
  const energy = weightedMean(local.real, weights);
  const real = local.real.map((e) => e - energy);
  const { imaginary } = local;
  const squares = real.map((e, s) => e * e + imaginary[s] ** 2);
  return { spins, weights, energy, real, imaginary, variance: weightedMean(squares, weights) };
}

describe.each(Object.entries(GOLDEN))('%s attention, all states of 4×4', (attention, golden) => {
  it('gives energy, variance and gradient of the reference', () => {
    const { wave, parameters, cache } = setUp(attention as keyof typeof GOLDEN);
    const { spins, weights, energy, real, imaginary, variance } = measure(cache);
    expect(Math.abs(energy / golden.energy - 1)).toBeLessThan(ROUNDING);
    expect(Math.abs(variance / golden.variance - 1)).toBeLessThan(ROUNDING);

    const gradient = energyGradient(wave, parameters, spins, weights, { real, imaginary });
    expect(Math.abs(norm(gradient) / golden.gradient - 1)).toBeLessThan(ROUNDING);
    golden.first.forEach((g, k) => {
      expect(Math.abs(gradient[k] - g)).toBeLessThan(1e-10);
    });
  });
});

describe('factored attention', () => {
  it('gives the trace of S and the step (S + λ)⁻¹∇E of the reference', () => {
    const { wave, parameters, cache } = setUp('factored');
    const { spins, weights, real, imaginary } = measure(cache);
    const jacobian = CentredJacobian.of(wave, parameters, spins, weights);
    const force = jacobian.rowsOf(real, imaginary, weights).map((f) => 2 * f);
    const system = new TangentSystem(jacobian);
    expect(Math.abs(jacobian.trace() / GOLDEN.factored.trace - 1)).toBeLessThan(ROUNDING);
    const step = system.solve(1e-3, force);
    expect(Math.abs(norm(step) / GOLDEN.factored.step - 1)).toBeLessThan(CONDITIONED);
    FIRST_OF_STEP.forEach((x, k) => {
      expect(Math.abs(step[k] / x - 1)).toBeLessThan(CONDITIONED);
    });
    system.dispose();
    jacobian.dispose();
  });

  it.each(Object.entries(LOCAL_ENERGIES))(
    'gives the local energy of the %s configuration',
    (name, [re, im]) => {
      const { cache } = setUp('factored');
      const { real, imaginary } = localEnergies(
        hamiltonian,
        cache,
        CONFIGURATIONS[name as keyof typeof CONFIGURATIONS],
      );
      expect(Math.abs(real[0] - re)).toBeLessThan(ROUNDING * 100);
      expect(Math.abs(imaginary[0] - im)).toBeLessThan(ROUNDING * 100);
    },
  );
});
