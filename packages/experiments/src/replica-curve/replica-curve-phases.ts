import type { PlainData } from '@spinformer/numerics';
import { type Job, runJobs } from '../shared/job-phase.ts';
import type { Phase, PhaseInput, PhaseTick, Products } from '../shared/phases.ts';
import { fitLayers } from './fit-layer.ts';
import { fitRow, samplesAt } from './fit-row.ts';
import type { Covariance, ReplicaCurveConfig } from './replica-curve-config.ts';
import type { FittedDraw, TheoryCurve } from './replica-curve-result.ts';
import { solveCurve } from './solve-curve.ts';

/** What the phases of the study make, each under its id. */
export interface ReplicaCurveProducts extends Products {
  /** One line for each covariance and ridge. */
  readonly theory: readonly TheoryCurve[];
  /** Single sites; absent without the covariance `identity`. */
  readonly rows: readonly FittedDraw[];
  /** Whole models; absent without the covariance `sk`. */
  readonly layers: readonly FittedDraw[];
  /** Twice as many of half the size; absent without `sk` or without `trend`. */
  readonly smallLayers: readonly FittedDraw[];
}

type Input = PhaseInput<ReplicaCurveConfig, ReplicaCurveProducts>;

/** The phases of the study of the replica curve, in order. */
export const replicaCurvePhases: readonly Phase<ReplicaCurveConfig, ReplicaCurveProducts>[] = [
  {
    id: 'theory',
    title: 'solving the saddle points',
    weight: ({ theoryPoints, ridges, covariances, colours }) =>
      theoryPoints * ridges.length * covariances.length * (colours === 2 ? 0.005 : 0.2),
    run: ({ config, resume }) => runJobs(theoryJobs(config), resume),
  },
  {
    id: 'rows',
    title: 'fitting single sites',
    weight: ({ covariances, rows, neighbours, loads, ridges }) =>
      covariances.includes('identity') ? (rows * ridges.length * sum(loads) * neighbours ** 2) / 5e6 : 0,
    run: ({ config, rng, resume }) =>
      runJobs(
        Array.from({ length: config.rows }, (_, k) => rowJob(config, rng.fork(`site ${k}`))),
        resume,
      ),
  },
  {
    id: 'layers',
    title: 'training attention on whole models',
    weight: layersCost,
    run: ({ config, rng, resume }) => runJobs(layerJobs(config, rng), resume),
  },
  {
    id: 'smallLayers',
    title: 'training attention on models of half the size',
    weight: (config) => (config.trend ? layersCost(halfSize(config)) : 0),
    run: ({ config, rng, resume }) => runJobs(layerJobs(halfSize(config), rng), resume),
  },
];

/** The same study with twice as many whole models of half the size. */
export function halfSize(config: ReplicaCurveConfig): ReplicaCurveConfig {
  return { ...config, sites: Math.round(config.sites / 2), repeats: 2 * config.repeats };
}

function layersCost({ covariances, repeats, sites, loads, ridges, colours }: ReplicaCurveConfig): number {
  if (!covariances.includes('sk')) return 0;
  return (repeats * ridges.length * (sum(loads) + 2) * sites ** 3 * colours) / 4e7;
}

function layerJobs(config: ReplicaCurveConfig, rng: Input['rng']): Job[] {
  return Array.from({ length: config.repeats }, (_, k) => ({
    weight: 1,
    run: (resume) => fitLayers(config, rng.fork(`model ${k}`), resume),
  }));
}

/** Loads at which experiments of a kind are really made, with whole sequences. */
export function experimentLoads(config: ReplicaCurveConfig, covariance: Covariance): number[] {
  const neighbours = covariance === 'sk' ? config.sites - 1 : config.neighbours;
  return config.loads.map((load) => samplesAt(load, neighbours) / neighbours);
}

function theoryJobs(config: ReplicaCurveConfig): Job[] {
  return config.covariances.flatMap((covariance) =>
    config.ridges.map((ridge) => ({
      weight: 1,
      run: (resume: PlainData | undefined) =>
        solveCurve(config, covariance, ridge, theoryLoads(config, covariance), resume),
    })),
  );
}

/** The loads of a line, ascending: evenly on a logarithmic scale, a little beyond the experiments, and theirs. */
function theoryLoads(config: ReplicaCurveConfig, covariance: Covariance): Float64Array {
  const small = covariance === 'sk' && config.trend ? experimentLoads(halfSize(config), covariance) : [];
  const own = [...experimentLoads(config, covariance), ...small];
  const low = Math.log(Math.min(...own) / MARGIN);
  const high = Math.log(Math.max(...own) * MARGIN);
  const steps = config.theoryPoints - 1;
  const grid = Array.from({ length: config.theoryPoints }, (_, k) =>
    Math.exp(low + ((high - low) * k) / steps),
  );
  return Float64Array.from(new Set([...grid, ...own])).sort();
}

/** By which factor lines go beyond the experiments. */
const MARGIN = 1.4;

function rowJob(config: ReplicaCurveConfig, rng: Input['rng']): Job {
  return {
    weight: 1,
    // One site takes a fraction of a second: it begins anew where it was interrupted.
    run: async function* (resume): AsyncGenerator<PhaseTick, PlainData> {
      if (resume === undefined) yield { fraction: 0, state: 'begun' };
      return fitRow(config, rng);
    },
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
