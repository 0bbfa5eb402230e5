import { ConfigurationTable } from '../local-energy/configuration-table.ts';
import { PackedGroup } from '../local-energy/packed-group.ts';

/** Samples with equal ones (or ones of the same orbit) put together. */
export interface MergedSamples {
  /** One representative each, [unique, sites] of ±1. */
  readonly spins: Int8Array;
  /** How many samples each stands for, or their total weight, [unique]. */
  readonly weights: Float64Array;
  /** Which representative each sample became, [samples]. */
  readonly index: Int32Array;
}

/**
 * Puts equal samples together: their log-derivatives are the same, and small systems repeat themselves a lot. Means over
 * the merged samples with their weights are the means over all samples.
 *
 * @param spins - [samples, sites] of ±1.
 * @param invariance - permutations under which wave function and Hamiltonian are invariant; orbits are merged then.
 * @param weights - of the samples; default 1 each.
 */
export function mergeSamples(
  spins: Int8Array,
  sites: number,
  invariance: readonly Int32Array[] = [],
  weights?: Float64Array,
): MergedSamples {
  const group = new PackedGroup(sites, invariance);
  const table = new ConfigurationTable(group.words);
  const samples = spins.length / sites;
  const index = new Int32Array(samples);
  const packed = new Int32Array(group.words);
  const images = new Int32Array(group.words * group.order);
  for (let s = 0; s < samples; s++) {
    group.pack(spins, s, packed);
    group.images(packed, images);
    group.smallest(images, packed);
    index[s] = table.indexOf(packed);
  }
  const merged = new Int8Array(table.count * sites);
  for (let k = 0; k < table.count; k++) group.unpack(table.keys, k * group.words, merged, k);
  const totals = new Float64Array(table.count);
  for (let s = 0; s < samples; s++) totals[index[s]] += weights?.[s] ?? 1;
  return { spins: merged, weights: totals, index };
}
