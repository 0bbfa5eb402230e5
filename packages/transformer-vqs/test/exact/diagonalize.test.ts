import { symmetricEigen } from '@spinformer/tensor';
import { sharedRuntime, WasmRuntime } from '@spinformer/tensor/wasm';
import { describe, expect, it } from 'vitest';
import { basisStates } from '../../src/exact/basis.ts';
import { diagonalize, diagonalizeTicks } from '../../src/exact/diagonalize.ts';
import { exactMemory } from '../../src/exact/exact-memory.ts';
import { exactCorrelations, structureFactor } from '../../src/exact/exact-observables.ts';
import type { SectorOptions } from '../../src/exact/sector.ts';
import { chain } from '../../src/lattices/chain.ts';
import { shastrySutherland } from '../../src/lattices/shastry-sutherland.ts';
import { square } from '../../src/lattices/square.ts';
import { triangular } from '../../src/lattices/triangular.ts';
import type { SpinHamiltonian } from '../../src/spin-hamiltonian.ts';
import { connected } from '../../src/spin-hamiltonian-connected.ts';
import { heisenberg, j1j2, xxz } from '../../src/spin-hamiltonian-models.ts';

/** Energies are right to rounding of the norm, a few units. */
const DIGITS = 11;

/** All eigenvalues of a sector from its whole matrix. */
function denseSpectrum(h: SpinHamiltonian, up?: number): Float64Array {
  const basis = basisStates(h.lattice.sites, up);
  const n = basis.dimension;
  const matrix = new Float64Array(n * n);
  for (let k = 0; k < n; k++) {
    const { configurations, elements } = connected(h, basis.spins(k, 1));
    elements.forEach((element, c) => {
      let state = 0;
      for (let r = 0; r < basis.sites; r++) if (configurations[c * basis.sites + r] > 0) state += 2 ** r;
      matrix[basis.indexOf(state) * n + k] += element;
    });
  }
  return symmetricEigen(matrix, n).values;
}

/** Every sector of momentum and spin flip of a chain of eight. */
const SECTORS: SectorOptions[] = [0, 1, 2, 3, 4, 5, 6, 7].flatMap((momentum) =>
  ([1, -1] as const).map((spinFlip) => ({ momentum, spinFlip })),
);

