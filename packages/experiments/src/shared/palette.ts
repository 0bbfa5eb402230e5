/**
 * Colours of every figure, from Okabe and Ito's set, which stays apart under all common colour blindness: one
 * meaning, one colour, in every study.
 */
export const palette = {
  truth: '#1a1a1a',
  attention: '#0072b2',
  pseudolikelihood: '#d55e00',
  maxEntropy: '#009e73',
  theory: '#cc79a7',
  data: '#1a1a1a',
  independent: '#999999',
  highlight: '#e69f00',
  muted: '#b8b8b8',
} as const;

/** Diverging ramp centred at zero (blue below, red above), readable without red–green vision. */
export const DIVERGING_SCHEME = 'RdBu';

/** Sequential ramp for magnitudes. */
export const SEQUENTIAL_SCHEME = 'Blues';
