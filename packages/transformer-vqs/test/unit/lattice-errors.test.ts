import { describe, expect, it } from 'vitest';
import { basisStates } from '../../src/exact/basis.ts';
import { chain } from '../../src/lattices/chain.ts';
import { customLattice } from '../../src/lattices/custom-lattice.ts';
import { shastrySutherland } from '../../src/lattices/shastry-sutherland.ts';
import { square } from '../../src/lattices/square.ts';
import { triangular } from '../../src/lattices/triangular.ts';
import { connected } from '../../src/spin-hamiltonian-connected.ts';
import { bondHamiltonian, j1j2, xxz } from '../../src/spin-hamiltonian-models.ts';

const CASES: [string, () => unknown, RegExp][] = [
  ['a 2x2 torus', () => square(2), /square: the bond .* counted twice\. Use more sites .* periodic: false/],
  ['a 2x6 torus', () => square([2, 6]), /counted twice/],
  ['a ring of four with J2', () => chain(4), /chain: the bond 2-0 of kind 1 would be counted twice/],
  ['a ring of two', () => chain(2), /chain: extents must be whole numbers of at least 3, got 2/],
  ['half a site', () => square([4, 2.5]), /got 2\.5/],
  ['a small triangular torus', () => triangular(3, { neighbours: 2 }), /counted twice/],
  ['an odd Shastry-Sutherland lattice', () => shastrySutherland(5), /must be even, got 5x5/],
  ['a 2x2 Shastry-Sutherland torus', () => shastrySutherland(2), /counted twice/],
  [
    'a repeated bond',
    () =>
      customLattice([
        { i: 0, j: 1, kind: 0 },
        { i: 1, j: 0, kind: 0 },
      ]),
    /counted twice/,
  ],
  ['a loop', () => customLattice([{ i: 1, j: 1, kind: 0 }]), /joins site 1 to itself/],
  [
    'a shape that does not fit',
    () => customLattice([{ i: 0, j: 1, kind: 0 }], { shape: [3] }),
    /must hold 2 sites/,
  ],
  [
    'a coupling that is no number',
    () => j1j2(square(4), { j2: Number.NaN }),
    /couplings\[1\] must be a finite number, got NaN/,
  ],
  [
    'an infinite anisotropy',
    () => xxz(chain(6), { anisotropy: Infinity }),
    /anisotropy must be a finite number/,
  ],
  [
    'J2 without bonds',
    () => j1j2(triangular(4), { j2: 0.5 }),
    /has none of kind 1\. Build the lattice with neighbours: 2/,
  ],
  [
    'Marshall on a triangle',
    () => j1j2(triangular(4), { j2: 0, signRule: 'marshall' }),
    /'marshall' needs two sublattices/,
  ],
  [
    'marks of another lattice',
    () => j1j2(chain(6), { j2: 0, signRule: new Int8Array(5) }),
    /one mark for each of 6 sites, got 5/,
  ],
  [
    'a bond outside',
    () => bondHamiltonian(chain(6), [{ i: 0, j: 6, ising: 1, exchange: 1 }]),
    /bonds\[0\] joins 0 and 6/,
  ],
  [
    'a short configuration',
    () => connected(j1j2(chain(6), { j2: 0 }), new Int8Array(5)),
    /one configuration of 6 sites, got 5/,
  ],
  ['an odd half', () => basisStates(5), /An odd number has no sector S\^z = 0: give up/],
  [
    'a basis of a gibibyte',
    () => basisStates(32),
    /have 601,080,390 configurations, more than 268,435,456\. Sum over samples/,
  ],
  ['too many up spins', () => basisStates(4, 5), /Give 0 … 4/],
];

describe('refuses', () => {
  it.each(CASES)('%s', (_name, make, message) => {
    expect(make).toThrow(message);
  });
});
