import { DIVERGING_SCHEME, SEQUENTIAL_SCHEME } from '../palette.ts';
import type { Row } from './row.ts';

/** One matrix of a figure. */
export interface HeatmapPanel {
  readonly title: string;
  /** Row-major, [rows, columns]; NaN leaves a cell empty. */
  readonly values: ArrayLike<number>;
  readonly rows: number;
  readonly columns: number;
  /** Names of rows and columns; without them every fifth index, from 1. */
  readonly rowNames?: readonly string[];
  readonly columnNames?: readonly string[];
  readonly rowLabel?: string;
  readonly columnLabel?: string;
}

/** How matrices are drawn. */
export interface HeatmapOptions {
  /** `diverging` is centred at zero, `sequential` starts there. */
  readonly scale: 'diverging' | 'sequential';
  /** What the colour means, with its unit. */
  readonly legend: string;
  /** Whether the numbers stand in the cells; default up to eight rows. */
  readonly numbers?: boolean;
  /** Width of the whole figure, px. */
  readonly width?: number;
}

/**
 * Square-celled heat maps side by side on one colour scale, with a colour bar: one coordinate system in units of
 * cells, so that the aspect is equal and everything is in one SVG.
 *
 * @param plot the Observable Plot module
 * @param panels the matrices, left to right
 * @param options colour scale and legend
 * @returns the options for `plot.plot`
 */
// biome-ignore lint/suspicious/noExplicitAny: the Plot module is the shell's
export function heatmapPanels(plot: any, panels: readonly HeatmapPanel[], options: HeatmapOptions) {
  const height = Math.max(...panels.map((panel) => panel.rows));
  const unit = height / 20;
  const gap = 3.2 * unit;
  const offsets: number[] = [];
  let edge = 0;
  for (const panel of panels) {
    offsets.push(edge);
    edge += panel.columns + gap;
  }
  const bound = colourBound(panels);
  const low = options.scale === 'diverging' ? -bound : 0;
  const bar = colourBar(plot, {
    left: edge - 0.6 * gap,
    height,
    unit,
    low,
    high: bound,
    legend: options.legend,
  });
  const width = options.width ?? Math.min(980, 150 + 330 * panels.length);
  const margins = { marginTop: 34, marginRight: 64, marginBottom: 40, marginLeft: 52 };
  const drawn = (width - margins.marginLeft - margins.marginRight) / (edge - 0.6 * gap + unit);
  return {
    width,
    height: Math.round(drawn * height) + margins.marginTop + margins.marginBottom,
    ...margins,
    style: { fontSize: '12px', background: 'white' },
    x: { axis: null, domain: [0, edge - 0.6 * gap + unit] },
    y: { axis: null, domain: [height, 0] },
    color: {
      type: options.scale === 'diverging' ? 'diverging' : 'linear',
      scheme: options.scale === 'diverging' ? DIVERGING_SCHEME : SEQUENTIAL_SCHEME,
      reverse: options.scale === 'diverging',
      domain: [low, bound],
      ...(options.scale === 'diverging' && { pivot: 0 }),
    },
    marks: [
      ...panels.flatMap((panel, index) => panelMarks(plot, panel, offsets[index], options.numbers)),
      ...bar,
    ],
  };
}

/** The cells of panels as rows: panel, row, column, value. */
export function heatmapTable(panels: readonly HeatmapPanel[]): Row[] {
  return panels.flatMap((panel) =>
    cells(panel).map(({ row, column, value }) => ({
      panel: panel.title,
      row: panel.rowNames?.[row] ?? row + 1,
      column: panel.columnNames?.[column] ?? column + 1,
      value,
    })),
  );
}

function colourBound(panels: readonly HeatmapPanel[]): number {
  let bound = 0;
  for (const panel of panels) for (const { value } of cells(panel)) bound = Math.max(bound, Math.abs(value));
  return bound || 1;
}

function cells(panel: HeatmapPanel): { row: number; column: number; value: number }[] {
  return Array.from({ length: panel.rows * panel.columns }, (_, index) => ({
    row: Math.floor(index / panel.columns),
    column: index % panel.columns,
    value: panel.values[index],
  })).filter(({ value }) => Number.isFinite(value));
}

