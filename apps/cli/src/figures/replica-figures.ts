import type { Figure } from '@spinformer/experiments';
import type { PlainData } from '@spinformer/numerics';

/** One solved point of a learning curve. */
export interface CurvePoint {
  readonly [key: string]: PlainData;
  readonly load: number;
  readonly ridge: number;
  readonly trainingLoss: number;
  readonly generalizationLoss: number;
  readonly reconstructionError: number;
  readonly m: number;
  readonly q: number;
  readonly v: number;
  readonly freeEnergy: number;
  readonly status: string;
  /** Empty where it converged. */
  readonly remedy: string;
}

/** By which factor the axis goes beyond what is drawn. */
const MARGIN = 1.04;
/** Colours of the ridges, ascending, from Okabe and Ito's set. */
const COLOURS = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9'];

/** Generalisation loss and reconstruction error against the load, one line per ridge. */
export function replicaFigures(points: readonly CurvePoint[], bayesLoss: number, title: string): Figure[] {
  const about = `By the replica method, for infinitely many sites (${title}); one line per ridge λ.`;
  return [
    curveFigure(points, 'generalizationLoss', {
      ...{ id: 'generalization-loss', title: 'Generalisation loss against the load' },
      caption: `${about} The dashed line is the loss of the teacher itself.`,
      label: 'generalisation loss (nats per masked site)',
      floor: bayesLoss,
    }),
    curveFigure(points, 'reconstructionError', {
      ...{ id: 'reconstruction-error', title: 'Error of the couplings against the load', caption: about },
      label: 'reconstruction error |w − w*|²/|w*|²',
    }),
  ];
}

/** Words of a figure. */
interface CurveWords {
  readonly id: string;
  readonly title: string;
  readonly caption: string;
  readonly label: string;
  /** A line that nothing can lie below. */
  readonly floor?: number;
}

function curveFigure(
  points: readonly CurvePoint[],
  key: 'generalizationLoss' | 'reconstructionError',
  { id, title, caption, label, floor }: CurveWords,
): Figure {
  const table = points.map(({ load, ridge, [key]: value, status }) => ({
    load,
    ridge,
    [key]: value,
    status,
  }));
  const drawn = points.filter(({ load, status }) => load > 0 && status === 'converged');
  const ridges = [...new Set(points.map(({ ridge }) => ridge))];
  const colour = (ridge: number) => COLOURS[ridges.indexOf(ridge) % COLOURS.length];
  const heights = [...drawn.map((point) => point[key]), ...(floor === undefined ? [] : [floor])];
  const ends = ridges.flatMap((ridge) => drawn.filter((point) => point.ridge === ridge).slice(-1));
  return {
    ...{ id, title, caption, table },
    options: (plot) => ({
      ...{ width: 680, height: 440, marginLeft: 66, marginRight: 80, marginBottom: 46, marginTop: 20 },
      style: { fontSize: '12px', background: 'white' },
      x: {
        ...{ type: 'log', label: 'load α (sequences per neighbour)', labelAnchor: 'center' },
        ...{ labelArrow: 'none', base: 2, tickFormat: String, ticks: loadTicks(points) },
      },
      y: {
        type: 'log',
        label,
        labelAnchor: 'center',
        labelArrow: 'none',
        grid: true,
        tickFormat: '.2~g',
        ticks: 6,
        domain: [Math.min(...heights) / MARGIN, Math.max(...heights) * MARGIN],
      },
      marks: [
        plot.frame({ stroke: '#ccc' }),
        plot.ruleY(floor === undefined ? [] : [floor], { stroke: '#1a1a1a', strokeDasharray: '6 4' }),
        plot.text(floor === undefined ? [] : [floor], {
          ...{ y: (height: number) => height, frameAnchor: 'right', textAnchor: 'start', dx: 8 },
          text: () => 'teacher',
        }),
        plot.line(drawn, {
          ...{ x: 'load', y: key, z: 'ridge', strokeWidth: 2 },
          stroke: ({ ridge }: CurvePoint) => colour(ridge),
        }),
        plot.dot(drawn, { x: 'load', y: key, r: 3, fill: ({ ridge }: CurvePoint) => colour(ridge) }),
        plot.text(ends, {
          ...{ x: 'load', y: key, textAnchor: 'start', dx: 8, fontWeight: 600 },
          text: ({ ridge }: CurvePoint) => `λ = ${ridge}`,
          fill: ({ ridge }: CurvePoint) => colour(ridge),
        }),
      ],
    }),
  };
}

/** Powers of two in the range of the loads. */
function loadTicks(points: readonly CurvePoint[]): number[] {
  const loads = points.map(({ load }) => load).filter((load) => load > 0);
  const low = Math.ceil(Math.log2(Math.min(...loads)));
  const high = Math.floor(Math.log2(Math.max(...loads)));
  return Array.from({ length: Math.max(0, high - low) + 1 }, (_, k) => 2 ** (low + k));
}
