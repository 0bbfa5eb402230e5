import type { Figure } from '@spinformer/experiments';
import { frame, type KeyEntry, keyMarks } from '@spinformer/experiments/figures';

/** One set of values of {@link histogramFigure}. */
export interface HistogramSeries extends KeyEntry {
  readonly values: Float64Array;
}

const BINS = 40;

/** Shares of several sets of values in equal bins, as steps. */
export function histogramFigure(
  series: readonly HistogramSeries[],
  labels: {
    readonly id: string;
    readonly title: string;
    readonly caption: string;
    readonly x: string /** Values are multiples of this: bins hold as many of them each. */;
    readonly step?: number;
  },
): Figure {
  const all = series.flatMap(({ values }) => [...values]);
  const least = all.reduce((bound, value) => Math.min(bound, value), Infinity);
  const most = all.reduce((bound, value) => Math.max(bound, value), -Infinity);
  const { step = 0 } = labels;
  const span = most - least + step || 1;
  const width = step > 0 ? step * Math.ceil(span / (step * BINS)) : span / BINS;
  const low = least - step / 2;
  const points = series.flatMap(({ label, colour, values }) => {
    const counts = new Float64Array(BINS);
    for (const value of values) counts[Math.min(BINS - 1, Math.floor((value - low) / width))]++;
    return Array.from(counts, (count, bin) => ({
      series: label,
      colour,
      from: low + bin * width,
      to: low + (bin + 1) * width,
      share: count / values.length,
    }));
  });
  return {
    ...{ id: labels.id, title: labels.title, caption: labels.caption },
    table: points.map(({ series: name, from, to, share }) => ({ series: name, from, to, share })),
    options: (plot) => ({
      ...frame,
      width: 600,
      height: 340,
      x: { label: labels.x, labelAnchor: 'center', labelArrow: 'none' },
      y: {
        label: 'share of sequences',
        labelAnchor: 'center',
        labelArrow: 'none',
        grid: true,
        tickFormat: '.0%',
      },
      marks: [
        plot.rect(points, {
          ...{ x1: 'from', x2: 'to', y1: 0, y2: 'share', fill: 'colour', fillOpacity: 0.4, inset: 0 },
        }),
        plot.ruleY([0]),
        ...keyMarks(plot, series, 'top-right'),
      ],
    }),
  };
}
