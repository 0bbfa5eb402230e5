import type { PlainData } from '@spinformer/numerics';

/** What a factored layer may know about the colours: U given, U learned with the rest, or no colour structure at all. */
export type ColourKnowledge = 'known' | 'learned' | 'identity';

/** How far the couplings that a factored layer has learned are from the true ones, dimensionless. */
export interface Reconstruction {
  readonly [key: string]: PlainData;
  /** |W − W*|²/|W*|² over all ordered pairs, zero-sum gauge, rows as trained. */
  readonly couplings: number;
  /** The same after the average over (i, a) ↔ (j, b). */
  readonly symmetrised: number;
  /** |A − J|²/|J|² with A at the scale at which V has the norm and sign of U. */
  readonly siteCouplings: number;
  /** |V − U|²/|U|² with V at the norm and sign of U, zero-sum gauge. */
  readonly colourCouplings: number;
}

/** A model that was trained on one number of sequences. */
export interface TrainedModel {
  readonly [key: string]: PlainData;
  /** For people: `factored, U learned`, `1 layer, 8 heads`. */
  readonly name: string;
  readonly kind: 'factored' | 'encoder';
  readonly layers: number;
  readonly heads: number;
  /** Training sequences P. */
  readonly samples: number;
  /** Numbers that were trained. */
  readonly parameters: number;
  /** Expected loss on the masked test sites, nats per masked site. */
  readonly test: number;
  /** By how much that exceeds the exact conditional entropy there. */
  readonly excess: number;
  readonly status: string;
  /** What to change where the training did not end well; empty otherwise. */
  readonly remedy: string;
}

/** A factored layer at its minimum. */
export interface FactoredFit extends TrainedModel {
  readonly colours: ColourKnowledge;
  readonly reconstruction: Reconstruction;
  /** A, [sites, sites], at the scale of {@link Reconstruction.siteCouplings}. */
  readonly siteCouplings: Float64Array;
  /** V, zero-sum, at the norm and sign of U, [states, states]. */
  readonly colourCouplings: Float64Array;
}

/** A model trained by Adam, with the course of its training. */
export interface TrainedByAdam extends TrainedModel {
  /** Pairs of passes over the training data and expected test loss in nats per masked site, [points, 2]. */
  readonly curve: Float64Array;
}

/** A standard encoder, and where its masked sites look. */
export interface EncoderFit extends TrainedByAdam {
  /** Mean attention of a masked site i to site j, [layers, heads, sites, sites]; empty where it was not measured. */
  readonly maps: Float64Array;
  /** Pearson's correlation of each map with |J| over i ≠ j, [layers, heads]. */
  readonly agreement: Float64Array;
  /** Share of the attention's variance that positions alone explain, 0…1, [layers, heads]. */
  readonly positional: Float64Array;
}

/** What the study of the mapping found. */
export interface MappingResult {
  readonly sites: number;
  readonly states: number;
  readonly trainSamples: number;
  /** Masked test sites, one per test sequence. */
  readonly testSamples: number;
  /** Mean exact conditional entropy at the masked test sites: the Bayes loss, nats per masked site. */
  readonly exactEntropy: number;
  /** J, [sites, sites]. */
  readonly siteCouplings: Float64Array;
  /** U, zero-sum, [states, states]. */
  readonly colourCouplings: Float64Array;
  /** Free parameters per conditional, k, of a factored layer with U known and learned. */
  readonly parametersPerSite: { readonly known: number; readonly learned: number };
  /** Every kind of factored layer at every size. */
  readonly factored: readonly FactoredFit[];
  /** The factored layer trained as the encoders are. */
  readonly factoredByAdam: TrainedByAdam;
  /** Every encoder at every size. */
  readonly encoders: readonly EncoderFit[];
  /** Words about anything that did not go as planned. */
  readonly warnings: readonly string[];
}
