import type { Figure } from '../experiment.ts';
import { curveFigure } from './figures/curve-figure.ts';
import { deviationsFigure } from './figures/deviations-figure.ts';
import { trendFigure } from './figures/trend-figure.ts';
import type { ReplicaCurveResult } from './replica-curve-result.ts';

/**
 * The figures of the study of the replica curve.
 *
 * @param result what the run found
 * @returns generalisation loss and reconstruction error against the load, the deviations in units of the error, and
 *   their trend in the size of the models
 */
export function replicaCurveFigures(result: ReplicaCurveResult): readonly Figure[] {
  return [
    curveFigure(result, 'generalizationLoss'),
    curveFigure(result, 'reconstructionError'),
    deviationsFigure(result),
    ...(result.trend.length > 0 ? [trendFigure(result)] : []),
  ];
}
