import { frame } from './frame.ts';
import { type KeyEntry, keyMarks } from './key.ts';

/** A point of a scatter plot. */
export interface ScatterPoint {
  readonly series: string;
  readonly x: number;
  readonly y: number;
}

/** What the axes and the series of a {@link scatterPlot} are called. */
export interface ScatterLabels {
  /** With its unit. */
  readonly x: string;
  /** With its unit. */
  readonly y: string;
  /** Colours of the series; the key names them. */
  readonly series: readonly KeyEntry[];
  /** Of both axes; default symmetric about zero, as far as the data reach. */
  readonly domain?: readonly [number, number];
  /** Of all points, px; default 3.6, and less for each later series, so that those that coincide stay visible. */
  readonly radius?: number;
}

/**
 * Two quantities that should agree: square frame, equal axes, the diagonal drawn in.
 *
 * @param plot the Observable Plot module
 * @param points the data, any number of series
 * @param labels of the axes with units, and of the series with their colours
 * @returns the options for `plot.plot`
 */
export function scatterPlot(
  // biome-ignore lint/suspicious/noExplicitAny: the Plot module is the shell's
  plot: any,
  points: readonly ScatterPoint[],
  labels: ScatterLabels,
): Record<string, unknown> {
  const domain = labels.domain ?? symmetricDomain(points);
  const [low, high] = domain;
  const side = 460;
  return {
    ...frame,
    width: side + frame.marginLeft + frame.marginRight,
    height: side + frame.marginTop + frame.marginBottom,
    x: { label: labels.x, domain, labelAnchor: 'center', labelArrow: 'none' },
    y: { label: labels.y, domain, labelAnchor: 'center', labelArrow: 'none' },
    color: {
      domain: labels.series.map(({ label }) => label),
      range: labels.series.map(({ colour }) => colour),
    },
    marks: [
      plot.frame({ stroke: '#ccc' }),
      plot.link([0], {
        x1: low,
        y1: low,
        x2: high,
        y2: high,
        stroke: '#888',
        strokeDasharray: '5 4',
      }),
      // Series that coincide stay visible: each later one is drawn smaller, on top.
      ...labels.series.map(({ label }, index) =>
        plot.dot(points, {
          filter: (point: ScatterPoint) => point.series === label,
          x: 'x',
          y: 'y',
          fill: 'series',
          r: labels.radius ?? 3.6 / (1 + index),
          fillOpacity: labels.radius !== undefined || index === 0 ? 0.55 : 1,
        }),
      ),
      ...keyMarks(plot, labels.series),
    ],
  };
}

function symmetricDomain(points: readonly ScatterPoint[]): readonly [number, number] {
  const bound = 1.05 * points.reduce((most, { x, y }) => Math.max(most, Math.abs(x), Math.abs(y)), 1e-12);
  return [-bound, bound];
}
