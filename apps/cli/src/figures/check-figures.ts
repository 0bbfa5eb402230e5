import type { Figure } from '@spinformer/experiments';
import { frame, keyRow, palette, scatterPlot } from '@spinformer/experiments/figures';

/** A list of statistics in the data and in samples. */
export interface StatisticPoints {
  readonly data: Float64Array;
  readonly samples: Float64Array;
}

/** Samples' statistics against the data's. */
export function statisticFigure(
  { data, samples }: StatisticPoints,
  labels: { readonly id: string; readonly title: string; readonly pearson: number },
): Figure {
  const points = Array.from(data, (x, k) => ({ series: labels.title, x, y: samples[k] }));
  const values = points.flatMap(({ x, y }) => [x, y]);
  const [low, high] = values.reduce(([a, b], value) => [Math.min(a, value), Math.max(b, value)] as const, [
    0, 0,
  ] as readonly [number, number]);
  const margin = 0.04 * (high - low || 1);
  return {
    id: labels.id,
    title: labels.title,
    caption: `One point for each statistic (at most about ${points.length} are shown); Pearson correlation of all ${labels.pearson.toFixed(4)}.`,
    table: points.map(({ x, y }) => ({ data: x, samples: y })),
    options: (plot) =>
      scatterPlot(plot, points, {
        x: 'in the data',
        y: 'in the samples',
        series: [{ label: labels.title, colour: palette.attention }],
        domain: [low - margin, high + margin],
        radius: 1.8,
      }),
  };
}

/** Where sequences lie in the plane of the first two principal components. */
export interface Projection {
  /** [sequences, 2]. */
  readonly data: Float64Array;
  readonly samples: Float64Array;
}

/** Points drawn of each kind, at most. */
const SHOWN = 2500;

/** Data and samples beside each other in the plane of the data's first two components. */
export function componentsFigure({ data, samples }: Projection, shares: readonly number[]): Figure {
  const points = [...pick(data, 'data'), ...pick(samples, 'samples')];
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
  return {
    id: 'components',
    title: 'Principal components',
    caption: `Sequences in the plane in which the data vary most (${shares.map(percent).join(' and ')} of the variance), the data left, samples of the model right.`,
    table: points,
    options: (plot) => ({
      ...frame,
      width: 860,
      height: 460,
      marginTop: 50,
      fx: { domain: ['data', 'samples'], axis: null, padding: 0.06 },
      x: { label: 'first component', labelAnchor: 'center', labelArrow: 'none' },
      y: { label: 'second component', labelAnchor: 'center', labelArrow: 'none', grid: true },
      marks: [
        plot.frame({ stroke: '#ccc' }),
        plot.dot(points, {
          ...{ x: 'x', y: 'y', fx: 'kind', r: 1.8, fillOpacity: 0.35 },
          fill: ({ kind }: { kind: string }) => (kind === 'data' ? palette.data : palette.attention),
        }),
        ...keyRow(plot, [{ label: 'natural sequences', colour: palette.data }], 0, { fx: () => 'data' }),
        ...keyRow(plot, [{ label: 'samples of the model', colour: palette.attention }], 0, {
          fx: () => 'samples',
        }),
      ],
    }),
  };
}

function pick(coordinates: Float64Array, kind: string): { kind: string; x: number; y: number }[] {
  const count = coordinates.length / 2;
  const stride = Math.max(1, Math.ceil(count / SHOWN));
  return Array.from({ length: Math.ceil(count / stride) }, (_, k) => ({
    kind,
    x: coordinates[2 * k * stride],
    y: coordinates[2 * k * stride + 1],
  }));
}

/** Shares of data and samples in common bins. */
export interface SharesPair {
  /** [bins + 1], or [bins] for values that are whole. */
  readonly edges: Float64Array;
  readonly data: Float64Array;
  readonly samples: Float64Array;
}

/** Two histograms over each other. */
export function sharesFigure(
  { edges, data, samples }: SharesPair,
  labels: { readonly id: string; readonly title: string; readonly caption: string; readonly x: string },
): Figure {
  const bars = [data, samples].flatMap((shares, k) =>
    Array.from(shares, (share, bin) => ({
      series: k === 0 ? 'data' : 'samples',
      colour: k === 0 ? palette.data : palette.attention,
      from: edges[bin],
      to: edges[bin + 1],
      share,
    })),
  );
  const key = [
    { label: 'natural sequences', colour: palette.data },
    { label: 'samples of the model', colour: palette.attention },
  ];
  return {
    ...{ id: labels.id, title: labels.title, caption: labels.caption },
    table: bars.map(({ series, from, to, share }) => ({ series, from, to, share })),
    options: (plot) => ({
      ...frame,
      width: 600,
      height: 340,
      marginTop: 44,
      x: { label: labels.x, labelAnchor: 'center', labelArrow: 'none' },
      y: { label: 'share', labelAnchor: 'center', labelArrow: 'none', grid: true, tickFormat: '.0%' },
      marks: [
        plot.rect(bars, {
          ...{ x1: 'from', x2: 'to', y1: 0, y2: 'share', fill: 'colour', fillOpacity: 0.4, inset: 0 },
        }),
        plot.ruleY([0]),
        ...keyRow(plot, key),
      ],
    }),
  };
}
