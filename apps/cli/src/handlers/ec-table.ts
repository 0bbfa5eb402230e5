import { csv } from '../figures/csv.ts';
import type { FoundModel } from '../models/potts-file.ts';
import type { KnownDistances } from './known-distances.ts';
import type { ScoredPairs } from './score-pairs.ts';

/**
 * Pairs in the form of EVcouplings' CouplingScores table: i, A_i, j, A_j, fn (norm), cn (corrected score), strongest
 * first; with known distances also dist and the running precision.
 */
export function ecTable(
  { model, siteNumbers, reference }: FoundModel,
  { ranked, scores, norms }: ScoredPairs,
  comparison: KnownDistances | undefined,
): string {
  const { sites } = model;
  let hits = 0;
  let known = 0;
  const rows = ranked.map(({ i, j }) => {
    const distance = comparison?.distances[i * sites + j] ?? Number.NaN;
    if (!Number.isNaN(distance)) known++;
    if (distance < (comparison?.threshold ?? 0)) hits++;
    return {
      i: siteNumbers[i],
      A_i: reference?.[i] ?? '-',
      j: siteNumbers[j],
      A_j: reference?.[j] ?? '-',
      fn: norms[i * sites + j],
      cn: scores[i * sites + j],
      ...(comparison && known > 0
        ? { dist: Number.isNaN(distance) ? '' : distance, precision: hits / known }
        : {}),
    };
  });
  return csv(rows);
}
