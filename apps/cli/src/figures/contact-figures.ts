import type { Figure } from '@spinformer/experiments';
import {
  contactMapPlot,
  type MapPair,
  type PrecisionSeries,
  palette,
  precisionPlot,
  precisionTable,
} from '@spinformer/experiments/figures';
import type { ContactRow } from '@spinformer/potts';

/** What is drawn of ranked pairs. */
export interface ContactPicture {
  readonly rows: readonly ContactRow[];
  /** Numbers of the first and the last site. */
  readonly range: readonly [number, number];
  /** Pairs that touch in the structure, by their numbers. */
  readonly truth?: readonly (readonly [number, number])[];
  /** Å. */
  readonly threshold?: number;
  readonly minimumSeparation: number;
  /** Pairs to draw. */
  readonly count: number;
}

/** The strongest pairs as a map, over the structure's contacts where they are known. */
export function contactMap(picture: ContactPicture): Figure {
  const { range, truth, count, minimumSeparation, threshold } = picture;
  const rows = picture.rows.slice(0, count);
  const hits = rows.filter((row) => touches(row, threshold)).length;
  const caption = truth
    ? `The ${rows.length} strongest pairs at least ${minimumSeparation} apart (above the diagonal; ${hits} touch), over the pairs closer than ${threshold} Å in the structure (grey).`
    : `The ${rows.length} strongest pairs at least ${minimumSeparation} apart along the sequence; darker is stronger.`;
  return {
    id: 'contact-map',
    title: truth ? 'Predicted contacts over those of the structure' : 'Predicted contacts',
    caption,
    table: rows.map((row) => ({ ...row })),
    options: (plot) =>
      contactMapPlot(plot, {
        range,
        above: rows.map((row) => mapPair(row, picture)),
        ...(truth ? { truth } : {}),
      }),
  };
}

function mapPair(row: ContactRow, { truth, threshold, rows }: ContactPicture): MapPair {
  const { i, j, score } = row;
  // Where no structure is known there is no colour to tell pairs apart by.
  if (!truth) return { i, j, strength: Math.max(0.25, Math.min(1, score / (rows[0]?.score || 1))) };
  return row.distance === undefined ? { i, j } : { i, j, touches: touches(row, threshold) };
}

function touches({ distance }: ContactRow, threshold = 0): boolean {
  return distance !== undefined && distance < threshold;
}

/** Colours of several models in one picture, from the palette of all figures. */
export const SERIES_COLOURS: readonly string[] = [
  palette.attention,
  palette.pseudolikelihood,
  palette.maxEntropy,
  palette.theory,
];

/** One model's curve of {@link precisionFigure}. */
export interface NamedCurve {
  readonly name: string;
  readonly curve: Float64Array;
}

/** Share of true contacts among the strongest 1, 2, 3, … pairs, of one model or of several. */
export function precisionFigure(
  curves: readonly NamedCurve[],
  options: { readonly sites: number; readonly guessing: number },
): Figure {
  const shown = Math.max(2 * options.sites, 10);
  const series: PrecisionSeries[] = curves.map(({ name, curve }, k) => ({
    label: name,
    colour: SERIES_COLOURS[k % SERIES_COLOURS.length],
    curve: curve.slice(0, shown),
  }));
  return {
    id: 'precision',
    title: 'How many of the strongest pairs touch',
    caption:
      'Share of true contacts among the strongest pairs, as more of them are taken; the dashed line is what guessing would give.',
    table: precisionTable(series),
    options: (plot) => precisionPlot(plot, series, options),
  };
}
