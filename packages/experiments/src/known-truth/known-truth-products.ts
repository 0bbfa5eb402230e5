import { type FactoredModel, factoredAttention } from '@spinformer/attention';
import type { Configurations, PlainData } from '@spinformer/numerics';
import { type GeneralizedPottsModel, generalizedPotts } from '@spinformer/potts';
import type { Products } from '../shared/phases.ts';
import type { TrainedLayer } from '../shared/training-phase.ts';
import type { KnownTruthConfig } from './known-truth-config.ts';

/** What the phases of the study make, each under its id. */
export interface KnownTruthProducts extends Products {
  readonly truth: SiteAndColourCouplings;
  /** [samples, sites], as many as the largest training set wants. */
  readonly train: Int32Array;
  /** [samples, sites]. */
  readonly test: Int32Array;
  /** Absent without epochs of Adam. */
  readonly warmUp: TrainedLayer;
  readonly attention: TrainedLayer;
  readonly pseudolikelihood: GeneralizedFit;
  /** Pairs of training-set size and excess loss, [sizes, 2]; absent without a sweep. */
  readonly sweep: Float64Array;
  readonly measurement: PlainData;
}

/** J and U of a generalised Potts model. */
export interface SiteAndColourCouplings {
  readonly [key: string]: PlainData;
  /** [sites, sites]. */
  readonly siteCouplings: Float64Array;
  /** [states, states]. */
  readonly colourCouplings: Float64Array;
}

/** A generalised Potts model that was inferred, and how it ended. */
export interface GeneralizedFit extends SiteAndColourCouplings {
  readonly status: string;
  /** What to change where the fit did not converge; empty otherwise. */
  readonly remedy: string;
}

/** The model of given couplings, without fields. */
export function modelOf(
  { sites, states }: KnownTruthConfig,
  { siteCouplings, colourCouplings }: SiteAndColourCouplings,
): GeneralizedPottsModel {
  return generalizedPotts({ sites, states, siteCouplings, colourCouplings });
}

/** The layer of attention that is trained: no fields, because the truth has none. */
export function truthLayer({ sites, states }: KnownTruthConfig): FactoredModel {
  return factoredAttention({ sites, states, fields: false });
}

/** How many training sequences the run draws: enough for the largest training set. */
export function poolSize({ trainSamples, sampleSizes }: KnownTruthConfig): number {
  return Math.max(trainSamples, ...sampleSizes);
}

/** The first sequences of a pool. */
export function firstSamples(
  { sites, states }: KnownTruthConfig,
  pool: Int32Array,
  samples: number,
): Configurations {
  return { samples, sites, states, values: pool.subarray(0, samples * sites) };
}

/**
 * Free parameters per conditional of the factored layer, k: L(L − 1) site couplings and C² − C colour couplings (a
 * constant per column of V changes no conditional) less one for the scale that A and V share, over L conditionals.
 */
export function parametersPerSite({ sites, states }: KnownTruthConfig): number {
  return (sites * (sites - 1) + states * (states - 1) - 1) / sites;
}
