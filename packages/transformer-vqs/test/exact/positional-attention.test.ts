// What attention by positions can do, and what attention by content alone cannot.
import { seededRng } from '@spinformer/numerics';
import { useBackend, wasm } from '@spinformer/tensor';
import { describe, expect, it } from 'vitest';
import {
  ATTENTION_KINDS,
  allSpins,
  amplitudeEvaluator,
  chain,
  type Dimer,
  dimerState,
  fullSum,
  j1j2,
  type Lattice,
  localEnergies,
  type SpinHamiltonian,
  shastrySutherland,
  spinModel,
  square,
  transformerState,
} from '../../src/index.ts';
import { randomSpins } from '../helpers/random-spins.ts';

/** Layer norms with a large constant are linear up to sites²·1e-12. */
const CONSTRUCTION = 1e-8;
/** Float64. */
const ROUNDING = 1e-11;

useBackend(await wasm());

/** Energy per site and variance of a dimer product over the whole sector. */
function fullEnergy(hamiltonian: SpinHamiltonian, dimers: readonly Dimer[]): [number, number] {
  const { lattice } = hamiltonian;
  const { wave, parameters } = dimerState(lattice, dimers);
  const evaluator = amplitudeEvaluator(wave, parameters);
  const { spins, weights = new Float64Array(0) } = fullSum(
    evaluator,
    allSpins(lattice.sites, lattice.sites / 2),
  );
  const energies = localEnergies(hamiltonian, evaluator, spins);
  let [energy, square] = [0, 0];
  weights.forEach((weight, s) => {
    if (weight < 1e-20) return;
    energy += weight * energies.real[s];
    square += weight * (energies.real[s] ** 2 + energies.imaginary[s] ** 2);
  });
  return [energy / lattice.sites, square - energy * energy];
}

describe('dimerState', () => {
  it.each([8, 12])('is the ground state of the Majumdar-Ghosh chain of %i sites', (sites) => {
    const dimers = Array.from({ length: sites / 2 }, (_, k): Dimer => [2 * k + 1, (2 * k + 2) % sites]);
    const [energy, variance] = fullEnergy(j1j2(chain(sites), { j2: 0.5 }), dimers);
    expect(Math.abs(energy + 3 / 8)).toBeLessThan(CONSTRUCTION);
    expect(Math.abs(variance)).toBeLessThan(CONSTRUCTION);
  });

  it('is the ground state of the Shastry-Sutherland lattice where dimers are strong', () => {
    const lattice: Lattice = shastrySutherland(4);
    const strong = lattice.bonds.filter(({ kind }) => kind === 1);
    const [energy] = fullEnergy(
      spinModel(lattice, [0.5, 1]),
      strong.map(({ i, j }): Dimer => [i, j]),
    );
    expect(Math.abs(energy + 3 / 8)).toBeLessThan(CONSTRUCTION);
  });

  it('refuses dimers that do not cover every site once', () => {
    expect(() =>
      dimerState({ shape: [4] }, [
        [0, 1],
        [1, 2],
      ]),
    ).toThrow(/cover each of 4 sites/);
  });
});

describe('attention by content alone', () => {
  const lattice = square(4);
  const wave = transformerState({
    lattice,
    patch: 1,
    width: 8,
    heads: 2,
    attention: 'standard',
    positions: false,
  });
  const evaluator = amplitudeEvaluator(wave, wave.init(seededRng(1), 'float64'));

  it('knows only how many spins are up: every local energy is N(J1 + J2)/2', () => {
    const spins = randomSpins(seededRng(2), 6, 16);
    const { real, imaginary } = localEnergies(j1j2(lattice, { j2: 0.5 }), evaluator, spins);
    for (let s = 0; s < 6; s++) {
      expect(Math.abs(real[s] - 12)).toBeLessThan(ROUNDING * 16);
      expect(Math.abs(imaginary[s])).toBeLessThan(ROUNDING * 16);
    }
  });
});

describe('translations by whole patches', () => {
  it.each(ATTENTION_KINDS.filter((kind) => kind !== 'factored-full'))(
    'leave log ψ as it is: %s',
    (attention) => {
      const wave = transformerState({
        lattice: { shape: [4, 6] },
        width: 8,
        heads: 2,
        attention,
        positions: false,
      });
      const evaluator = amplitudeEvaluator(wave, wave.init(seededRng(1), 'float64'));
      const spins = randomSpins(seededRng(2), 1, 24);
      const { real, imaginary } = evaluator.logAmplitudes(spins);
      expect(wave.invariance).toHaveLength(6);
      for (const g of wave.invariance!) {
        const moved = evaluator.logAmplitudes(Int8Array.from(g, (r) => spins[r]));
        expect(Math.abs(moved.real[0] - real[0])).toBeLessThan(ROUNDING);
        expect(Math.abs(moved.imaginary[0] - imaginary[0])).toBeLessThan(ROUNDING);
      }
    },
  );
});
