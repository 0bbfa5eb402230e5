import type { Figure } from '@spinformer/experiments';
import { frame, palette } from '@spinformer/experiments/figures';

/** One step of an optimisation. */
export interface EnergyPoint {
  readonly step: number;
  /** Per site, S·S units. */
  readonly energy: number;
  readonly standardError: number;
}

const WIDTH = 620;
const step = { label: 'step', labelAnchor: 'center', labelArrow: 'none' } as const;
/** Below it there is only rounding. */
const LEAST_ERROR = 1e-14;
/** Part of the steps at the beginning that may leave the picture, so that the end can be seen. */
const HEAD = 0.05;

/** The energy per site step by step with two standard errors, against the exact one where that is known. */
export function energyFigure(points: readonly EnergyPoint[], exact: number | undefined): Figure {
  const bands = points.map((point) => ({
    ...point,
    low: point.energy - 2 * point.standardError,
    high: point.energy + 2 * point.standardError,
  }));
  const domain = energyDomain(points, exact);
  const last = points.at(-1)?.step ?? 1;
  const isSampled = points.some(({ standardError }) => standardError > 0);
  return {
    id: 'energy',
    title: 'How the energy fell',
    caption: `Energy per site in S·S units${isSampled ? ', the band two standard errors' : ', summed over all configurations'}${exact === undefined ? '' : '; dashed, the exact ground state'}.${points[0]?.energy > domain[1] ? ' The first steps lie above the picture.' : ''}`,
    table: points.map((point) => ({ ...point })),
    options: (plot) => ({
      ...frame,
      width: WIDTH,
      height: 340,
      marginLeft: 84,
      clip: true,
      x: step,
      y: { label: 'energy per site', labelAnchor: 'center', labelArrow: 'none', grid: true, domain },
      marks: [
        ...(isSampled
          ? [
              plot.areaY(bands, {
                x: 'step',
                y1: 'low',
                y2: 'high',
                fill: palette.attention,
                fillOpacity: 0.2,
              }),
            ]
          : []),
        plot.line(points, { x: 'step', y: 'energy', stroke: palette.attention, strokeWidth: 1.6 }),
        ...(exact === undefined ? [] : exactMarks(plot, exact, last)),
      ],
    }),
  };
}

/** The distance to the exact energy on a logarithmic scale. */
export function energyErrorFigure(points: readonly EnergyPoint[], exact: number): Figure {
  const isSampled = points.some(({ standardError }) => standardError > 0);
  const table = points.map((point) => ({
    step: point.step,
    relativeError: Math.abs(point.energy / exact - 1),
    ...(isSampled ? { noise: Math.abs(point.standardError / exact) } : {}),
  }));
  const errors = table.map((row) => ({ ...row, relativeError: Math.max(LEAST_ERROR, row.relativeError) }));
  return {
    id: 'relative-error',
    title: 'How close it came',
    caption: `|E − E₀|/|E₀| against the exact ground state${isSampled ? '; grey, the standard error of a single step' : ''}.`,
    table,
    options: (plot) => ({
      ...frame,
      width: WIDTH,
      height: 300,
      marginLeft: 84,
      x: step,
      y: {
        type: 'log',
        label: 'relative error',
        labelAnchor: 'center',
        labelArrow: 'none',
        grid: true,
        tickFormat: powerOfTen,
      },
      marks: [
        ...(isSampled
          ? [plot.line(errors, { x: 'step', y: 'noise', stroke: palette.muted, strokeWidth: 1 })]
          : []),
        plot.line(errors, {
          x: 'step',
          y: 'relativeError',
          stroke: palette.pseudolikelihood,
          strokeWidth: 1.6,
        }),
      ],
    }),
  };
}

// biome-ignore lint/suspicious/noExplicitAny: the Plot module is the shell's
function exactMarks(plot: any, exact: number, last: number): unknown[] {
  return [
    plot.ruleY([exact], { stroke: palette.truth, strokeDasharray: '5 4' }),
    plot.text([{ exact, name: `exact ${exact.toFixed(6).replace('-', '−')}` }], {
      ...{ x: last, y: 'exact', text: 'name', dy: 10, textAnchor: 'end' },
      ...{ fill: palette.truth, stroke: 'white', strokeWidth: 3 },
    }),
  ];
}

/** From a little below the lowest to the highest after the first few steps. */
function energyDomain(points: readonly EnergyPoint[], exact: number | undefined): [number, number] {
  const settled = points.slice(Math.min(points.length - 1, Math.ceil(HEAD * points.length)));
  const energies = settled.map(({ energy }) => energy);
  const low = Math.min(...energies, exact ?? Number.POSITIVE_INFINITY);
  const high = Math.max(...energies, exact ?? Number.NEGATIVE_INFINITY);
  const span = high - low || Math.abs(low) || 1;
  return [low - 0.1 * span, high + 0.06 * span];
}

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** 10⁻³; nothing between powers of ten. */
function powerOfTen(value: number): string {
  const exponent = Math.round(Math.log10(value));
  if (Math.abs(value / 10 ** exponent - 1) > 1e-6) return '';
  const digits = [...String(Math.abs(exponent))].map((digit) => SUPERSCRIPTS[Number(digit)]).join('');
  return `10${exponent < 0 ? '⁻' : ''}${digits}`;
}
