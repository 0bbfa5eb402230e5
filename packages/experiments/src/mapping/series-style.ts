import { palette } from '../shared/palette.ts';
import type { ColourKnowledge } from './mapping-result.ts';

/** Colours of encoders by their layers, from Okabe and Ito's set. */
const LAYER_COLOURS = ['#d55e00', '#e69f00', '#009e73', '#56b4e9'];
/** Strokes of encoders by their heads. */
const HEAD_STROKES: Readonly<Record<number, string>> = { 1: 'none', 2: '9 3', 4: '5 3', 8: '2 3' };

/** Colour of an encoder: one for each number of layers. */
export function encoderColour({ layers }: { readonly layers: number }): string {
  return LAYER_COLOURS[(layers - 1) % LAYER_COLOURS.length];
}

/** Stroke of an encoder: drawn through for one head, the more broken the more heads. */
export function encoderStroke({ heads }: { readonly heads: number }): string {
  return HEAD_STROKES[heads] ?? 'none';
}

/** Colours of the factored layers. */
export const FACTORED_COLOURS: Readonly<Record<ColourKnowledge, string>> = {
  known: palette.truth,
  learned: palette.attention,
  identity: palette.independent,
};
