import { DataError, type Status } from '@spinformer/numerics';
import { fitMixture } from './fit-mixture.ts';
import { type ScoreMixture, signalProbability } from './score-mixture.ts';

/** How {@link contactProbabilities} is asked to fit. */
export interface ContactProbabilityOptions {
  /** Fitting ends when a step raises the log-likelihood, in nats in total, by less than this; default 1e-4. */
  readonly tolerance?: number;
  /** Most steps; default 200. */
  readonly maximumSteps?: number;
}

/** Probabilities of pairs to be in contact, and the mixture that they come from. */
export interface ContactProbabilities {
  /** Probability of each score to belong to the tail, in the order of the scores; 0 for scores of at most 0. */
  readonly probabilities: Float64Array;
  readonly mixture: ScoreMixture;
  /** Of the fit, in nats, total. */
  readonly logLikelihood: number;
  readonly steps: number;
  readonly status: Status;
  readonly remedy?: string;
}

const FEWEST_SCORES = 10;

/**
 * Probability of each pair to belong to the high tail of the scores: a lognormal signal over skew-normal noise of mean
 * zero, fitted by expectation–maximisation. It is EVcouplings' column `probability`, with its start and its stop.
 *
 * A probability says how far a score stands out of its own family's noise, so that families can be compared; it is not
 * calibrated on structures.
 *
 * @param scores of *all* pairs, corrected so that noise has mean zero (the average-product correction does that), as
 *   in `rankContacts(contactScores(model)).map(({ score }) => score)`. Near pairs belong to them.
 * @throws {DataError} for fewer than 10 scores, one that is not finite, none above 0, or all equal.
 * @source toth2016disordered; hopf2019evcouplings
 * @complexity about 50 · scores per step, some tens of steps: 0.5 s for 12,561 pairs.
 * @example
 * ```ts
 * const ranked = rankContacts(contactScores(model));
 * const { probabilities } = contactProbabilities(ranked.map(({ score }) => score));
 * ranked.filter((_, k) => probabilities[k] > 0.9);
 * ```
 */
export function contactProbabilities(
  scores: ArrayLike<number>,
  options: ContactProbabilityOptions = {},
): ContactProbabilities {
  const values = Float64Array.from(scores);
  checkScores(values);
  const fit = fitMixture(values, options.tolerance ?? 1e-4, options.maximumSteps ?? 200);
  return { probabilities: values.map((score) => signalProbability(fit.mixture, score)), ...fit };
}

function checkScores(scores: Float64Array): void {
  if (scores.length < FEWEST_SCORES)
    throw new DataError(
      `contactProbabilities: a mixture cannot be fitted to ${scores.length} scores. Give those of all pairs.`,
    );
  const wrong = scores.findIndex((score) => !Number.isFinite(score));
  if (wrong >= 0)
    throw new DataError(
      `contactProbabilities: scores[${wrong}] is ${scores[wrong]}. Leave out pairs without a score.`,
    );
  if (!scores.some((score) => score > 0))
    throw new DataError(
      'contactProbabilities: no score is positive. Give corrected scores, whose noise lies around zero.',
    );
  if (scores.every((score) => score === scores[0]))
    throw new DataError('contactProbabilities: all scores are equal. Nothing stands out of them.');
}
