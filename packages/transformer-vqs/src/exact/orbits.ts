import type { SpinBasis } from './basis.ts';
import type { SectorSymmetry } from './sector.ts';

/** Orbits of configurations under a symmetry group with characters ±1. */
export interface Orbits {
  /** Number of orbits on which the characters do not cancel: the dimension of the sector. */
  readonly dimension: number;
  /** The smallest configuration of each, ascending. */
  readonly states: Uint32Array;
  /** √(number of configurations) of each. */
  readonly roots: Float64Array;
  /**
   * For every configuration of the basis: 0 where the characters of its orbit cancel, else ±(number of the orbit + 1),
   * the sign being that of its amplitude relative to the smallest configuration's.
   */
  readonly codes: Int32Array;
}

/**
 * Walks every orbit once, from its smallest configuration.
 * @complexity one permutation of bits for each configuration and each element of its stabiliser.
 */
export function orbitsOf(basis: SpinBasis, symmetries: readonly SectorSymmetry[]): Orbits {
  const codes = new Int32Array(basis.dimension);
  const visited = new Uint8Array(basis.dimension);
  const permute = symmetries.map((symmetry) => bitPermutation(basis.sites, symmetry));
  const states: number[] = [];
  const lengths: number[] = [];
  const members = new Uint32Array(symmetries.length);
  for (let k = 0; k < basis.dimension; k++) {
    if (visited[k]) continue;
    const state = basis.states[k];
    let weight = 0;
    for (let g = 0; g < permute.length; g++) {
      const image = permute[g](state);
      if (image === state) weight += symmetries[g].character;
      members[g] = basis.indexOf(image);
      visited[members[g]] = 1;
    }
    if (weight === 0) continue;
    states.push(state);
    lengths.push(symmetries.length / weight);
    for (let g = 0; g < permute.length; g++) codes[members[g]] = symmetries[g].character * states.length;
  }
  return {
    dimension: states.length,
    states: Uint32Array.from(states),
    roots: Float64Array.from(lengths, Math.sqrt),
    codes,
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

/** Amplitudes on the whole basis, from unit-normalised ones on orbits. */
export function unfold({ codes, roots }: Orbits, amplitudes: Float64Array): Float64Array {
  return Float64Array.from(codes, (code) => {
    const orbit = Math.abs(code) - 1;
    return code === 0 ? 0 : (Math.sign(code) * amplitudes[orbit]) / roots[orbit];
  });
}
