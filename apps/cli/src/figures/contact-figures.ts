import type { Figure } from '@spinformer/experiments';
import type { ContactRow } from '@spinformer/potts';

/** What is drawn of ranked pairs. */
export interface ContactPicture {
  readonly rows: readonly ContactRow[];
  /** Numbers of the first and the last site. */
  readonly range: readonly [number, number];
  /** Pairs that touch in the structure, by their numbers. */
  readonly truth?: readonly (readonly [number, number])[];
  /** Å. */
  readonly threshold?: number;
  readonly minimumSeparation: number;
  /** Pairs to draw. */
  readonly count: number;
}

const COLOUR = { hit: '#0072b2', miss: '#d55e00', plain: '#0072b2', truth: '#c4c4c4' } as const;
const SIDE = 520;

/** The strongest pairs as a map, over the structure's contacts where they are known. */
export function contactMap(picture: ContactPicture): Figure {
  const { range, truth, count, minimumSeparation, threshold } = picture;
  const rows = picture.rows.slice(0, count);
  const points = rows.flatMap((row) => place(row, picture));
  const grey = (truth ?? []).flatMap(([i, j]) => [[i, j] as const, [j, i] as const]);
  const hits = rows.filter((row) => isHit(row, threshold)).length;
  const caption = truth
    ? `The ${rows.length} strongest pairs at least ${minimumSeparation} apart (above the diagonal: blue touch, orange do not; ${hits} touch), over the pairs closer than ${threshold} Å in the structure (grey).`
    : `The ${rows.length} strongest pairs at least ${minimumSeparation} apart along the sequence; darker is stronger.`;
  return {
    id: 'contact-map',
    title: truth ? 'Predicted contacts over those of the structure' : 'Predicted contacts',
    caption,
    table: rows.map((row) => ({ ...row })),
    options: (plot) => ({
      width: SIDE + 80,
      height: SIDE + 70,
      marginLeft: 55,
      marginBottom: 45,
      marginTop: 20,
      style: { fontSize: '12px', background: 'white' },
      x: { label: 'site i', domain: range, labelAnchor: 'center', labelArrow: 'none' },
      y: { label: 'site j', domain: range, labelAnchor: 'center', labelArrow: 'none' },
      marks: [
        plot.frame({ stroke: '#ccc' }),
        plot.link([0], { x1: range[0], y1: range[0], x2: range[1], y2: range[1], stroke: '#ddd' }),
        plot.dot(grey, {
          x: (p: number[]) => p[0],
          y: (p: number[]) => p[1],
          symbol: 'square',
          fill: COLOUR.truth,
          r: greySize(range),
        }),
        plot.dot(points, { x: 'x', y: 'y', fill: 'colour', fillOpacity: 'opacity', r: 2.6 }),
      ],
    }),
  };
}

function greySize([low, high]: readonly [number, number]): number {
  return Math.max(1, (0.5 * SIDE) / (high - low + 1));
}

function place(row: ContactRow, { truth, threshold, rows }: ContactPicture) {
  const opacity = truth ? 1 : Math.max(0.25, Math.min(1, row.score / (rows[0]?.score || 1)));
  const colour = truth ? (isHit(row, threshold) ? COLOUR.hit : COLOUR.miss) : COLOUR.plain;
  const above = { x: row.i, y: row.j, colour, opacity };
  return truth ? [above] : [above, { ...above, x: row.j, y: row.i }];
}

function isHit({ distance }: ContactRow, threshold = 0): boolean {
  return distance !== undefined && distance < threshold;
}

/** Share of true contacts among the strongest 1, 2, 3, … pairs. */
export function precisionFigure(curve: Float64Array, length: number): Figure {
  const table = [...curve]
    .slice(0, Math.max(2 * length, 10))
    .map((precision, k) => ({ pairs: k + 1, precision }));
  const marks = [5, 2, 1].map((part) => ({
    at: Math.max(1, Math.floor(length / part)),
    text: part === 1 ? 'L' : `L/${part}`,
  }));
  return {
    id: 'precision',
    title: 'How many of the strongest pairs touch',
    caption: 'Share of true contacts among the strongest pairs, as more of them are taken.',
    table,
    options: (plot) => ({
      width: 600,
      height: 340,
      marginLeft: 60,
      marginBottom: 45,
      style: { fontSize: '12px', background: 'white' },
      x: {
        type: 'log',
        label: 'pairs',
        labelAnchor: 'center',
        labelArrow: 'none',
        tickFormat: 'd',
        ticks: 5,
      },
      y: {
        label: 'share that touch',
        labelAnchor: 'center',
        labelArrow: 'none',
        domain: [0, 1],
        tickFormat: '.0%',
        grid: true,
      },
      marks: [
        plot.ruleX(marks, { x: 'at', stroke: '#ddd' }),
        plot.text(marks, { x: 'at', y: 0.04, text: 'text', dx: 4, textAnchor: 'start', fill: '#777' }),
        plot.line(table, { x: 'pairs', y: 'precision', stroke: COLOUR.hit, strokeWidth: 2 }),
      ],
    }),
  };
}
