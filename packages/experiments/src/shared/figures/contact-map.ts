import { palette } from '../palette.ts';
import { frame } from './frame.ts';
import { keyRow } from './key.ts';

/** A pair of sites as a map shows it, by the sites' numbers. */
export interface MapPair {
  readonly i: number;
  readonly j: number;
  /** Whether the pair touches in the structure; absent where that is not known. */
  readonly touches?: boolean;
  /** 0…1: how dark the point is; 1 where absent. */
  readonly strength?: number;
}

/** What a contact map shows. */
export interface ContactMap {
  /** Numbers of the first and the last site. */
  readonly range: readonly [number, number];
  /** Pairs above the diagonal. */
  readonly above: readonly MapPair[];
  /** Pairs below it; absent: those above once more where no structure is known, otherwise none. */
  readonly below?: readonly MapPair[];
  /** Pairs that touch in the structure, on both sides; absent where there is no structure. */
  readonly truth?: readonly (readonly [number, number])[];
  /** A second line of the key, such as what stands above and what below. */
  readonly note?: string;
}

/** Side of the square frame, px. */
const SIDE = 560;
const HEAD = 56;

/**
 * Pairs of sites as points of a square map, over the pairs that touch in a structure where one is known.
 *
 * @param plot the Observable Plot module
 * @param map what it shows
 * @returns the options for `plot.plot`
 */
// biome-ignore lint/suspicious/noExplicitAny: the Plot module is the shell's
export function contactMapPlot(plot: any, map: ContactMap): Record<string, unknown> {
  const [low, high] = map.range;
  const domain = [low - 1, high + 1];
  const below = map.below ?? (map.truth ? [] : map.above);
  const points = [
    ...map.above.map((pair) => ({ x: pair.i, y: pair.j, ...look(pair) })),
    ...below.map((pair) => ({ x: pair.j, y: pair.i, ...look(pair) })),
  ];
  const note = map.note === undefined ? [] : [{ label: map.note, colour: '#555' }];
  return {
    ...frame,
    width: SIDE + frame.marginLeft + frame.marginRight,
    height: SIDE + HEAD + frame.marginBottom,
    marginTop: HEAD,
    x: { label: 'site i', labelAnchor: 'center', labelArrow: 'none', domain },
    y: { label: 'site j', labelAnchor: 'center', labelArrow: 'none', domain },
    marks: [
      plot.frame({ stroke: '#ccc' }),
      plot.link([0], { x1: domain[0], y1: domain[0], x2: domain[1], y2: domain[1], stroke: '#ccc' }),
      ...truthMarks(plot, map),
      plot.dot(points, { x: 'x', y: 'y', fill: 'colour', fillOpacity: 'opacity', r: 2.8 }),
      ...keyRow(plot, map.truth ? TRUTH_KEY : []),
      ...keyRow(plot, note, map.truth ? 1 : 0),
    ],
  };
}

const TRUTH_KEY = [
  { label: 'strong pair that touches', colour: palette.attention },
  { label: 'strong pair that does not', colour: palette.pseudolikelihood },
  { label: 'contact in the structure', colour: '#8a8a8a' },
];

function look({ touches, strength = 1 }: MapPair): { colour: string; opacity: number } {
  return { colour: touches === false ? palette.pseudolikelihood : palette.attention, opacity: strength };
}

// biome-ignore lint/suspicious/noExplicitAny: the Plot module is the shell's
function truthMarks(plot: any, { truth, range: [low, high] }: ContactMap): unknown[] {
  if (!truth) return [];
  const both = truth.flatMap(([i, j]) => [
    { x: i, y: j },
    { x: j, y: i },
  ]);
  const side = Math.max(2, 0.95 * (SIDE / (high - low + 3)));
  return [plot.dot(both, { x: 'x', y: 'y', symbol: 'square', fill: palette.muted, r: side / 2 })];
}
