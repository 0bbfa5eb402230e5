import type { Figure } from '../../experiment.ts';
import { frame } from '../../shared/figures/frame.ts';
import { keyRow } from '../../shared/figures/key.ts';
import { palette } from '../../shared/palette.ts';
import { OBSERVABLES, type Observable, type ReplicaCurveResult } from '../replica-curve-result.ts';
import { loadTicks, panelTitle, ridgeColours } from './series.ts';

/** Words for what is drawn. */
const WORDS = {
  generalizationLoss: {
    id: 'generalization-loss',
    title: 'Generalisation loss: theory and experiment',
    label: 'generalisation loss (nats per masked site)',
  },
  reconstructionError: {
    id: 'reconstruction-error',
    title: 'Error of the couplings: theory and experiment',
    label: 'reconstruction error |w − w*|²/|w*|²',
  },
} as const;

/** A point of a line, or an experiment with its error. */
interface CurveRow {
  readonly [key: string]: number | string;
  readonly panel: string;
  readonly ridge: number;
  readonly load: number;
  readonly value: number;
}

/** One observable against the load: lines of the theory, experiments as points with error bars. */
export function curveFigure(result: ReplicaCurveResult, observable: keyof typeof WORDS): Figure {
  const { id, title, label } = WORDS[observable];
  const lines = theoryRows(result, observable);
  const points = experimentRows(result, observable);
  return {
    id,
    title,
    caption:
      `Against the load (sequences per neighbour), for ${result.colours} colours at β = ${result.beta}: lines are the ` +
      `replica theory in the scenario “${result.scenario}”, points the mean over independent draws of couplings and ` +
      'data, bars its standard error where larger than the point. Nothing is fitted.',
    table: [
      ...lines.map((row) => ({ kind: 'theory', ...row })),
      ...points.map((row) => ({ kind: 'experiment', ...row })),
    ],
    options: (plot) => curveOptions(plot, result, { lines, points, label, observable }),
  };
}

function theoryRows(result: ReplicaCurveResult, observable: Observable): CurveRow[] {
  const column = OBSERVABLES.indexOf(observable);
  return result.curves.flatMap(({ covariance, ridge, loads, values }) =>
    [...loads].map((load, k) => ({
      ...{ panel: panelTitle(result, covariance), ridge, load },
      value: values[k * OBSERVABLES.length + column],
    })),
  );
}

function experimentRows(result: ReplicaCurveResult, observable: Observable): CurveRow[] {
  return result.points.map((point) => {
    const { mean, error, theory, deviation } = point[observable];
    const { covariance, ridge, load, experiments } = point;
    const panel = panelTitle(result, covariance);
    return { panel, ridge, load, value: mean, error, theory, deviation, experiments };
  });
}

/** What a figure is drawn from. */
interface CurveData {
  readonly lines: readonly CurveRow[];
  readonly points: readonly CurveRow[];
  readonly label: string;
  readonly observable: Observable;
}

function curveOptions(
  // biome-ignore lint/suspicious/noExplicitAny: the Plot module is the shell's
  plot: any,
  result: ReplicaCurveResult,
  { lines, points, label, observable }: CurveData,
) {
  const colours = ridgeColours(result);
  const colour = ({ ridge }: CurveRow) => colours.get(ridge)!;
  const panels = [...new Set(lines.map(({ panel }) => panel))];
  const bayes = observable === 'generalizationLoss' ? [result.bayesLoss] : [];
  const values = [...bayes, ...[...lines, ...points].map(({ value }) => value)];
  const end = (sign: number) => (row: CurveRow) => row.value + sign * Number(row.error);
  return {
    ...{ ...frame, width: 120 + 420 * panels.length, height: 440, marginTop: 64 },
    fx: { label: null, axis: null, domain: panels, padding: 0.06 },
    x: {
      ...{ type: 'log', label: 'load α (sequences per neighbour)', labelAnchor: 'center' },
      ...{ labelArrow: 'none', base: 2, tickFormat: String, ticks: loadTicks(lines.map(({ load }) => load)) },
    },
    y: {
      ...{ type: 'log', label, labelAnchor: 'center', labelArrow: 'none', grid: true },
      ...{ tickFormat: '.2~g', ticks: 6, domain: [Math.min(...values) / 1.03, 1.03 * Math.max(...values)] },
    },
    marks: [
      plot.frame({ stroke: '#ccc' }),
      plot.ruleY(bayes, { stroke: palette.truth, strokeDasharray: '6 4' }),
      plot.line(lines, { fx: 'panel', x: 'load', y: 'value', z: 'ridge', stroke: colour, strokeWidth: 1.8 }),
      plot.ruleX(points, {
        fx: 'panel',
        x: 'load',
        y1: end(-1),
        y2: end(1),
        stroke: colour,
        strokeWidth: 1.6,
      }),
      plot.dot(points, { fx: 'panel', x: 'load', y: 'value', fill: colour, stroke: 'white', r: 4.5 }),
      plot.text(panels, { fx: String, frameAnchor: 'top', dy: -16, fontWeight: 600, text: String }),
      ...keyRow(plot, keyEntries(result, observable), 1, { fx: () => panels[0] }),
    ],
  };
}

function keyEntries(result: ReplicaCurveResult, observable: Observable) {
  const ridges = [...ridgeColours(result)].map(([ridge, colour]) => ({ label: `λ = ${ridge}`, colour }));
  if (observable !== 'generalizationLoss') return ridges;
  return [...ridges, { label: 'Bayes', colour: palette.truth }];
}
