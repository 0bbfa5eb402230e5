import {
  type Configurations,
  type Floats,
  letEventsThrough,
  type PottsLike,
  type Rng,
} from '@spinformer/numerics';
import type { WasmRuntime } from '@spinformer/tensor/wasm';
import { type Nearest, nearestNatural } from '../generate/nearest-natural.ts';
import { checkSameKind, compareStatistics, type StatisticsComparison } from './compare-statistics.ts';
import { distanceHistogram, energyHistogram, type HistogramPair } from './histograms.ts';
import { type PrincipalComponents, principalComponents, projectSequences } from './principal-components.ts';

/** Options of {@link modelCheck}. */
export interface ModelCheckOptions {
  /** Draws triples and pairs. */
  readonly rng: Rng;
  /** The model the samples are of: adds histograms of energies. */
  readonly model?: PottsLike;
  /** As in {@link compareStatistics}. */
  readonly triples?: number;
  readonly points?: number;
  /** Principal components, at least 1; default 2. */
  readonly components?: number;
  /** Pairs of sequences for the histograms of distances; default 100,000. */
  readonly pairs?: number;
  /** Stops between the parts with the signal's reason. */
  readonly signal?: AbortSignal;
  readonly runtime?: WasmRuntime;
}

/** Everything that tells whether samples look like data, as plain data ready for figures. */
export interface ModelCheck {
  readonly statistics: StatisticsComparison;
  /** Principal components of the data, and where the samples lie in them, [samples, components]. */
  readonly components: PrincipalComponents & { readonly samples: Floats<'samples components'> };
  /** Share of pairs of sequences at each distance 0…sites. */
  readonly distances: { readonly data: Floats<'distances'>; readonly samples: Floats<'distances'> };
  /** Energies under the model, where one was given. */
  readonly energies?: HistogramPair;
  /** Distance of each sample to the nearest of the data, and of each of the data to the nearest other one. */
  readonly nearest: { readonly samples: Nearest; readonly data: Nearest };
}

/**
 * Checks a model by its samples: statistics of one, two and three sites, principal components, distances, energies, and
 * how near samples are to data. For entropies see {@link thermodynamicIntegration}.
 *
 * @param data with weights, as an alignment has.
 * @param samples of the same sites and states, as {@link generateSequences} makes them.
 * @throws {ShapeError | DomainError} for configurations or options whose sizes or entries are wrong; the signal's reason.
 * @source muntoni2021adabmdca
 * @complexity the sum of its parts; O(data·(data + samples)·sites/16) for the nearest
 * @example
 * ```ts
 * const { statistics, nearest } = await modelCheck(alignment, sequences, { model, rng: seededRng(1) });
 * report(statistics.twoSiteConnected.pearson, nearest.samples.summary);
 * ```
 */
export async function modelCheck(
  data: Configurations,
  samples: Configurations,
  options: ModelCheckOptions,
): Promise<ModelCheck> {
  checkSameKind('modelCheck', data, samples);
  const { model, pairs, rng, runtime, components: count, signal } = options;
  const part = async <T>(compute: () => T): Promise<T> => {
    await letEventsThrough();
    signal?.throwIfAborted();
    return compute();
  };
  const statistics = await part(() => compareStatistics(data, samples, options));
  const frame = await part(() => principalComponents(data, count === undefined ? {} : { components: count }));
  const drawing = { rng, ...(pairs !== undefined && { pairs }) };
  const distances = await part(() => ({
    data: distanceHistogram(data, drawing),
    samples: distanceHistogram(samples, drawing),
  }));
  const energies = model && (await part(() => energyHistogram(model, data, samples)));
  const threads = runtime ? { runtime } : {};
  const nearest = await part(() => ({
    samples: nearestNatural(samples, data, threads),
    data: nearestNatural(data, data, { ...threads, skipSame: true }),
  }));
  return {
    statistics,
    components: { ...frame, samples: projectSequences(frame, samples) },
    distances,
    ...(energies && { energies }),
    nearest,
  };
}
