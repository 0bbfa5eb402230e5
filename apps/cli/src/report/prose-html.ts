import { escapeXml } from '../figures/render-svg.ts';
import { scientific } from './format-number.ts';

/**
 * A sentence as HTML: `3.6e-6` becomes 3.6·10⁻⁶, and indices of one-letter symbols (`J_ij`, `A^h_ij`) are set low and
 * high. Names with underscores stay as they are.
 */
export function proseHtml(text: string): string {
  return escapeXml(scientific(text)).replace(
    /(?<![A-Za-z0-9_])([A-Za-zΣλ])(?:\^([A-Za-z0-9]{1,3}))?(?:_([A-Za-z0-9]{1,3}))?(?![A-Za-z0-9_])/g,
    (whole, symbol: string, high: string | undefined, low: string | undefined) =>
      high || low
        ? `<i>${symbol}</i>${high ? `<sup>${high}</sup>` : ''}${low ? `<sub>${low}</sub>` : ''}`
        : whole,
  );
}
