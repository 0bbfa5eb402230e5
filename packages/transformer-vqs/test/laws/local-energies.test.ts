import { seededRng } from '@spinformer/numerics';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  AmplitudeCache,
  basisStates,
  chain,
  connected,
  j1j2,
  localEnergies,
  square,
} from '../../src/index.ts';
import { PackedGroup } from '../../src/local-energy/packed-group.ts';
import { randomSpins } from '../helpers/random-spins.ts';
import { tableEvaluator } from '../helpers/table-evaluator.ts';
import { largestDifference } from '../helpers/vectors.ts';

/** Sums of a few dozen ratios of order one in float64. */
const ROUNDING = 1e-12;

const logTable = (dimension: number, seed: string) => {
  const rng = seededRng(seed);
  return Float64Array.from({ length: dimension }, () => rng.normal());
};

describe('localEnergies', () => {
  it('are Σ ⟨σ|H|σ′⟩ ψ(σ′)/ψ(σ) over the connected configurations, with and without sign rule', () => {
    const lattice = chain(10);
    const basis = basisStates(10);
    const evaluator = tableEvaluator(
      10,
      logTable(basis.dimension, 'real'),
      logTable(basis.dimension, 'phase'),
    );
    for (const signRule of ['none', 'marshall'] as const) {
      const hamiltonian = j1j2(lattice, { j2: 0.4, signRule });
      const spins = randomSpins(seededRng(4), 30, 10);
      const found = localEnergies(hamiltonian, evaluator, spins);
      for (let s = 0; s < 30; s++) {
        const row = spins.slice(10 * s, 10 * s + 10);
        const { configurations, elements } = connected(hamiltonian, row);
        const here = evaluator.logAmplitudes(row);
        const there = evaluator.logAmplitudes(configurations);
        let [real, imaginary] = [0, 0];
        elements.forEach((element, k) => {
          const size = element * Math.exp(there.real[k] - here.real[0]);
          real += size * Math.cos(there.imaginary[k] - here.imaginary[0]);
          imaginary += size * Math.sin(there.imaginary[k] - here.imaginary[0]);
        });
        expect(Math.abs(found.real[s] - real)).toBeLessThan(ROUNDING * 100);
        expect(Math.abs(found.imaginary[s] - imaginary)).toBeLessThan(ROUNDING * 100);
      }
    }
  });

  it('do not depend on how much a cache may remember', () => {
    const lattice = square(4);
    const evaluator = tableEvaluator(16, logTable(12870, 'cache'));
    const hamiltonian = j1j2(lattice, { j2: 0.5 });
    const spins = basisStates(16).spins(0, 3000);
    const small = new AmplitudeCache(evaluator, 16, { maximumBytes: 1 });
    const large = new AmplitudeCache(evaluator, 16);
    const [a, b] = [localEnergies(hamiltonian, small, spins), localEnergies(hamiltonian, large, spins)];
    expect(largestDifference(a.real, b.real)).toBe(0);
    expect(large.evaluations).toBeLessThanOrEqual(12870);
    expect(small.size).toBeLessThanOrEqual(small.maximumEntries);
  });
});

describe('PackedGroup', () => {
  const lattice = square(6);
  const group = new PackedGroup(36, lattice.translations);

  it('gives all configurations of an orbit one representative, also after flips', () => {
    const sizes = fc.record({
      seed: fc.nat(),
      g: fc.nat({ max: 35 }),
      i: fc.nat({ max: 35 }),
      j: fc.nat({ max: 35 }),
    });
    const law = ({ seed, g, i, j }: { seed: number; g: number; i: number; j: number }) => {
      const spins = randomSpins(seededRng(seed), 1, 36);
      const image = spins.map((_, r) => spins[lattice.translations[g][r]]);
      expect(representative(group, image)).toEqual(representative(group, spins));
      fc.pre(i !== j);
      const [packed, images, smallest] = buffers(group);
      group.pack(spins, 0, packed);
      group.images(packed, images);
      group.smallestAfterFlips(images, i, j, smallest);
      spins[i] = -spins[i];
      spins[j] = -spins[j];
      expect(smallest).toEqual(representative(group, spins));
    };
    fc.assert(fc.property(sizes, law), { seed: 1, numRuns: 200 });
  });

  it('unpacks what it packed', () => {
    const spins = randomSpins(seededRng(9), 3, 36);
    const back = new Int8Array(spins.length);
    const [packed] = buffers(group);
    for (let s = 0; s < 3; s++) {
      group.pack(spins, s, packed);
      group.unpack(packed, 0, back, s);
    }
    expect(back).toEqual(spins);
  });
});

function buffers({ words, order }: PackedGroup): [Int32Array, Int32Array, Int32Array] {
  return [new Int32Array(words), new Int32Array(words * order), new Int32Array(words)];
}

function representative(group: PackedGroup, spins: Int8Array): Int32Array {
  const [packed, images, smallest] = buffers(group);
  group.pack(spins, 0, packed);
  group.images(packed, images);
  group.smallest(images, smallest);
  return smallest;
}
