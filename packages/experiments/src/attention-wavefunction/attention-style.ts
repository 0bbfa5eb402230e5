import { palette } from '../shared/palette.ts';
import type { ComparedAttention } from './attention-wavefunction-config.ts';

/** One colour for each way to mix tokens, from Okabe and Ito's set. */
const COLOURS: Readonly<Record<ComparedAttention, string>> = {
  factored: palette.attention,
  t5: '#d55e00',
  decoupled: '#e69f00',
  standard: palette.independent,
  'standard-positions': '#009e73',
  'factored-full': '#56b4e9',
  'factored-softmax': '#cc79a7',
  spatial: '#8c6d1f',
};

/** Colour of a way to mix tokens. */
export function attentionColour(attention: ComparedAttention): string {
  return COLOURS[attention];
}
