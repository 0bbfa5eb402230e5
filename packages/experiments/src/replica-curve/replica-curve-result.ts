import type { PlainData } from '@spinformer/numerics';
import type { Covariance } from './replica-curve-config.ts';

/** What theory and experiments are compared in. */
export type Observable = 'trainingLoss' | 'generalizationLoss' | 'reconstructionError';

/** The observables in the order in which arrays hold them. */
export const OBSERVABLES: readonly Observable[] = [
  'trainingLoss',
  'generalizationLoss',
  'reconstructionError',
];

/** A line of the theory. */
export interface TheoryCurve {
  readonly [key: string]: PlainData;
  readonly covariance: Covariance;
  readonly ridge: number;
  /** Ascending, [points]. */
  readonly loads: Float64Array;
  /** In the order of {@link OBSERVABLES}, [points, 3]. */
  readonly values: Float64Array;
  /** Words about points that did not converge or need care. */
  readonly remarks: readonly string[];
}

/** One experiment: one draw of couplings and data, fitted at every load with every ridge. */
export interface FittedDraw {
  readonly [key: string]: PlainData;
  readonly covariance: Covariance;
  /** In the order of {@link OBSERVABLES}, [loads, ridges, 3]. */
  readonly values: Float64Array;
  /** Words about fits that did not converge. */
  readonly remarks: readonly string[];
}

/** One observable at one point. */
export interface Comparison {
  readonly mean: number;
  /** Standard error of the mean. */
  readonly error: number;
  readonly theory: number;
  /** (mean − theory)/error, as the normal deviate of the same tail probability as that of the few experiments. */
  readonly deviation: number;
}

/** A load and a ridge at which experiments were made. */
export interface ComparedPoint extends Readonly<Record<Observable, Comparison>> {
  readonly covariance: Covariance;
  /** α as it was: whole sequences per neighbour. */
  readonly load: number;
  readonly ridge: number;
  /** Training sequences. */
  readonly samples: number;
  readonly experiments: number;
}

/** What the finite size does to one observable: experiment minus theory. */
export interface SizeTrend {
  /** In models of half the size. */
  readonly small: number;
  /** In models of the full size. */
  readonly large: number;
  /** 2·large − small: what is left when a part ∝ 1/N is taken off. */
  readonly extrapolated: number;
  /** Standard error of that. */
  readonly error: number;
  /** extrapolated/error as a standard normal deviate. */
  readonly deviation: number;
  readonly theory: number;
}

/** The trend at one load and ridge of whole models. */
export interface TrendPoint extends Readonly<Record<Observable, SizeTrend>> {
  readonly load: number;
  readonly ridge: number;
}

/** What the study of the replica curve found. */
export interface ReplicaCurveResult {
  readonly colours: number;
  readonly beta: number;
  readonly scenario: 'tilted' | 'gaussian';
  /** L of single sites. */
  readonly neighbours: number;
  /** N of whole models. */
  readonly sites: number;
  /** The least loss that any model can have, nats per masked site. */
  readonly bayesLoss: number;
  readonly curves: readonly TheoryCurve[];
  readonly points: readonly ComparedPoint[];
  /** Empty where it was not asked for. */
  readonly trend: readonly TrendPoint[];
  /** Words about anything that did not go as planned. */
  readonly warnings: readonly string[];
}
