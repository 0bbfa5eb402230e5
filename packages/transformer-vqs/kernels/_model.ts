import { address, count } from '../../tensor/kernels/_args';

// A packed transformer state: a table of float64 words with sizes and byte addresses, written by the host.

/** Words of the model. */
export const SITES: i32 = 0;
export const TOKENS: i32 = 1;
export const PATCH: i32 = 2;
export const WIDTH: i32 = 3;
export const HEADS: i32 = 4;
export const HIDDEN: i32 = 5;
export const LAYERS: i32 = 6;
export const HEAD_NORM: i32 = 7;
/** int32 [tokens, patch]: the site of each place. */
export const PLACES: i32 = 8;
/** int32 [tokens, tokens]: the number of the positional parameter of a pair, within a head. */
export const PAIRS: i32 = 9;
export const POSITIONS: i32 = 10;
export const PARAMETERS: i32 = 11;
/** Tables of the first layer by the values of patches, [values, width] and [displacements, values, width], or 0. */
export const FIRST_OWN: i32 = 12;
export const FIRST_OTHERS: i32 = 13;
export const EMBED: i32 = 16;
export const EMBED_BIAS: i32 = 17;
/** Position vectors [tokens, width rounded up to four], or 0. */
export const EMBED_POSITION: i32 = 18;
export const NORM_GAIN: i32 = 19;
export const NORM_BIAS: i32 = 20;
/** The two parts of the head, HEAD_WORDS words each. */
export const REAL: i32 = 21;
export const IMAGINARY: i32 = 26;
/** First word of the first layer, and words of a layer. */
export const FIRST_LAYER: i32 = 32;
export const LAYER_WORDS: i32 = 18;

/** Words of a part of the head. */
export const HEAD_WEIGHT: i32 = 0;
export const HEAD_BIAS: i32 = 1;
export const HEAD_GAIN: i32 = 2;
export const HEAD_SHIFT: i32 = 3;
export const HEAD_BACK: i32 = 4;

/** Words of a layer; `_BACK` are the transposes, for the way back. */
export const GAIN1: i32 = 0;
export const SHIFT1: i32 = 1;
export const VALUE: i32 = 2;
export const VALUE_BIAS: i32 = 3;
export const VALUE_BACK: i32 = 4;
export const MIX: i32 = 5;
export const MIX_BACK: i32 = 6;
export const OUTPUT: i32 = 7;
export const OUTPUT_BIAS: i32 = 8;
export const OUTPUT_BACK: i32 = 9;
export const GAIN2: i32 = 10;
export const SHIFT2: i32 = 11;
export const EXPAND: i32 = 12;
export const EXPAND_BIAS: i32 = 13;
export const EXPAND_BACK: i32 = 14;
export const CONTRACT: i32 = 15;
export const CONTRACT_BIAS: i32 = 16;
export const CONTRACT_BACK: i32 = 17;

/** Base of a layer's words. */
// @ts-ignore: decorator
@inline export function layerOf(model: usize, layer: i32): usize {
  return model + ((<usize>(FIRST_LAYER + layer * LAYER_WORDS)) << 3);
}

/** Base of the words of a part of the head. */
// @ts-ignore: decorator
@inline export function partOf(model: usize, part: i32): usize {
  return model + (<usize>part << 3);
}

export { address, count };
