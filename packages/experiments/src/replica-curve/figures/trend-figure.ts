import type { Figure } from '../../experiment.ts';
import { frame } from '../../shared/figures/frame.ts';
import type { ReplicaCurveResult, SizeTrend } from '../replica-curve-result.ts';
import { loadTicks, ridgeColours } from './series.ts';

/** Words for the panels. */
const PANELS = {
  generalizationLoss: 'generalisation loss',
  reconstructionError: 'reconstruction error',
} as const;

/** One deviation in per cent of the theory. */
interface TrendRow {
  readonly [key: string]: number | string;
  readonly observable: string;
  readonly size: string;
  readonly ridge: number;
  readonly load: number;
  readonly percent: number;
  readonly error: number;
}

/** By which factor the axis goes beyond the loads. */
const MARGIN = 1.3;

/** Relative deviations of whole models of two sizes, and what is left without the part ∝ 1/N. */
export function trendFigure(result: ReplicaCurveResult): Figure {
  const { sites } = result;
  const sizes = [`N = ${Math.round(sites / 2)}`, `N = ${sites}`, 'extrapolated, 1/N → 0'];
  const table = result.trend.flatMap((point) =>
    (Object.keys(PANELS) as (keyof typeof PANELS)[]).flatMap((name) =>
      rowsOf(point[name]).map((row, k): TrendRow => {
        const { load, ridge } = point;
        return { observable: PANELS[name], size: sizes[k], load, ridge, ...row };
      }),
    ),
  );
  return {
    id: 'size-trend',
    title: 'What the finite size does',
    caption:
      'Experiment minus theory in per cent of the theory, for whole models of two sizes and extrapolated to infinitely ' +
      'many sites under the assumption that the difference falls as 1/N; bars are standard errors of the extrapolation.',
    table,
    options: (plot) => trendOptions(plot, result, { table, sizes }),
  };
}

function rowsOf({ small, large, extrapolated, error, theory }: SizeTrend) {
  const percent = (value: number) => (100 * value) / theory;
  return [
    { percent: percent(small), error: 0 },
    { percent: percent(large), error: 0 },
    { percent: percent(extrapolated), error: percent(error) },
  ];
}

function trendOptions(
  // biome-ignore lint/suspicious/noExplicitAny: the Plot module is the shell's
  plot: any,
  result: ReplicaCurveResult,
  { table, sizes }: { readonly table: readonly TrendRow[]; readonly sizes: readonly string[] },
) {
  const colours = ridgeColours(result);
  const ridges = [...colours.keys()];
  const colour = ({ ridge }: TrendRow) => colours.get(ridge)!;
  const loads = table.map(({ load }) => load);
  const x = ({ load, ridge }: TrendRow) => load * 1.08 ** (ridges.indexOf(ridge) - (ridges.length - 1) / 2);
  const low = Math.min(0, ...table.map(({ percent, error }) => percent - error));
  const high = Math.max(0, ...table.map(({ percent, error }) => percent + error));
  const facet = { fx: 'size', fy: 'observable' };
  return {
    ...{ ...frame, width: 1040, height: 420, marginTop: 40, marginRight: 140 },
    fx: { label: null, axis: null, domain: sizes, padding: 0.06 },
    fy: { label: null, domain: Object.values(PANELS), padding: 0.1, tickSize: 0 },
    x: {
      ...{ type: 'log', label: 'load α (sequences per neighbour)', labelAnchor: 'center' },
      ...{ labelArrow: 'none', base: 2, tickFormat: String, ticks: loadTicks(loads) },
      domain: [Math.min(...loads) / MARGIN, Math.max(...loads) * MARGIN],
    },
    y: {
      ...{ label: '(experiment − theory)/theory, per cent', labelAnchor: 'center', labelArrow: 'none' },
      ...{ grid: true, ticks: 5, domain: [1.05 * low, 1.05 * high] },
    },
    marks: [
      plot.frame({ stroke: '#ccc' }),
      plot.ruleY([0], { stroke: '#888' }),
      plot.ruleX(table, {
        ...{ ...facet, x, stroke: colour, strokeWidth: 1.4 },
        y1: ({ percent, error }: TrendRow) => percent - error,
        y2: ({ percent, error }: TrendRow) => percent + error,
      }),
      plot.dot(table, { ...facet, x, y: 'percent', fill: colour, r: 4 }),
      plot.text(sizes, {
        ...{ fx: String, fy: () => Object.values(PANELS)[0], frameAnchor: 'top', dy: -16 },
        ...{ fontWeight: 600, text: String },
      }),
    ],
  };
}
