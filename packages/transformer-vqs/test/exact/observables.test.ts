import { seededRng } from '@spinformer/numerics';
import { dispose, useBackend, wasm } from '@spinformer/tensor';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  amplitudeTable,
  basisStates,
  chain,
  correlationsByDistance,
  diagonalize,
  drawSpins,
  exactCorrelations,
  exactMarshallSign,
  fidelity,
  fullSum,
  j1j2,
  measureState,
  movePairs,
  SpinChains,
} from '../../src/index.ts';
import { AmplitudeCache } from '../../src/local-energy/amplitude-cache.ts';
import { amplitudeEvaluator } from '../../src/wave-functions/amplitude-evaluator.ts';
import { largestDifference } from '../helpers/vectors.ts';

/** The eigenvector is converged to 1e-12 or so, the table in float64. */
const CONVERGED = 1e-9;
/** Errors by which a sampled number may miss the exact one; the seed is fixed. */
const MOST_ERRORS = 4;

const SITES = 10;
const lattice = chain(SITES);
const basis = basisStates(SITES);

function groundState(signRule: 'none' | 'marshall') {
  const hamiltonian = j1j2(lattice, { j2: 0.3, signRule });
  const spectrum = diagonalize(hamiltonian);
  const amplitudes = spectrum.amplitudes();
  const table = amplitudeTable(basis.spins(), SITES);
  const parameters = table.fromAmplitudes({
    real: amplitudes,
    imaginary: new Float64Array(amplitudes.length),
  });
  return { hamiltonian, energy: spectrum.energies[0], amplitudes, table, parameters };
}

beforeAll(async () => useBackend(await wasm()));

describe.each(['none', 'marshall'] as const)(
  'the ground state of a chain of 10, sign rule %s',
  (signRule) => {
    it('has the observables of exact diagonalisation, and no variance', async () => {
      const { hamiltonian, energy, amplitudes, table, parameters } = groundState(signRule);
      const found = await measureState(hamiltonian, table, parameters, { rng: seededRng(1), samples: 'all' });
      expect(Math.abs(found.energy.mean * SITES - energy)).toBeLessThan(CONVERGED);
      expect(found.vScore).toBeLessThan(CONVERGED);
      const exact = exactCorrelations(hamiltonian, basis, amplitudes);
      expect(largestDifference(found.correlations, exact)).toBeLessThan(CONVERGED);
      const sign = exactMarshallSign(hamiltonian, basis, amplitudes);
      expect(Math.abs(found.marshallSign!.mean - sign)).toBeLessThan(CONVERGED);
      dispose(parameters);
    });

    it('is measured by sampling within its errors', async () => {
      const { hamiltonian, energy, amplitudes, table, parameters } = groundState(signRule);
      const options = { rng: seededRng('observables'), samples: 2048, chains: 256, region: [0, 1, 2] };
      const found = await measureState(hamiltonian, table, parameters, options);
      const all = await measureState(hamiltonian, table, parameters, {
        ...options,
        samples: 'all',
        chains: undefined,
      });
      expect(Math.abs(found.energy.mean * SITES - energy)).toBeLessThan(CONVERGED);
      const exact = correlationsByDistance(lattice, exactCorrelations(hamiltonian, basis, amplitudes));
      for (const [k, { value, standardError }] of found.byDistance.entries())
        expect(Math.abs(value - exact[k].value)).toBeLessThanOrEqual(MOST_ERRORS * standardError + CONVERGED);
      const entropies = Math.abs(found.renyiEntropy.value - all.renyiEntropy.value);
      expect(entropies).toBeLessThan(MOST_ERRORS * found.renyiEntropy.standardError);
      dispose(parameters);
    });
  },
);

describe('fidelity', () => {
  it('is sampled within its error', () => {
    const wave = amplitudeTable(basis.spins(), SITES);
    const rng = seededRng('sampled fidelity');
    const caches = [0, 1].map(() => {
      const evaluator = amplitudeEvaluator(wave, wave.init(rng, 'float64'));
      return new AmplitudeCache(evaluator, SITES);
    });
    const sums = caches.map((cache) => ({ amplitudes: cache, samples: fullSum(cache, basis.spins()) }));
    const pairs = movePairs(SITES, lattice.bonds);
    const drawn = caches.map((cache, k) => {
      const chains = SpinChains.start(pairs, 1000, SITES / 2, seededRng(k));
      return { amplitudes: cache, samples: drawSpins(chains, cache, { burnIn: 5, draws: 4 }) };
    });
    const [exact, sampled] = [fidelity(sums[0], sums[1]), fidelity(drawn[0], drawn[1])];
    expect(sampled.standardError).toBeGreaterThan(0);
    expect(Math.abs(sampled.mean - exact.mean)).toBeLessThan(MOST_ERRORS * sampled.standardError);
  });

  it('is 1 with itself, and |⟨ψ|φ⟩|² with another state', () => {
    const rng = seededRng('fidelity');
    const table = amplitudeTable(basis.spins(), SITES);
    const random = () => ({
      real: Float64Array.from({ length: basis.dimension }, () => rng.normal()),
      imaginary: Float64Array.from({ length: basis.dimension }, () => rng.normal()),
    });
    const [a, b] = [random(), random()];
    const compared = [a, b].map((amplitudes) => {
      const evaluator = amplitudeEvaluator(table, table.fromAmplitudes(amplitudes));
      const cache = new AmplitudeCache(evaluator, SITES);
      return { amplitudes: cache, samples: fullSum(cache, basis.spins()) };
    });
    let [real, imaginary, normA, normB] = [0, 0, 0, 0];
    for (let k = 0; k < basis.dimension; k++) {
      real += a.real[k] * b.real[k] + a.imaginary[k] * b.imaginary[k];
      imaginary += a.real[k] * b.imaginary[k] - a.imaginary[k] * b.real[k];
      normA += a.real[k] ** 2 + a.imaginary[k] ** 2;
      normB += b.real[k] ** 2 + b.imaginary[k] ** 2;
    }
    expect(fidelity(compared[0], compared[0]).mean).toBeCloseTo(1, 12);
    const expected = (real ** 2 + imaginary ** 2) / (normA * normB);
    expect(fidelity(compared[0], compared[1]).mean).toBeCloseTo(expected, 10);
  });
});