// biome-ignore lint/suspicious/noExplicitAny: the Plot module is the shell's
function panelMarks(plot: any, panel: HeatmapPanel, left: number, numbers = panel.rows <= 8): unknown[] {
  const squares = cells(panel).map(({ row, column, value }) => ({
    x1: left + column,
    x2: left + column + 1,
    y1: row,
    y2: row + 1,
    value,
  }));
  const centre = left + panel.columns / 2;
  const frame = [{ x1: left, x2: left + panel.columns, y1: 0, y2: panel.rows }];
  const box = { x1: 'x1', x2: 'x2', y1: 'y1', y2: 'y2' };
  const text = (x: number, y: number, label: string, style: object) =>
    plot.text([{ x, y, label }], { x: 'x', y: 'y', text: 'label', ...style });
  return [
    plot.rect(squares, { ...box, fill: 'value', inset: 0, shapeRendering: 'crispEdges' }),
    ...(numbers ? [cellValues(plot, squares)] : []),
    plot.rect(frame, { ...box, stroke: '#666', fill: 'none' }),
    text(centre, 0, panel.title, { dy: -16, fontWeight: 600, fontSize: 13 }),
    text(centre, panel.rows, panel.columnLabel ?? '', { dy: 28 }),
    text(left, panel.rows / 2, panel.rowLabel ?? '', { dx: -34, rotate: -90 }),
    plot.text(ticks(panel.columns, panel.columnNames), {
      x: (tick: Tick) => left + tick.at + 0.5,
      y: panel.rows,
      text: 'label',
      dy: 10,
      fontSize: 10,
    }),
    plot.text(ticks(panel.rows, panel.rowNames), {
      x: left,
      y: (tick: Tick) => tick.at + 0.5,
      text: 'label',
      dx: -6,
      textAnchor: 'end',
      fontSize: 10,
    }),
  ];
}

/** In a small matrix the numbers stand in the cells, with a halo that keeps them readable on any colour. */
// biome-ignore lint/suspicious/noExplicitAny: the Plot module is the shell's
function cellValues(plot: any, squares: readonly { x1: number; y1: number; value: number }[]): unknown {
  return plot.text(squares, {
    x: ({ x1 }: { x1: number }) => x1 + 0.5,
    y: ({ y1 }: { y1: number }) => y1 + 0.5,
    text: ({ value }: { value: number }) => value.toPrecision(3).replace('-', '−'),
    stroke: 'white',
    strokeWidth: 3,
    fill: '#1a1a1a',
  });
}

interface Tick {
  readonly at: number;
  readonly label: string;
}

function ticks(count: number, names?: readonly string[]): Tick[] {
  if (names) return names.map((label, at) => ({ at, label }));
  const step = count <= 12 ? 1 : count <= 40 ? 5 : 20;
  return Array.from({ length: count }, (_, at) => ({ at, label: String(at + 1) })).filter(
    ({ at }) => (at + 1) % step === 0 || at === 0,
  );
}

interface ColourBar {
  readonly left: number;
  readonly height: number;
  readonly unit: number;
  readonly low: number;
  readonly high: number;
  readonly legend: string;
}

// biome-ignore lint/suspicious/noExplicitAny: the Plot module is the shell's
function colourBar(plot: any, bar: ColourBar): unknown[] {
  const steps = 48;
  const span = bar.high - bar.low;
  const slices = Array.from({ length: steps }, (_, index) => ({
    y1: (bar.height * index) / steps,
    y2: (bar.height * (index + 1)) / steps,
    value: bar.high - (span * (index + 0.5)) / steps,
  }));
  const labels = [0, 0.25, 0.5, 0.75, 1].map((share) => ({
    y: bar.height * share,
    label: shortNumber(bar.high - span * share),
  }));
  const edges = { x1: bar.left, x2: bar.left + bar.unit };
  return [
    plot.rect(slices, {
      ...constants(edges),
      y1: 'y1',
      y2: 'y2',
      fill: 'value',
      shapeRendering: 'crispEdges',
    }),
    plot.text(labels, {
      x: constant(edges.x2),
      y: 'y',
      text: 'label',
      dx: 6,
      textAnchor: 'start',
      fontSize: 10,
    }),
    plot.text([bar.legend], {
      x: constant(edges.x2),
      y: constant(bar.height / 2),
      dx: 50,
      rotate: -90,
      text: String,
    }),
  ];
}

function constant(value: number): () => number {
  return () => value;
}

function constants<Key extends string>(values: Readonly<Record<Key, number>>): Record<Key, () => number> {
  return Object.fromEntries(
    Object.entries<number>(values).map(([key, value]) => [key, constant(value)]),
  ) as Record<Key, () => number>;
}

function shortNumber(value: number): string {
  const text = Math.abs(value) >= 10 ? value.toFixed(0) : value.toFixed(2);
  return text.replace('-', '−');
}
