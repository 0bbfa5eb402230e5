import type { Figure } from '../../experiment.ts';
import { frame } from '../../shared/figures/frame.ts';
import type { ReplicaCurveResult } from '../replica-curve-result.ts';
import { loadTicks, panelTitle, ridgeColours } from './series.ts';

/** Words for the rows of the figure. */
const ROWS = {
  trainingLoss: 'training loss',
  generalizationLoss: 'generalisation loss',
  reconstructionError: 'reconstruction error',
} as const;

/** By which factor the axis goes beyond the loads. */
const MARGIN = 1.3;

/** One deviation. */
interface DeviationRow {
  readonly [key: string]: number | string;
  readonly panel: string;
  readonly observable: string;
  readonly ridge: number;
  readonly load: number;
  readonly deviation: number;
}

/** How far the experiments lie from the lines, in units of their errors. */
export function deviationsFigure(result: ReplicaCurveResult): Figure {
  const table: DeviationRow[] = result.points.flatMap((point) =>
    (Object.keys(ROWS) as (keyof typeof ROWS)[]).map((name) => ({
      ...{ panel: panelTitle(result, point.covariance), observable: ROWS[name] },
      ...{ ridge: point.ridge, load: point.load, deviation: point[name].deviation },
    })),
  );
  return {
    id: 'deviations',
    title: 'Experiment minus theory in units of the error',
    caption:
      'Standard normal deviates, with the uncertainty of errors that come from few draws taken into account. The shaded ' +
      'band holds 95 in 100 if the theory is right; no point should leave the dashed lines at ±3.5.',
    table,
    options: (plot) => deviationOptions(plot, result, table),
  };
}

// biome-ignore lint/suspicious/noExplicitAny: the Plot module is the shell's
function deviationOptions(plot: any, result: ReplicaCurveResult, table: readonly DeviationRow[]) {
  const colours = ridgeColours(result);
  const panels = [...new Set(table.map(({ panel }) => panel))];
  const bound = table.reduce((most, { deviation }) => Math.max(most, Math.abs(deviation)), 4);
  const ridges = [...colours.keys()];
  const loads = table.map(({ load }) => load);
  return {
    ...{ ...frame, width: 150 + 420 * panels.length, height: 480, marginTop: 40, marginRight: 130 },
    fx: { label: null, axis: null, domain: panels, padding: 0.06 },
    fy: { label: null, domain: Object.values(ROWS), padding: 0.1, tickSize: 0 },
    x: {
      ...{ type: 'log', label: 'load α (sequences per neighbour)', labelAnchor: 'center' },
      ...{ labelArrow: 'none', base: 2, tickFormat: String, ticks: loadTicks(loads) },
      domain: [Math.min(...loads) / MARGIN, Math.max(...loads) * MARGIN],
    },
    y: {
      ...{ label: '(experiment − theory)/error', labelAnchor: 'center', labelArrow: 'none' },
      ...{ domain: [-1.1 * bound, 1.1 * bound], ticks: 5 },
    },
    marks: [
      plot.rect([0], { y1: -1.96, y2: 1.96, fill: '#000', fillOpacity: 0.07 }),
      plot.frame({ stroke: '#ccc' }),
      plot.ruleY([-3.5, 3.5], { stroke: '#888', strokeDasharray: '5 4' }),
      plot.ruleY([0], { stroke: '#888' }),
      plot.dot(table, {
        ...{ fx: 'panel', fy: 'observable', y: 'deviation', r: 4 },
        x: ({ load, ridge }: DeviationRow) =>
          load * 1.06 ** (ridges.indexOf(ridge) - (ridges.length - 1) / 2),
        fill: ({ ridge }: DeviationRow) => colours.get(ridge)!,
      }),
      plot.text(panels, {
        ...{ fx: String, fy: () => Object.values(ROWS)[0], frameAnchor: 'top', dy: -16 },
        ...{ fontWeight: 600, text: String },
      }),
    ],
  };
}
