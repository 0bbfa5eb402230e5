import { describe, expect, it } from 'vitest';
import { diagonalize } from '../../src/exact/diagonalize.ts';
import {
  correlationsByDistance,
  exactCorrelations,
  exactMarshallSign,
} from '../../src/exact/exact-observables.ts';
import { chain } from '../../src/lattices/chain.ts';
import { square } from '../../src/lattices/square.ts';
import { j1j2 } from '../../src/spin-hamiltonian-models.ts';

/** Decimals to which the tabled energies per site and signs are given. */
const ENERGY_DIGITS = 10;
const SIGN_DIGITS = 9;
const CORRELATION_DIGITS = 8;

// 4x4, periodic: Lanczos in the whole S^z = 0 space by an independent program, residuals below 7e-13; the energies
// agree with VarBench's exact ones at J2 = 0, 0.2, 0.4, 0.5, 0.6, 0.8, 1 to all digits printed there.
const SQUARE: [j2: number, energyPerSite: number, marshallSign: number][] = [
  [0, -0.70178020052678, 1],
  [0.2, -0.61987394152991, 1],
  [0.4, -0.55114777270066, 0.9991281554],
  [0.5, -0.52862020946218, 0.9745380646],
  [0.55, -0.52359456763959, 0.9233315863],
  [0.6, -0.52589582201502, 0.7955724433],
  [0.8, -0.62733510399227, 0.1236635892],
  [1, -0.76846813850641, 0.0642147054],
];

// Periodic chains, the same program; J2 = 0.5 is the Majumdar-Ghosh point, −3/8 exactly.
const CHAINS: [sites: number, j2: number, energyPerSite: number][] = [
  [8, 0, -0.45638667611715],
  [8, 0.2411, -0.41162924819251],
  [8, 0.5, -0.375],
  [10, 0, -0.4515446354492],
  [10, 0.2411, -0.4081331305602],
  [10, 0.5, -0.375],
  [12, 0, -0.44894924312043],
  [12, 0.2411, -0.40623965567427],
  [12, 0.5, -0.375],
  [14, 0, -0.44739639525336],
  [14, 0.2411, -0.40510029070348],
  [14, 0.5, -0.375],
  [16, 0, -0.44639352253854],
  [16, 0.2411, -0.40436182310487],
  [16, 0.5, -0.375],
];

describe('4x4 J1-J2', () => {
  it.each(SQUARE)('J2 = %f: energy and Marshall sign', (j2, energyPerSite, marshallSign) => {
    const h = j1j2(square(4), { j2 });
    const spectrum = diagonalize(h);
    expect(spectrum.dimension).toBe(12_870);
    expect(spectrum.energiesPerSite[0]).toBeCloseTo(energyPerSite, ENERGY_DIGITS);
    const sign = exactMarshallSign(h, spectrum.basis, spectrum.amplitudes());
    expect(sign).toBeCloseTo(marshallSign, SIGN_DIGITS);
  });

  it('J2 = 0.5: correlations by distance', () => {
    const h = j1j2(square(4), { j2: 0.5 });
    const { basis, amplitudes } = diagonalize(h);
    const table = correlationsByDistance(h.lattice, exactCorrelations(h, basis, amplitudes()));
    const at = (x: number, y: number) => table.find(({ dx, dy }) => dx === x && dy === y)!.value;
    expect(at(1, 0)).toBeCloseTo(-0.30265914, CORRELATION_DIGITS);
    expect(at(1, 1)).toBeCloseTo(0.07669806, CORRELATION_DIGITS);
    expect(at(2, 0)).toBeCloseTo(0.11813196, CORRELATION_DIGITS);
    expect(at(2, 1)).toBeCloseTo(-0.01764565, CORRELATION_DIGITS);
    expect(at(2, 2)).toBeCloseTo(-0.01183701, CORRELATION_DIGITS);
  });
});

describe('J1-J2 chains', () => {
  it.each(CHAINS)('%i sites, J2 = %f', (sites, j2, energyPerSite) => {
    const { energiesPerSite } = diagonalize(j1j2(chain(sites), { j2 }));
    expect(energiesPerSite[0]).toBeCloseTo(energyPerSite, ENERGY_DIGITS);
  });

  // VarBench: −35.61754611950579 / 80 at J2 = 0.
  it.each([
    [0, -0.44521932649381],
    [0.2411, -0.40349447106989],
    [0.5, -0.375],
  ])('20 sites, J2 = %f, in the sector of the ground state', (j2, energyPerSite) => {
    const h = j1j2(chain(20), { j2 });
    const { energiesPerSite, dimension } = diagonalize(h, {
      momentum: 0,
      spinFlip: 1,
      pointGroup: 'symmetric',
    });
    expect(dimension).toBeLessThan(184_756 / 70);
    expect(energiesPerSite[0]).toBeCloseTo(energyPerSite, ENERGY_DIGITS);
  });
});
