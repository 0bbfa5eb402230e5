import type { Floats } from '@spinformer/numerics';
import type { AmplitudeCache } from '../local-energy/amplitude-cache.ts';

/** Which part of S_i·S_j is measured. */
export type CorrelationPart = 'heisenberg' | 'ising';

/**
 * ⟨S_i·S_j⟩ between all sites over weighted samples, [sites, sites], with ¾ on the diagonal.
 *
 * `heisenberg` measures all three components, each pair of antiparallel spins by the amplitude of their exchange. `ising`
 * measures 3⟨S^z_i S^z_j⟩, which is the same for singlets and needs no amplitudes.
 *
 * @param spins - [samples, sites] of ±1.
 * @param weights - summing to 1.
 * @param rotated - sites that the Hamiltonian's sign rule turned by π about z; turned back here.
 * @complexity samples · sites² / 2 lookups.
 */
export function sampledCorrelations(
  cache: AmplitudeCache,
  spins: Int8Array,
  weights: Float64Array,
  part: CorrelationPart,
  rotated?: Int8Array,
): Floats<'sites sites'> {
  const { sites } = cache.group;
  const sums = new Float64Array(sites * sites);
  const entries = new Int32Array(sites * sites);
  for (let s = 0; s < weights.length; s++) {
    if (weights[s] === 0) continue;
    if (part === 'heisenberg') lookUp(cache, spins, s, entries);
    for (let i = 0; i < sites; i++)
      for (let j = 0; j < i; j++) {
        const parallel = spins[s * sites + i] === spins[s * sites + j];
        const value = part === 'ising' ? (parallel ? 0.75 : -0.75) : parallel ? 0.25 : -0.25;
        sums[i * sites + j] += weights[s] * (value + exchangeOf(parallel || part === 'ising', i, j));
      }
  }
  for (let i = 0; i < sites; i++) {
    sums[i * sites + i] = 0.75;
    for (let j = 0; j < i; j++) sums[j * sites + i] = sums[i * sites + j];
  }
  return sums;

  function exchangeOf(none: boolean, i: number, j: number): number {
    if (none) return 0;
    const entry = entries[i * sites + j];
    const size = Math.exp(cache.realOf(entry) - cache.realOf(entries[0]));
    const angle = cache.imaginaryOf(entry) - cache.imaginaryOf(entries[0]);
    const turned = rotated && rotated[i] !== rotated[j] ? -1 : 1;
    return (turned * size * Math.cos(angle)) / 2;
  }
}

/** Entries of a row (first place) and of its exchanges, [sites, sites] below the diagonal. */
function lookUp(cache: AmplitudeCache, spins: Int8Array, row: number, entries: Int32Array): void {
  const { sites } = cache.group;
  cache.reserve(1 + sites * sites);
  entries[0] = cache.entryOf(spins, row);
  for (let i = 0; i < sites; i++)
    for (let j = 0; j < i; j++)
      if (spins[row * sites + i] !== spins[row * sites + j])
        entries[i * sites + j] = cache.entryAfterFlips(i, j);
  cache.evaluate();
}
