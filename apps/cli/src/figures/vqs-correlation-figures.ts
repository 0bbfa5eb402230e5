import type { Figure } from '@spinformer/experiments';
import { frame, heatmapPanels, palette } from '@spinformer/experiments/figures';
import type { Lattice, MeasuredCorrelation, MeasuredStructureFactor } from '@spinformer/transformer-vqs';

/** How correlations were measured, for captions. */
export interface CorrelationNote {
  /** `⟨S·S⟩`, or `3⟨SᶻSᶻ⟩` where only one component was looked at. */
  readonly symbol: string;
}

/** The spin structure factor: a line over the momenta of a chain, a map over those of a plane. */
export function structureFactorFigure(
  points: readonly MeasuredStructureFactor[],
  { shape }: Lattice,
  note: CorrelationNote,
): Figure {
  const common = {
    id: 'structure-factor',
    title: 'Spin structure factor',
    caption: `S(k) = Σ_r cos(k·r) ${note.symbol} by displacement r: where it is large, spins order with that wave.`,
  };
  if (shape.length === 1)
    return lineFigure(
      points.map(({ kx, value, standardError }) => ({ x: (2 * kx) / shape[0], value, standardError })),
      { ...common, xLabel: 'momentum (π)', yLabel: 'S(k)' },
    );
  const [height, width] = shape;
  const panel = {
    title: 'S(k)',
    values: byRows(points, height, width, ({ kx, ky }) => [kx, ky]),
    rows: height,
    columns: width,
    rowNames: names(height, (k) => inPi(k, height)).reverse(),
    columnNames: names(width, (k) => inPi(k, width)),
    rowLabel: 'ky',
    columnLabel: 'kx',
  };
  return {
    ...common,
    table: points.map((point) => ({ ...point })),
    options: (plot) =>
      heatmapPanels(plot, [panel], { scale: 'sequential', legend: 'S(k) per site', width: 520 }),
  };
}

/** Correlations by displacement: a line along a chain, a map over a plane. */
export function correlationFigure(
  points: readonly MeasuredCorrelation[],
  { shape }: Lattice,
  note: CorrelationNote,
): Figure {
  const common = {
    id: 'correlations',
    title: 'Spin correlations',
    caption: `${note.symbol} by displacement, averaged over the lattice; ¾ at displacement 0 is left out.`,
  };
  const others = points.filter(({ dx, dy }) => dx !== 0 || dy !== 0);
  if (shape.length === 1) {
    const half = others.filter(({ dx }) => 2 * dx <= shape[0]);
    return lineFigure(
      half.map(({ dx, value, standardError }) => ({ x: dx, value, standardError })),
      { ...common, xLabel: 'distance (sites)', yLabel: note.symbol },
    );
  }
  const [height, width] = shape;
  const panel = {
    title: note.symbol,
    values: byRows(others, height, width, ({ dx, dy }) => [dx, dy]),
    rows: height,
    columns: width,
    rowNames: names(height, String).reverse(),
    columnNames: names(width, String),
    rowLabel: 'displacement y',
    columnLabel: 'displacement x',
  };
  return {
    ...common,
    table: others.map((point) => ({ ...point })),
    options: (plot) => heatmapPanels(plot, [panel], { scale: 'diverging', legend: note.symbol, width: 520 }),
  };
}

interface LinePoint {
  readonly x: number;
  readonly value: number;
  readonly standardError: number;
}

interface LineLabels {
  readonly id: string;
  readonly title: string;
  readonly caption: string;
  readonly xLabel: string;
  readonly yLabel: string;
}

function lineFigure(points: readonly LinePoint[], labels: LineLabels): Figure {
  const { xLabel, yLabel, ...head } = labels;
  const bars = points.map((point) => ({
    ...point,
    low: point.value - 2 * point.standardError,
    high: point.value + 2 * point.standardError,
  }));
  const axis = { labelAnchor: 'center', labelArrow: 'none', grid: true } as const;
  return {
    ...head,
    table: points.map((point) => ({ ...point })),
    options: (plot) => ({
      ...frame,
      width: 560,
      height: 320,
      x: { ...axis, label: xLabel },
      y: { ...axis, label: yLabel },
      marks: [
        plot.ruleY([0], { stroke: '#999' }),
        plot.line(points, { x: 'x', y: 'value', stroke: palette.attention, strokeWidth: 1.4 }),
        plot.ruleX(bars, { x: 'x', y1: 'low', y2: 'high', stroke: palette.truth }),
        plot.dot(points, { x: 'x', y: 'value', fill: palette.attention, r: 3.5 }),
      ],
    }),
  };
}

/** Row-major values with y growing upwards; NaN where there is none. */
function byRows<T extends { readonly value: number }>(
  points: readonly T[],
  height: number,
  width: number,
  place: (point: T) => readonly [number, number],
): Float64Array {
  const values = new Float64Array(height * width).fill(Number.NaN);
  for (const point of points) {
    const [x, y] = place(point);
    values[(height - 1 - y) * width + x] = point.value;
  }
  return values;
}

/** At most every so many names, so that they do not meet. */
function names(extent: number, name: (k: number) => string): string[] {
  const every = Math.ceil(extent / 12);
  return Array.from({ length: extent }, (_, k) => (k % every === 0 ? name(k) : ''));
}

/** 2πk/extent as a multiple of π: 0, π/2, π, 3π/2. */
function inPi(k: number, extent: number): string {
  const divisor = greatestCommonDivisor(2 * k, extent);
  const [over, under] = [(2 * k) / divisor, extent / divisor];
  if (over === 0) return '0';
  return `${over === 1 ? '' : over}π${under === 1 ? '' : `/${under}`}`;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
