import {
  type EncoderParameters,
  type FactoredModel,
  factoredAttention,
  type Model,
  standardEncoder,
} from '@spinformer/attention';
import type { Configurations } from '@spinformer/numerics';
import { type GeneralizedPottsModel, generalizedPotts } from '@spinformer/potts';
import type { SiteAndColourCouplings } from '../known-truth/known-truth-products.ts';
import type { Products } from '../shared/phases.ts';
import type { MappingConfig } from './mapping-config.ts';
import type { ColourKnowledge, EncoderFit, FactoredFit, TrainedByAdam } from './mapping-result.ts';
import type { MaskedContexts } from './masked-contexts.ts';

/** What the phases of the study make, each under its id. */
export interface MappingProducts extends Products {
  readonly truth: SiteAndColourCouplings;
  /** [samples, sites], as many as the largest training set wants. */
  readonly train: Int32Array;
  /** [samples, sites]. */
  readonly test: Int32Array;
  readonly contexts: MaskedContexts;
  readonly factored: readonly FactoredFit[];
  readonly factoredByAdam: TrainedByAdam;
  readonly encoders: readonly EncoderFit[];
}

/** The drawn model. */
export function mappingTruth(
  { sites, states }: MappingConfig,
  { siteCouplings, colourCouplings }: SiteAndColourCouplings,
): GeneralizedPottsModel {
  return generalizedPotts({ sites, states, siteCouplings, colourCouplings });
}

/** Kinds of factored layers, in the order of what they are told. */
export const COLOUR_KNOWLEDGE: readonly ColourKnowledge[] = ['known', 'learned', 'identity'];

/** A factored layer without fields, because the truth has none. */
export function factoredLayer(
  { sites, states }: MappingConfig,
  truth: SiteAndColourCouplings,
  colours: ColourKnowledge,
): FactoredModel {
  const values = colours === 'known' ? { known: truth.colourCouplings } : colours;
  return factoredAttention({ sites, states, values, fields: false });
}

/** The standard encoder of a name such as `2x8`, layers × heads. */
export function encoderOf({ sites, states, width }: MappingConfig, name: string): Model<EncoderParameters> {
  const { layers, heads } = encoderSize(name);
  return standardEncoder({ sites, states, layers, heads, width });
}

/** Layers and heads of an encoder's name. */
export function encoderSize(name: string): { readonly layers: number; readonly heads: number } {
  const [layers, heads] = name.split('x').map(Number);
  return { layers, heads };
}

/** Sizes at which factored layers are fitted, ascending. */
export function factoredSizes({ sampleSizes, trainSamples }: MappingConfig): number[] {
  return ascending([...sampleSizes, trainSamples]);
}

/** Sizes at which encoders are trained, ascending. */
export function encoderSizes({ encoderSampleSizes, trainSamples }: MappingConfig): number[] {
  return ascending([...encoderSampleSizes, trainSamples]);
}

/** How many training sequences the run draws. */
export function mappingPool(config: MappingConfig): number {
  return Math.max(...factoredSizes(config), ...encoderSizes(config));
}

/** The first sequences of those that were drawn. */
export function firstSequences(
  { sites, states }: MappingConfig,
  drawn: Int32Array,
  samples: number,
): Configurations {
  return { samples, sites, states, values: drawn.subarray(0, samples * sites) };
}

/**
 * Free parameters per conditional, k: L − 1 site couplings, and if U is learned its C² − C entries that matter (a
 * constant per column changes no conditional) less one for the scale, over L conditionals.
 */
export function freeParameters({ sites, states }: MappingConfig): { known: number; learned: number } {
  return { known: sites - 1, learned: sites - 1 + (states * (states - 1) - 1) / sites };
}

function ascending(sizes: readonly number[]): number[] {
  return [...new Set(sizes)].sort((a, b) => a - b);
}
