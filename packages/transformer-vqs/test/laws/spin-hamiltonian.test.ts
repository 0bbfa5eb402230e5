import { describe, expect, it } from 'vitest';
import { basisStates } from '../../src/exact/basis.ts';
import { chain } from '../../src/lattices/chain.ts';
import { square } from '../../src/lattices/square.ts';
import type { SpinHamiltonian } from '../../src/spin-hamiltonian.ts';
import { connected } from '../../src/spin-hamiltonian-connected.ts';
import { j1j2, xxz } from '../../src/spin-hamiltonian-models.ts';

/** The whole matrix of a sector, from rows of `connected`. */
function matrix(h: SpinHamiltonian, up?: number): { values: Float64Array; n: number } {
  const basis = basisStates(h.lattice.sites, up);
  const n = basis.dimension;
  const values = new Float64Array(n * n);
  for (let k = 0; k < n; k++) {
    const { configurations, elements } = connected(h, basis.spins(k, 1));
    elements.forEach((element, c) => {
      const row = configurations.subarray(c * basis.sites, (c + 1) * basis.sites);
      let state = 0;
      row.forEach((spin, r) => {
        if (spin > 0) state += 2 ** r;
      });
      values[basis.indexOf(state) * n + k] += element;
    });
  }
  return { values, n };
}

describe('connected', () => {
  it('gives a symmetric matrix', () => {
    const { values, n } = matrix(j1j2(chain(8), { j2: 0.3, signRule: 'stripe', anisotropy: 0.7 }));
    for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) expect(values[i * n + j]).toBe(values[j * n + i]);
  });

  it('gives the fully polarised state its energy, N·J/2 on a square lattice with one of each bond', () => {
    const h = j1j2(square(4), { j2: 0.5 });
    const { elements } = connected(h, new Int8Array(16).fill(1));
    expect(Array.from(elements)).toEqual([(32 * 1.5) / 4]);
  });

  it('gives the uniform state of every sector the same energy: it belongs to the largest spin', () => {
    const h = j1j2(chain(6), { j2: 0.25 });
    for (const up of [0, 1, 2, 3]) {
      const { values, n } = matrix(h, up);
      for (let i = 0; i < n; i++) {
        const row = values.subarray(i * n, (i + 1) * n).reduce((sum, x) => sum + x, 0);
        expect(row).toBeCloseTo((6 * 1.25) / 4, 12);
      }
    }
  });
});

describe('sign rules', () => {
  it('are diagonal unitary transformations', () => {
    const basis = basisStates(8);
    const plain = matrix(j1j2(chain(8), { j2: 0.3 }));
    for (const signRule of ['marshall', 'stripe', Int8Array.from([1, 0, 0, 1, 1, 0, 1, 0])] as const) {
      const h = j1j2(chain(8), { j2: 0.3, signRule });
      const rotated = matrix(h);
      const sign = Array.from(basis.states, (state) =>
        h.rotated!.reduce((s, turned, r) => (turned && (state >>> r) & 1 ? -s : s), 1),
      );
      for (let i = 0; i < plain.n; i++)
        for (let j = 0; j < plain.n; j++)
          expect(rotated.values[i * plain.n + j] + 0).toBe(
            sign[i] * sign[j] * plain.values[i * plain.n + j] + 0,
          );
    }
  });

  it('make every off-diagonal element of an unfrustrated model negative', () => {
    const { values, n } = matrix(
      xxz(square([2, 4], { periodic: false }), { anisotropy: 0.5, signRule: 'marshall' }),
    );
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++) if (i !== j) expect(values[i * n + j]).toBeLessThanOrEqual(0);
  });
});
