import { type Contact, contactScores, rankContacts } from '@spinformer/potts';
import type { rankingOptions } from '../commands/contact-options.ts';
import type { FoundModel } from '../models/potts-file.ts';
import type { OptionValues } from '../spec/option-spec.ts';

/** Scores of all pairs of a model's sites, and the pairs in falling order. */
export interface ScoredPairs {
  /** [sites, sites]. */
  readonly scores: Float64Array;
  readonly ranked: readonly Contact[];
}

/** Scores and ranks a model's pairs as the ranking options say. */
export function scorePairs(
  { model, gapState, siteNumbers }: FoundModel,
  options: OptionValues<typeof rankingOptions>,
): ScoredPairs {
  const { correction, gauge, minSeparation } = options;
  const leavesOut = options.gapState === 'leave-out' && gapState !== undefined;
  const scores = contactScores(model, {
    correction,
    gauge,
    ...(leavesOut ? { withoutState: gapState } : {}),
  });
  return {
    scores,
    ranked: rankContacts(scores, { minimumSeparation: minSeparation, residueNumbers: siteNumbers }),
  };
}
