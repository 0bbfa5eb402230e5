import type { Rng } from '@spinformer/numerics';
import { ROW_OBSERVABLES, simulateRow } from '@spinformer/replica-theory';
import type { ReplicaCurveConfig } from './replica-curve-config.ts';
import { type FittedDraw, OBSERVABLES } from './replica-curve-result.ts';
import { scenarioRow } from './scenario-problem.ts';

/**
 * Single sites, one for each load and ridge, with couplings and data of their own, learned by pseudo-likelihood: the
 * points of a figure do not share their luck.
 *
 * @param config sizes, loads and ridges
 * @param rng the stream of these draws
 */
export async function fitRow(config: ReplicaCurveConfig, rng: Rng): Promise<FittedDraw> {
  const { loads, ridges } = config;
  const values: number[] = [];
  const remarks: string[] = [];
  for (const load of loads) {
    for (const ridge of ridges) {
      const site = await fitSite(config, load, ridge, rng.fork(`load ${load}, ridge ${ridge}`));
      values.push(...site.values);
      if (site.remark !== '') remarks.push(site.remark);
    }
  }
  return { covariance: 'identity', values: Float64Array.from(values), remarks };
}

/** One site: training loss, generalisation loss and reconstruction error. */
async function fitSite(
  config: ReplicaCurveConfig,
  load: number,
  ridge: number,
  rng: Rng,
): Promise<{ readonly values: readonly number[]; readonly remark: string }> {
  const { neighbours: sites, testSamples, iterations: maxIterations } = config;
  const whole = samplesAt(load, sites) / sites;
  const row = scenarioRow(config, 'identity', ridge, whole);
  const options = { sites, testSamples, maxIterations, repeats: 1, rng };
  let values: readonly number[] = [];
  let remark = '';
  for await (const { state, status, remedy } of simulateRow(row, options)) {
    values = OBSERVABLES.map((name) => state.values[ROW_OBSERVABLES.indexOf(name)]);
    if (status !== 'converged')
      remark = `A site at load ${load} and ridge ${ridge} ended as ${status}. ${remedy}`;
  }
  return { values, remark };
}

/** Whole sequences at a load, at least two. */
export function samplesAt(load: number, neighbours: number): number {
  return Math.max(2, Math.round(load * neighbours));
}
