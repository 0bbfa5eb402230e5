import type { SpinBasis } from './basis.ts';
import type { SectorGroup, SectorSymmetry } from './sector.ts';

/** Orbits of configurations under a symmetry group. */
export interface Orbits {
  /** Number of orbits on which the characters do not cancel: the dimension of the sector. */
  readonly dimension: number;
  /** The smallest configuration of each, ascending. */
  readonly states: Uint32Array;
  /** √(number of configurations) of each. */
  readonly roots: Float64Array;
  /**
   * For every configuration of the basis: 0 where the characters of its orbit cancel, else the number of the orbit + 1,
   * with the sign of its amplitude relative to the smallest configuration's where characters are real.
   */
  readonly codes: Int32Array;
  /** Where they are not: phases of the amplitudes relative to the smallest configuration's, in units of 2π / turns. */
  readonly phases?: Uint16Array;
  readonly turns: number;
}

/**
 * Walks every orbit once, from its smallest configuration.
 * @complexity one permutation of bits for each configuration and each element of its stabiliser.
 */
export function orbitsOf(basis: SpinBasis, { elements, turns, isReal }: SectorGroup): Orbits {
  const codes = new Int32Array(basis.dimension);
  const visited = new Uint8Array(basis.dimension);
  const phases = isReal ? undefined : new Uint16Array(basis.dimension);
  const permute = elements.map((symmetry) => bitPermutation(basis.sites, symmetry));
  const cosines = elements.map(({ phase }) => Math.cos((2 * Math.PI * phase) / turns));
  const states: number[] = [];
  const lengths: number[] = [];
  const members = new Uint32Array(elements.length);
  for (let k = 0; k < basis.dimension; k++) {
    if (visited[k]) continue;
    const state = basis.states[k];
    let weight = 0;
    for (let g = 0; g < permute.length; g++) {
      const image = permute[g](state);
      if (image === state) weight += cosines[g];
      members[g] = basis.indexOf(image);
      visited[members[g]] = 1;
    }
    if (weight < 0.5) continue;
    states.push(state);
    lengths.push(elements.length / Math.round(weight));
    for (let g = 0; g < permute.length; g++) {
      codes[members[g]] = isReal && elements[g].phase !== 0 ? -states.length : states.length;
      if (phases) phases[members[g]] = elements[g].phase;
    }
  }
  return {
    dimension: states.length,
    states: Uint32Array.from(states),
    roots: Float64Array.from(lengths, Math.sqrt),
    codes,
    ...(phases && { phases }),
    turns,
  };
}

/** Moves bits by tables of eight at a time. */
function bitPermutation(sites: number, { permutation, flip }: SectorSymmetry): (state: number) => number {
  const tables = [0, 8, 16, 24].map((offset) => {
    const table = new Uint32Array(256);
    permutation.forEach((from, to) => {
      if (from < offset || from >= offset + 8) return;
      for (let word = 0; word < 256; word++) if ((word >> (from - offset)) & 1) table[word] += 2 ** to;
    });
    return table;
  });
  const [a, b, c, d] = tables;
  const all = 2 ** sites - 1;
  return (state) => {
    const moved = a[state & 255] + b[(state >>> 8) & 255] + c[(state >>> 16) & 255] + d[state >>> 24];
    return flip ? all - moved : moved;
  };
}

/** Cosine and sine of every phase, [turns, 2]. */
export function phaseTable(turns: number): Float64Array {
  return Float64Array.from({ length: 2 * turns }, (_, k) => {
    const angle = (2 * Math.PI * (k >> 1)) / turns;
    return k % 2 === 0 ? Math.cos(angle) : Math.sin(angle);
  });
}

/**
 * Real amplitudes on the whole basis, of unit norm, from those on orbits. Of a state with complex characters (re, im)
 * this is √2 times the real part: the sum of the states of momentum k and −k, which have one energy.
 */
export function unfold(orbits: Orbits, amplitudes: Float64Array): Float64Array {
  const { codes, roots, phases, turns } = orbits;
  const table = phaseTable(turns);
  return Float64Array.from(codes, (code, k) => {
    if (code === 0) return 0;
    const orbit = Math.abs(code) - 1;
    if (!phases) return (Math.sign(code) * amplitudes[orbit]) / roots[orbit];
    const [cosine, sine] = [table[2 * phases[k]], table[2 * phases[k] + 1]];
    return (Math.SQRT2 * (cosine * amplitudes[2 * orbit] - sine * amplitudes[2 * orbit + 1])) / roots[orbit];
  });
}
