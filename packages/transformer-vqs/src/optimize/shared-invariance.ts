import { exchangePairs } from '../local-energy/exchange-pairs.ts';
import type { SpinHamiltonian } from '../spin-hamiltonian.ts';

/** The permutations, if the Hamiltonian does not change under any of them; else none: local energies would differ. */
export function sharedInvariance(
  hamiltonian: SpinHamiltonian,
  permutations: readonly Int32Array[] = [],
): readonly Int32Array[] {
  const { count, first, second, ising, exchange } = exchangePairs(hamiltonian);
  const { sites } = hamiltonian.lattice;
  const key = (i: number, j: number) => Math.min(i, j) * sites + Math.max(i, j);
  const terms = new Map<number, number>();
  for (let b = 0; b < count; b++) terms.set(key(first[b], second[b]), b);
  const keeps = (g: Int32Array) => {
    for (let b = 0; b < count; b++) {
      const image = terms.get(key(g[first[b]], g[second[b]]));
      if (image === undefined || ising[image] !== ising[b] || exchange[image] !== exchange[b]) return false;
    }
    return true;
  };
  return permutations.every(keeps) ? permutations : [];
}
