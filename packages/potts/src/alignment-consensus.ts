import type { Alignment } from './alignment.ts';

/**
 * Most frequent letter of each site, gaps aside; '-' where a column holds only gaps. It stands in for a reference
 * sequence, as when sites are looked for in a structure.
 *
 * @returns one letter per site. Weights are used where the alignment has them.
 */
export function consensusLetters(alignment: Alignment): string {
  const { samples, sites, codes, alphabet, weights } = alignment;
  const size = alphabet.symbols.length;
  const counts = new Float64Array(sites * size);
  for (let m = 0; m < samples; m++)
    for (let i = 0; i < sites; i++) counts[i * size + codes[m * sites + i]] += weights?.[m] ?? 1;
  return Array.from({ length: sites }, (_, i) => {
    let best = -1;
    for (let code = 0; code < size; code++) {
      const count = counts[i * size + code];
      if (code !== alphabet.gapCode && count > 0 && (best < 0 || count > counts[i * size + best]))
        best = code;
    }
    return best < 0 ? '-' : alphabet.symbols[best];
  }).join('');
}
