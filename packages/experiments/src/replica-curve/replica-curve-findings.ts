import type { Finding } from '../experiment.ts';
import type { Covariance } from './replica-curve-config.ts';
import type { ComparedPoint, Comparison, ReplicaCurveResult, SizeTrend } from './replica-curve-result.ts';

/** No point may lie further from its line, in units of its error. */
const LARGEST_DEVIATION = 3.5;
/** The mean squared deviation may not be larger. */
const LARGEST_MEAN_SQUARE = 1.5;

/**
 * What the study of the replica curve says, most important first.
 *
 * @param result what the run found
 */
export function replicaCurveFindings(result: ReplicaCurveResult): readonly Finding[] {
  const kinds = [...new Set(result.points.map(({ covariance }) => covariance))];
  return [
    ...kinds.map((covariance) => agreement(result, covariance)),
    ...trendOfSize(result),
    bestRidge(result),
    ...result.warnings.map((text) => ({ text, values: {}, met: false })),
  ];
}

/** The comparisons that the verdict is about: loss on fresh data and error of the couplings. */
function judged(point: ComparedPoint): readonly Comparison[] {
  return [point.generalizationLoss, point.reconstructionError];
}

function agreement(result: ReplicaCurveResult, covariance: Covariance): Finding {
  const points = result.points.filter((point) => point.covariance === covariance);
  const deviations = points.flatMap(judged).map(({ deviation }) => deviation);
  const largest = deviations.reduce((most, z) => Math.max(most, Math.abs(z)), 0);
  const meanSquare = deviations.reduce((sum, z) => sum + z * z, 0) / deviations.length;
  const loads = new Set(points.map(({ load }) => load)).size;
  const ridges = new Set(points.map(({ ridge }) => ridge)).size;
  const who =
    covariance === 'sk'
      ? `One layer of attention, trained on Gibbs samples of ${points[0].experiments} models of ${result.sites} sites`
      : `Pseudo-likelihood on ${points[0].experiments} single sites with ${result.neighbours} independent neighbours`;
  return {
    text:
      `${who}: over ${loads} loads × ${ridges} ridges, generalisation loss and reconstruction error lie at most ` +
      `${largest.toFixed(1)} standard errors from the replica theory, with a mean square of ${meanSquare.toFixed(2)}.`,
    values: { largest, meanSquare, points: deviations.length },
    met: largest <= LARGEST_DEVIATION && meanSquare <= LARGEST_MEAN_SQUARE,
  };
}

function trendOfSize({ trend, sites }: ReplicaCurveResult): Finding[] {
  if (trend.length === 0) return [];
  const trends = trend.flatMap(({ generalizationLoss, reconstructionError }) => [
    generalizationLoss,
    reconstructionError,
  ]);
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const share = (read: (point: SizeTrend) => number) =>
    mean(trends.map((point) => Math.abs(read(point) / point.theory)));
  const small = share((point) => point.small);
  const large = share((point) => point.large);
  const largest = trends.reduce((most, { deviation }) => Math.max(most, Math.abs(deviation)), 0);
  const meanSquare = mean(trends.map(({ deviation }) => deviation ** 2));
  return [
    {
      text:
        `Experiment and theory differ by ${percent(small)} on average with ${Math.round(sites / 2)} sites and by ` +
        `${percent(large)} with ${sites}${large < small ? ': the larger the models, the nearer' : ''}. Without the part ∝ 1/N the largest ` +
        `deviation is ${largest.toFixed(1)} standard errors, and their mean square ${meanSquare.toFixed(2)}.`,
      values: { small, large, largest, meanSquare },
      met: largest <= LARGEST_DEVIATION && meanSquare <= LARGEST_MEAN_SQUARE,
    },
  ];
}

function percent(fraction: number): string {
  return `${(100 * fraction).toPrecision(2)} %`;
}

function bestRidge({ points, bayesLoss }: ReplicaCurveResult): Finding {
  const most = points.reduce((top, { load }) => Math.max(top, load), 0);
  const last = points.filter(({ load }) => load > 0.99 * most);
  const best = last.reduce((least, point) =>
    point.generalizationLoss.mean < least.generalizationLoss.mean ? point : least,
  );
  const { mean, error } = best.generalizationLoss;
  return {
    text:
      `At the largest load, ${most.toPrecision(3)} sequences per site, the least generalisation loss is ` +
      `${mean.toFixed(4)} ± ${error.toFixed(4)} nats, at ridge ${best.ridge}; no model can have less than ` +
      `${bayesLoss.toFixed(4)}.`,
    values: { load: most, ridge: best.ridge, loss: mean, error, bayesLoss },
  };
}
