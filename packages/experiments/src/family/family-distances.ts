import {
  type Alignment,
  contactThreshold,
  mapSites,
  readStructure,
  residueDistances,
} from '@spinformer/potts';
import type { FamilyConfig } from './family-config.ts';

/** Distances between sites and what counts as touching. */
export interface Distances {
  /** [sites, sites], Å; NaN where unknown. */
  readonly distances: Float64Array;
  readonly threshold: number;
}

/**
 * What is known of who touches whom: from the structure that the configuration brings, or from the base pairs of a drawn
 * family.
 *
 * @param alignment the family
 * @param pairs base pairs of a drawn family, flat; empty otherwise
 * @param config the configuration
 * @returns distances, or undefined where nothing is known
 * @throws {DataError} for a structure that cannot be read or is of another family
 */
export function familyDistances(
  alignment: Alignment,
  pairs: Int32Array,
  config: FamilyConfig,
): Distances | undefined {
  if (config.structure !== undefined) {
    const { chain, contact } = config;
    const sequence = alignment.reference ?? { letters: consensus(alignment) };
    const { residues } = mapSites(
      readStructure(config.structure),
      sequence,
      chain === undefined ? {} : { chain },
    );
    return { distances: residueDistances(residues, contact), threshold: contactThreshold(contact) };
  }
  return pairs.length > 0 ? hairpinDistances(pairs, alignment.sites) : undefined;
}

/** A drawn hairpin has no structure: paired bases touch, nothing else does. */
function hairpinDistances(pairs: Int32Array, sites: number): Distances {
  const distances = new Float64Array(sites * sites).fill(2 * contactThreshold('cb8'));
  for (let k = 0; k < pairs.length; k += 2) {
    const [i, j] = [pairs[k], pairs[k + 1]];
    distances[i * sites + j] = distances[j * sites + i] = 0;
  }
  return { distances, threshold: contactThreshold('cb8') };
}

/** The most frequent letter of each site; '-' where all are gaps. */
function consensus({ samples, sites, states, values, letters }: Alignment): string {
  const counts = new Float64Array(sites * states);
  for (let k = 0; k < samples * sites; k++) if (values[k] >= 0) counts[(k % sites) * states + values[k]]++;
  return Array.from({ length: sites }, (_, site) => {
    const row = counts.subarray(site * states, (site + 1) * states);
    const most = Math.max(...row);
    return most > 0 ? letters[row.indexOf(most)] : '-';
  }).join('');
}
