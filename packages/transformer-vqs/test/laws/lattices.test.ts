import { describe, expect, it } from 'vitest';
import type { Lattice } from '../../src/lattice.ts';
import { chain } from '../../src/lattices/chain.ts';
import { customLattice } from '../../src/lattices/custom-lattice.ts';
import { shastrySutherland } from '../../src/lattices/shastry-sutherland.ts';
import { square } from '../../src/lattices/square.ts';
import { isAutomorphism } from '../../src/lattices/symmetry.ts';
import { triangular } from '../../src/lattices/triangular.ts';

/** Bonds of each kind at one site, translations, order of the point group. */
const EXPECTED: [Lattice, number[], number, number][] = [
  [chain(8), [2, 2], 8, 2],
  [chain(5), [2, 2], 5, 2],
  [square(4), [4, 4], 16, 8],
  [square([4, 6]), [4, 4], 24, 4],
  [square(3), [4, 4], 9, 8],
  [triangular(4), [6], 16, 12],
  [triangular([4, 6]), [6], 24, 2],
  [triangular(6, { neighbours: 2 }), [6, 6], 36, 12],
  [shastrySutherland(4), [4, 1], 4, 4],
  [shastrySutherland(6), [4, 1], 9, 4],
];

const text = (g: ArrayLike<number>) => Array.from(g).join();

describe.each(EXPECTED)('$name', (lattice, coordination, translations, pointGroup) => {
  it('gives every site its bonds of each kind', () => {
    coordination.forEach((expected, kind) => {
      const count = new Array(lattice.sites).fill(0);
      for (const bond of lattice.bonds.filter((b) => b.kind === kind)) {
        count[bond.i]++;
        count[bond.j]++;
      }
      expect(new Set(count)).toEqual(new Set([expected]));
    });
  });

  it('has the translations and the point group that it should have, all of them automorphisms', () => {
    expect(new Set(lattice.translations.map(text)).size).toBe(translations);
    expect(new Set(lattice.pointGroup.map(text)).size).toBe(pointGroup);
    for (const group of [lattice.translations, lattice.pointGroup]) {
      expect(group[0].every((to, r) => to === r)).toBe(true);
      expect(group.every((g) => isAutomorphism(g, lattice.sites, lattice.bonds))).toBe(true);
    }
  });

  it('has closed groups', () => {
    for (const group of [lattice.translations, lattice.pointGroup]) {
      const all = new Set(group.map(text));
      for (const g of group) for (const f of group) expect(all.has(text(g.map((r) => f[r])))).toBe(true);
    }
  });
});

describe('open lattices', () => {
  it('lose the bonds across the edge and the translations', () => {
    const lattice = square([2, 3], { periodic: false });
    expect(lattice.bonds.filter(({ kind }) => kind === 0)).toHaveLength(7);
    expect(lattice.bonds.filter(({ kind }) => kind === 1)).toHaveLength(4);
    expect(lattice.translations).toHaveLength(1);
    expect(lattice.pointGroup).toHaveLength(4);
    expect(chain(2, { periodic: false }).bonds).toHaveLength(1);
  });
});

describe('sublattices', () => {
  it('exist where nearest neighbours are bipartite', () => {
    expect(Array.from(square(4).sublattice!.subarray(0, 8))).toEqual([0, 1, 0, 1, 1, 0, 1, 0]);
    expect(chain(6).sublattice).toBeDefined();
    expect(shastrySutherland(4).sublattice).toBeDefined();
    for (const lattice of [chain(5), square(3), triangular(4)]) expect(lattice.sublattice).toBeUndefined();
  });
});

describe('customLattice', () => {
  it('takes bonds and checks the symmetries that come with them', () => {
    const bonds = chain(6, { neighbours: 1 }).bonds;
    const lattice = customLattice(bonds, { translations: chain(6).translations });
    expect(lattice.sites).toBe(6);
    expect(lattice.translations).toHaveLength(6);
    const identity = Int32Array.from([0, 1, 2]);
    const path = [
      { i: 0, j: 1, kind: 0 },
      { i: 1, j: 2, kind: 0 },
    ];
    expect(() => customLattice(path, { pointGroup: [identity, Int32Array.from([1, 0, 2])] })).toThrow(
      'pointGroup[1] does not map the bonds',
    );
  });
});
