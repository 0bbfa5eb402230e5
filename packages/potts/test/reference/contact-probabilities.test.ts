import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { contactProbabilities } from '../../src/contact-probabilities/contact-probabilities.ts';
import type { ScoreMixture } from '../../src/contact-probabilities/score-mixture.ts';
import { readScoreTable } from '../../src/score-table.ts';
import { hasSharedData, needsData, sharedText } from '../helpers/shared-data.ts';

interface Fit {
  readonly mixture: ScoreMixture;
  readonly logLikelihood: number;
  readonly probabilities: readonly number[];
}

const reference: { made: Fit & { scores: number[] }; PABP_YEAST: Fit } = JSON.parse(
  readFileSync(new URL('../../../../references/potts/evcouplings-mixture.json', import.meta.url), 'utf8'),
);

/** EVcouplings minimises the noise's cost to four digits in its parameters in each step; its probabilities have three. */
const ITS_DIGITS = 1e-3;
/** Both stop when a step gains less than 1e-4 nats, so that likelihoods agree to about that. */
const ITS_STOP = 1e-3;

function expectSame(scores: ArrayLike<number>, fit: Fit) {
  const { probabilities, mixture, logLikelihood, status } = contactProbabilities(scores);
  expect(status).toBe('converged');
  expect(Math.abs(logLikelihood - fit.logLikelihood)).toBeLessThan(ITS_STOP);
  for (const [name, value] of Object.entries(fit.mixture))
    expect(Math.abs(mixture[name as keyof ScoreMixture] / value - 1), name).toBeLessThan(ITS_DIGITS);
  fit.probabilities.forEach((p, k) => {
    expect(Math.abs(probabilities[k] - p)).toBeLessThan(ITS_DIGITS);
  });
}

describe('the mixture that EVcouplings fits', () => {
  it('to 400 made-up scores', () => {
    expectSame(reference.made.scores, reference.made);
  });

  it.skipIf(!hasSharedData)(`to its published example PABP_YEAST${needsData}`, () => {
    const { cn } = readScoreTable(sharedText('rrm/PABP_YEAST_CouplingScores.csv'));
    expectSame(cn as Float64Array, reference.PABP_YEAST);
  });
});