describe('diagonalize', () => {
  it.each([
    ['a J1-J2 chain', j1j2(chain(8), { j2: 0.3 }), 4],
    ['an XXZ chain', xxz(chain(9), { anisotropy: 0.4, coupling: -1.5 }), 3],
    ['a triangular lattice', heisenberg(triangular(3)), 5],
    ['a turned square lattice', j1j2(square([3, 4]), { j2: 0.7, signRule: 'stripe' }), 2],
  ])('gives the spectrum of %s', (_title, h, up) => {
    const totalSz = up - h.lattice.sites / 2;
    const { energies, residuals } = diagonalize(h, { totalSz, states: 6 });
    const expected = denseSpectrum(h, up);
    energies.forEach((energy, k) => {
      expect(energy).toBeCloseTo(expected[k], DIGITS);
    });
    expect(Math.max(...residuals)).toBeLessThan(1e-9);
  });

  it('splits the S^z = 0 spectrum into sectors without losing or inventing a level', () => {
    const h = j1j2(chain(8), { j2: 0.3 });
    const levels: number[] = [];
    for (const sector of SECTORS) {
      const { dimension } = diagonalize(h, sector);
      levels.push(...diagonalize(h, { ...sector, states: dimension }).energies);
    }
    const expected = denseSpectrum(h);
    expect(levels).toHaveLength(expected.length);
    levels
      .sort((a, b) => a - b)
      .forEach((level, k) => {
        expect(level).toBeCloseTo(expected[k], 9);
      });
  });

  it('unfolds a complex momentum to a real eigenvector, standing waves of k and −k', () => {
    const h = j1j2(square([4, 6], { neighbours: 1 }), { j2: 0, signRule: 'marshall' });
    const { basis, energies, amplitudes } = diagonalize(h, { momentum: [1, 2], totalSz: 9 });
    const psi = amplitudes();
    expect(psi.reduce((sum, x) => sum + x * x, 0)).toBeCloseTo(1, 12);
    for (let k = 0; k < basis.dimension; k += 97) {
      const { configurations, elements } = connected(h, basis.spins(k, 1));
      let product = 0;
      elements.forEach((element, c) => {
        let state = 0;
        for (let r = 0; r < 24; r++) if (configurations[c * 24 + r] > 0) state += 2 ** r;
        product += element * psi[basis.indexOf(state)];
      });
      expect(product).toBeCloseTo(energies[0] * psi[k], 9);
    }
  });

  it('gives one magnon over the polarised state its energy, J(cos k − 1)', () => {
    const h = heisenberg(chain(12), { coupling: 1 });
    for (const k of [0, 1, 5, 6, 11]) {
      const { energies, dimension } = diagonalize(h, { momentum: k, totalSz: 5 });
      expect(dimension).toBe(1);
      expect(energies[0]).toBeCloseTo(12 / 4 + Math.cos((2 * Math.PI * k) / 12) - 1, 12);
    }
  });

  it('puts the ground state of chains of 4m + 2 sites at momentum π, odd under spin flip', () => {
    const h = heisenberg(chain(10));
    const ground = diagonalize(h).energies[0];
    const sector = diagonalize(h, { momentum: 5, spinFlip: -1 });
    expect(sector.energies[0]).toBeCloseTo(ground, DIGITS);
    expect(diagonalize(h, { momentum: 0 }).energies[0]).toBeGreaterThan(ground + 0.1);
  });

  it('unfolds a sector to an eigenvector of the whole space, in the frame of the sign rule', () => {
    for (const signRule of ['none', 'marshall', 'stripe'] as const) {
      const h = j1j2(square(4), { j2: 0.5, signRule });
      const spectrum = diagonalize(h, { momentum: [0, 0], pointGroup: 'symmetric', spinFlip: 1 });
      expect(spectrum.dimension).toBe(107);
      const { basis } = spectrum;
      const psi = spectrum.amplitudes();
      expect(psi.reduce((sum, x) => sum + x * x, 0)).toBeCloseTo(1, 12);
      for (const k of [0, 1, 77, 6000, 12869]) {
        const { configurations, elements } = connected(h, basis.spins(k, 1));
        let product = 0;
        elements.forEach((element, c) => {
          let state = 0;
          for (let r = 0; r < 16; r++) if (configurations[c * 16 + r] > 0) state += 2 ** r;
          product += element * psi[basis.indexOf(state)];
        });
        expect(product).toBeCloseTo(spectrum.energies[0] * psi[k], 9);
      }
    }
  });

  it('finds the dimer product of the Shastry-Sutherland lattice, −3 J′/8 per site', () => {
    const h = j1j2(shastrySutherland(4), { j1: 0.5, j2: 1 });
    expect(diagonalize(h).energiesPerSite[0]).toBeCloseTo(-0.375, DIGITS);
  });

  it('finds both Majumdar-Ghosh states, one at momentum 0 and one at π', () => {
    const h = j1j2(chain(12), { j2: 0.5 });
    const { energiesPerSite } = diagonalize(h, { states: 3 });
    expect(energiesPerSite[1]).toBeCloseTo(-0.375, DIGITS);
    expect(energiesPerSite[2]).toBeGreaterThan(-0.374);
    for (const momentum of [0, 6])
      expect(diagonalize(h, { momentum }).energiesPerSite[0]).toBeCloseTo(-0.375, DIGITS);
  });

  it('does not depend on the number of threads', () => {
    const h = j1j2(chain(14), { j2: 0.4 });
    const [one, three] = [1, 3].map((threads) => {
      const runtime = new WasmRuntime({ threads });
      const { energies } = diagonalize(h, { runtime });
      runtime.stop();
      return energies;
    });
    expect(one).toEqual(three);
  });

  it('leaves no memory behind, not even when it is stopped', async () => {
    const h = j1j2(chain(10), { j2: 0.4 });
    diagonalize(h);
    const before = sharedRuntime().bytesInUse;
    const { basis, amplitudes } = diagonalize(h, { momentum: 1 });
    exactCorrelations(h, basis, amplitudes());
    for await (const tick of diagonalizeTicks(h)) if (tick.step > 0) break;
    expect(sharedRuntime().bytesInUse).toBe(before);
  });

  it('reports progress, and stops on request', async () => {
    const h = j1j2(chain(12), { j2: 0.4 });
    const control = new AbortController();
    const statuses: string[] = [];
    let energy = Number.NaN;
    for await (const tick of diagonalizeTicks(h)) energy = tick.spectrum?.energies[0] ?? energy;
    expect(energy).toBe(diagonalize(h).energies[0]);
    control.abort();
    for await (const { status } of diagonalizeTicks(h, { signal: control.signal })) statuses.push(status);
    expect(statuses).toEqual(['aborted']);
  });
});

