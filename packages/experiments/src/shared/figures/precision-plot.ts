import { palette } from '../palette.ts';
import { frame } from './frame.ts';
import { type KeyEntry, keyMarks } from './key.ts';
import type { Row } from './row.ts';

/** Precision of one ranking of pairs. */
export interface PrecisionSeries extends KeyEntry {
  /** [pairs]: share of true contacts among the strongest 1, 2, 3, …. */
  readonly curve: ArrayLike<number>;
}

/** What {@link precisionPlot} draws beside the curves. */
export interface PrecisionPlotOptions {
  /** L: the number of sites, whose fifth, half and whole are marked. */
  readonly sites: number;
  /** Share of true contacts among all pairs: what guessing gives. */
  readonly guessing?: number;
}

/**
 * Share of true contacts among the strongest pairs, as more of them are taken.
 *
 * @param plot the Observable Plot module
 * @param series one curve each; a key names them where there are several
 * @returns the options for `plot.plot`
 */
export function precisionPlot(
  // biome-ignore lint/suspicious/noExplicitAny: the Plot module is the shell's
  plot: any,
  series: readonly PrecisionSeries[],
  { sites, guessing }: PrecisionPlotOptions,
): Record<string, unknown> {
  const marks = [5, 2, 1].map((part) => ({
    at: Math.max(1, Math.floor(sites / part)),
    label: part === 1 ? 'L' : `L/${part}`,
  }));
  const centred = { labelAnchor: 'center', labelArrow: 'none' } as const;
  return {
    ...frame,
    width: 620,
    height: 380,
    x: { type: 'log', label: 'pairs counted', ...centred, tickFormat: 'd', ticks: 5 },
    y: { label: 'share that are contacts', ...centred, domain: [0, 1], tickFormat: '.0%', grid: true },
    marks: [
      ...(guessing === undefined
        ? []
        : [plot.ruleY([guessing], { stroke: palette.independent, strokeDasharray: '5 4' })]),
      plot.ruleX(marks, { x: 'at', stroke: '#ddd' }),
      plot.text(marks, { x: 'at', text: 'label', frameAnchor: 'top', dy: -14, fill: '#777' }),
      ...series.map(({ curve, colour }) =>
        plot.line(Array.from(curve), {
          x: (_: number, k: number) => k + 1,
          y: Number,
          stroke: colour,
          strokeWidth: 2,
        }),
      ),
      ...(series.length > 1 ? keyMarks(plot, series, 'bottom-left') : []),
    ],
  };
}

/** The numbers behind {@link precisionPlot}: one row for each curve and number of pairs. */
export function precisionTable(series: readonly PrecisionSeries[]): Row[] {
  return series.flatMap(({ label, curve }) =>
    Array.from(curve, (precision, k) => ({
      ...(series.length > 1 && { model: label }),
      pairs: k + 1,
      precision,
    })),
  );
}
