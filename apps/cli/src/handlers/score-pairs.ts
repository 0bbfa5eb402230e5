import {
  type Contact,
  type ContactScoreOptions,
  contactScores,
  directInformation,
  peerConventions,
  rankContacts,
} from '@spinformer/potts';
import type { rankingOptions } from '../commands/contact-options.ts';
import { UsageError } from '../errors/usage-error.ts';
import type { FoundModel } from '../models/potts-file.ts';
import type { CommandContext } from '../spec/command-context.ts';
import type { OptionValues } from '../spec/option-spec.ts';
import { siteFrequencies } from './site-frequencies.ts';

type Options = OptionValues<typeof rankingOptions>;

/** Scores of all pairs of a model's sites, and the pairs in falling order. */
export interface ScoredPairs {
  /** [sites, sites]. */
  readonly scores: Float64Array;
  /** Frobenius norms without correction, [sites, sites]. */
  readonly norms: Float64Array;
  readonly ranked: readonly Contact[];
}

/** Scores and ranks a model's pairs as the ranking options say. */
export async function scorePairs(
  context: CommandContext,
  found: FoundModel,
  options: Options,
): Promise<ScoredPairs> {
  const settings = scoreSettings(found, options);
  const { model, siteNumbers } = found;
  const norms = contactScores(model, { ...settings, correction: 'none', fromZero: false });
  const scores =
    options.score === 'frobenius'
      ? contactScores(model, settings)
      : await informationOf(context, found, options);
  const ranked = rankContacts(scores, {
    minimumSeparation: options.minSeparation,
    residueNumbers: siteNumbers,
  });
  return { scores, norms, ranked };
}

function scoreSettings({ gapState }: FoundModel, options: Options): ContactScoreOptions {
  const peer = options.like === undefined ? undefined : peerConventions(options.like).score;
  const gap = options.gapState ?? (peer?.gap === 'counts' ? 'count' : 'leave-out');
  return {
    gauge: options.gauge ?? peer?.gauge ?? 'zero-sum',
    correction: options.correction ?? peer?.correction ?? 'apc',
    ...(peer?.fromZero ? { fromZero: true } : {}),
    ...(gap === 'leave-out' && gapState !== undefined ? { withoutState: gapState } : {}),
  };
}

async function informationOf(
  context: CommandContext,
  found: FoundModel,
  { correction, like, gauge, gapState }: Options,
): Promise<Float64Array> {
  if (
    like !== undefined ||
    gauge !== undefined ||
    gapState !== undefined ||
    correction === 'apc-with-diagonal'
  )
    throw new UsageError(
      '--score direct-information depends on no gauge and counts every state: leave out --like, --gauge and --gap-state; --correction may be apc or none.',
    );
  const { values } = await siteFrequencies(context, found, undefined);
  const pseudocount = Number(found.description.notes?.pseudocount ?? 0);
  return directInformation(found.model, values, { correction: correction ?? 'none', pseudocount });
}
