import type { Figure } from '@spinformer/experiments';
import { frame, palette } from '@spinformer/experiments/figures';

/** Colours of states; beyond them the wheel of hues. */
const STATE_COLOURS = [
  ...['#1b4b72', '#f2e8cf', '#d55e00', '#009e73', '#e69f00', '#cc79a7', '#56b4e9', '#5b3a8c'],
];
const SIDE = 560;
/** Longer sides are cut: nobody could see single sites. */
const SHOWN_SIDE = 256;

/** A run of equal states in one row. */
interface Strip {
  readonly x1: number;
  readonly x2: number;
  readonly y1: number;
  readonly y2: number;
  readonly state: number;
}

/** One configuration of a lattice of two sides. */
export function snapshotFigure(values: Int32Array, shape: readonly number[], states: number): Figure {
  const [rows, columns] = shape;
  const shown = [Math.min(rows, SHOWN_SIDE), Math.min(columns, SHOWN_SIDE)];
  const strips = Array.from({ length: shown[0] }, (_, y) => stripsOf(values, y, columns, shown[1])).flat();
  const cut = rows > SHOWN_SIDE || columns > SHOWN_SIDE ? ` A corner of ${shown.join(' × ')} sites.` : '';
  const colour = (state: number) =>
    states <= STATE_COLOURS.length
      ? STATE_COLOURS[state]
      : `hsl(${Math.round((360 * state) / states)} 60% 50%)`;
  return {
    id: 'snapshot',
    title: 'The last configuration of the first chain',
    caption: `One colour for each of the ${states} states.${cut}`,
    table: strips.map(({ x1, x2, y1, state }) => ({ row: y1 + 1, from: x1 + 1, to: x2, state })),
    options: (plot) => ({
      width: SIDE,
      height: Math.round((SIDE * shown[0]) / shown[1]),
      margin: 8,
      axis: null,
      x: { domain: [0, shown[1]] },
      y: { domain: [shown[0], 0] },
      marks: [
        plot.rect(strips, {
          ...{ x1: 'x1', x2: 'x2', y1: 'y1', y2: 'y2', inset: 0 },
          fill: ({ state }: Strip) => colour(state),
          shapeRendering: 'crispEdges',
        }),
      ],
    }),
  };
}

function stripsOf(values: Int32Array, y: number, columns: number, shown: number): Strip[] {
  const strips: Strip[] = [];
  let from = 0;
  for (let x = 1; x <= shown; x++) {
    if (x < shown && values[y * columns + x] === values[y * columns + from]) continue;
    strips.push({ x1: from, x2: x, y1: y, y2: y + 1, state: values[y * columns + from] });
    from = x;
  }
  return strips;
}

/** Energies per site of some chains, draw by draw. */
export function energyCourse(energies: Float64Array, chains: number, sites: number): Figure {
  const shown = Math.min(chains, 4);
  const points = Array.from(energies, (energy, k) => ({
    draw: Math.floor(k / chains) + 1,
    chain: (k % chains) + 1,
    energy: energy / sites,
  })).filter(({ chain }) => chain <= shown);
  return {
    id: 'energies',
    title: 'Energy of the chains',
    caption: `Energy per site at every recorded draw of ${shown === chains ? 'all' : `the first ${shown}`} chains.`,
    table: points,
    options: (plot) => ({
      ...frame,
      width: 620,
      height: 320,
      marginLeft: 80,
      x: { label: 'draw', labelAnchor: 'center', labelArrow: 'none' },
      y: { label: 'energy per site', labelAnchor: 'center', labelArrow: 'none', grid: true, zero: false },
      color: {
        type: 'categorical',
        range: [palette.attention, palette.pseudolikelihood, palette.maxEntropy, palette.theory],
      },
      marks: [plot.line(points, { x: 'draw', y: 'energy', z: 'chain', stroke: 'chain', strokeWidth: 1.2 })],
    }),
  };
}

/** One estimate at one temperature. */
export interface BetaPoint {
  readonly beta: number;
  readonly value: number;
  readonly error: number;
}

/** An estimate against the inverse temperature, with error bars of two standard errors. */
export function betaFigure(
  points: readonly BetaPoint[],
  labels: { id: string; title: string; label: string },
): Figure {
  const bars = points.map((point) => ({
    ...point,
    low: point.value - 2 * point.error,
    high: point.value + 2 * point.error,
  }));
  return {
    id: labels.id,
    title: labels.title,
    caption: 'Against the inverse temperature that multiplies all couplings; bars are two standard errors.',
    table: points.map((point) => ({ ...point })),
    options: (plot) => ({
      ...frame,
      width: 560,
      height: 340,
      marginLeft: 80,
      x: { label: 'inverse temperature β', labelAnchor: 'center', labelArrow: 'none', nice: true },
      y: { label: labels.label, labelAnchor: 'center', labelArrow: 'none', grid: true, zero: false },
      marks: [
        plot.line(bars, { x: 'beta', y: 'value', stroke: palette.attention, strokeOpacity: 0.4 }),
        plot.ruleX(bars, { x: 'beta', y1: 'low', y2: 'high', stroke: palette.attention }),
        plot.dot(bars, { x: 'beta', y: 'value', fill: palette.attention, r: 3.2 }),
      ],
    }),
  };
}
