import { normalDeviation } from '@spinformer/replica-theory';
import type { Covariance, ReplicaCurveConfig } from './replica-curve-config.ts';
import { experimentLoads, halfSize, type ReplicaCurveProducts } from './replica-curve-phases.ts';
import {
  type ComparedPoint,
  type Comparison,
  type FittedDraw,
  OBSERVABLES,
  type Observable,
  type ReplicaCurveResult,
  type TheoryCurve,
} from './replica-curve-result.ts';
import { scenarioBayesLoss } from './scenario-problem.ts';
import { sizeTrend } from './size-trend.ts';

/**
 * Turns lines and experiments into the study's result: mean, error and deviation at every load and ridge.
 *
 * @param products what the phases made
 * @param config the configuration of the run
 */
export function compareWithTheory(
  products: ReplicaCurveProducts,
  config: ReplicaCurveConfig,
): ReplicaCurveResult {
  const { colours, beta, scenario, neighbours, sites } = config;
  const { theory, rows = [], layers = [], smallLayers = [] } = products;
  const draws = { identity: rows, sk: layers };
  const along = (covariance: Covariance) => theory.filter((curve) => curve.covariance === covariance);
  const points = config.covariances.flatMap((covariance) =>
    comparedPoints(config, covariance, draws[covariance], along(covariance)),
  );
  const small =
    smallLayers.length > 0 ? comparedPoints(halfSize(config), 'sk', smallLayers, along('sk')) : [];
  return {
    ...{ colours, beta, scenario, neighbours, sites },
    bayesLoss: scenarioBayesLoss(config),
    curves: theory,
    points,
    trend: sizeTrend(
      small,
      points.filter(({ covariance }) => covariance === 'sk'),
    ),
    warnings: [...theory, ...rows, ...layers, ...smallLayers].flatMap(({ remarks }) => remarks),
  };
}

function comparedPoints(
  config: ReplicaCurveConfig,
  covariance: Covariance,
  draws: readonly FittedDraw[],
  curves: readonly TheoryCurve[],
): ComparedPoint[] {
  const loads = experimentLoads(config, covariance);
  const neighbours = covariance === 'sk' ? config.sites - 1 : config.neighbours;
  return loads.flatMap((load, at) =>
    curves.map((curve, index) => {
      const begin = (at * curves.length + index) * OBSERVABLES.length;
      const expected = curve.loads.indexOf(load) * OBSERVABLES.length;
      const compare = (k: number): Comparison => {
        const theory = curve.values[expected + k];
        const measured = draws.map(({ values }) => values[begin + k]);
        return { theory, ...normalDeviation(measured, theory) };
      };
      const compared = Object.fromEntries(OBSERVABLES.map((name, k) => [name, compare(k)]));
      return {
        ...{ covariance, load, ridge: curve.ridge, samples: Math.round(load * neighbours) },
        experiments: draws.length,
        ...(compared as Record<Observable, Comparison>),
      };
    }),
  );
}