describe('exact observables', () => {
  it('sum rules: energy from nearest-neighbour correlations, S(S + 1) = 0, Σ S(k) = 3/4 per site', () => {
    const h = heisenberg(square(4), { signRule: 'marshall' });
    const spectrum = diagonalize(h);
    const c = exactCorrelations(h, spectrum.basis, spectrum.amplitudes());
    const fromBonds = h.bonds.reduce((sum, { i, j }) => sum + c[i * 16 + j], 0);
    expect(fromBonds).toBeCloseTo(spectrum.energies[0], 10);
    expect(c.reduce((sum, x) => sum + x, 0)).toBeCloseTo(0, 9);
    const factor = structureFactor(h.lattice, c);
    expect(factor.reduce((sum, { value }) => sum + value, 0)).toBeCloseTo(0.75 * 16, 10);
    expect(factor[0].value).toBeCloseTo(0, 9);
    const peak = factor.reduce((best, point) => (point.value > best.value ? point : best));
    expect([peak.kx, peak.ky]).toEqual([2, 2]);
  });
});

describe('refuses', () => {
  it('a 6x6 sector, naming the memory that it would need', () => {
    const h = j1j2(square(6), { j2: 0.5 });
    expect(() => diagonalize(h)).toThrow(
      /9,075,135,300 configurations .* would need .* GiB of memory and may use 2\.00 GiB/,
    );
    expect(exactMemory(h).bytes).toBeGreaterThan(9e11);
  });

  it.each<[string, SectorOptions, RegExp]>([
    [
      'S^z = ½ on an even chain',
      { totalSz: 0.5 },
      /cannot have S\^z = 0\.5\. Use a whole number from -4 to 4/,
    ],
    ['half a momentum', { momentum: 0.5 }, /expected 1 whole numbers for chain 8, got 0\.5/],
    ['two components on a chain', { momentum: [0, 0] }, /expected 1 whole numbers/],
    ['a parity away from S^z = 0', { totalSz: 1, spinFlip: 1 }, /only the sector S\^z = 0 has a parity/],
  ])('%s', (_title, options, message) => {
    expect(() => diagonalize(j1j2(chain(8), { j2: 0.5 }), options)).toThrow(message);
  });

  it('symmetries that the model does not have', () => {
    const open = heisenberg(chain(6, { periodic: false }));
    expect(() => diagonalize(open, { momentum: 0 })).toThrow('has no translations');
    const uneven = { ...heisenberg(chain(6)) };
    const bonds = uneven.bonds.map((bond, k) => (k === 0 ? { ...bond, ising: 2 } : bond));
    expect(() => diagonalize({ ...uneven, bonds }, { momentum: 0 })).toThrow('does not have this symmetry');
    expect(() => diagonalize(heisenberg(square(4)), { momentum: [0, 2], pointGroup: 'symmetric' })).toThrow(
      'does not leave this momentum',
    );
  });
});
