import { contactScores } from '@spinformer/potts';
import type { rankingOptions } from '../commands/contact-options.ts';
import { csv } from '../figures/csv.ts';
import type { FoundModel } from '../models/potts-file.ts';
import type { OptionValues } from '../spec/option-spec.ts';
import type { KnownDistances } from './known-distances.ts';
import type { ScoredPairs } from './score-pairs.ts';

/**
 * Pairs in the form of EVcouplings' CouplingScores table: i, A_i, j, A_j, fn (norm), cn (corrected score), strongest
 * first; with known distances also dist and the running precision.
 */
export function ecTable(
  { model, siteNumbers, reference, gapState }: FoundModel,
  { ranked, scores }: ScoredPairs,
  options: OptionValues<typeof rankingOptions> & { readonly known?: KnownDistances },
): string {
  const { sites } = model;
  const leavesOut = options.gapState === 'leave-out' && gapState !== undefined;
  const norms = contactScores(model, {
    correction: 'none',
    gauge: options.gauge,
    ...(leavesOut ? { withoutState: gapState } : {}),
  });
  let hits = 0;
  let known = 0;
  const rows = ranked.map(({ i, j }) => {
    const distance = options.known?.distances[i * sites + j] ?? Number.NaN;
    if (!Number.isNaN(distance)) known++;
    if (distance < (options.known?.threshold ?? 0)) hits++;
    return {
      i: siteNumbers[i],
      A_i: reference?.[i] ?? '-',
      j: siteNumbers[j],
      A_j: reference?.[j] ?? '-',
      fn: norms[i * sites + j],
      cn: scores[i * sites + j],
      ...(options.known && known > 0
        ? { dist: Number.isNaN(distance) ? '' : distance, precision: hits / known }
        : {}),
    };
  });
  return csv(rows);
}
