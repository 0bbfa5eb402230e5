import type { SpinHamiltonian } from '../spin-hamiltonian.ts';

/** The bonds of a Hamiltonian with each pair of sites once: several bonds on a pair act together. */
export interface ExchangePairs {
  readonly count: number;
  readonly first: Int32Array;
  readonly second: Int32Array;
  /** Sum of the `ising` coefficients of the pair's bonds. */
  readonly ising: Float64Array;
  /** Sum of the `exchange` coefficients of the pair's bonds. */
  readonly exchange: Float64Array;
}

/** Pairs in the order in which they first occur among the bonds. */
export function exchangePairs(hamiltonian: SpinHamiltonian): ExchangePairs {
  const { sites } = hamiltonian.lattice;
  const merged = new Map<number, [ising: number, exchange: number]>();
  for (const { i, j, ising, exchange } of hamiltonian.bonds) {
    const key = Math.min(i, j) * sites + Math.max(i, j);
    const [a, b] = merged.get(key) ?? [0, 0];
    merged.set(key, [a + ising, b + exchange]);
  }
  const keys = [...merged.keys()];
  const sums = [...merged.values()];
  return {
    count: keys.length,
    first: Int32Array.from(keys, (key) => Math.floor(key / sites)),
    second: Int32Array.from(keys, (key) => key % sites),
    ising: Float64Array.from(sums, ([ising]) => ising),
    exchange: Float64Array.from(sums, ([, exchange]) => exchange),
  };
}
