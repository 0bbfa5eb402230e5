import type { Lattice } from '../lattice.ts';
import { checkExtents, type LatticeOptions } from './checks.ts';
import { type AffineMap, type Step, torus } from './torus.ts';

/** The eight linear maps of a square. */
const SQUARE_MAPS: readonly AffineMap[] = [
  [1, 0, 0, 1, 0, 0],
  [0, -1, 1, 0, 0, 0],
  [-1, 0, 0, -1, 0, 0],
  [0, 1, -1, 0, 0, 0],
  [-1, 0, 0, 1, 0, 0],
  [1, 0, 0, -1, 0, 0],
  [0, 1, 1, 0, 0, 0],
  [0, -1, -1, 0, 0, 0],
];

const EDGES: readonly Step[] = [
  [1, 0, 0],
  [0, 1, 0],
];
const DIAGONALS: readonly Step[] = [
  [1, 1, 1],
  [-1, 1, 1],
];

/** [height, width] of an extent given as one number or two. */
export function heightAndWidth(extent: number | readonly [height: number, width: number]): [number, number] {
  return typeof extent === 'number' ? [extent, extent] : [extent[0], extent[1]];
}

/**
 * A square lattice: edges (x, y)–(x+1, y) and (x, y)–(x, y+1) of kind 0, diagonals (x, y)–(x+1, y+1) and
 * (x, y)–(x−1, y+1) of kind 1. The point group about site 0 is C4v, or C2v where height and width differ.
 *
 * @param extent - the side, or [height, width]; periodic ones at least 3.
 * @param options - `neighbours` is 2 by default.
 * @throws {ShapeError} for an impossible extent; {DomainError} where a bond would be counted twice.
 */
export function square(
  extent: number | readonly [height: number, width: number],
  options: LatticeOptions = {},
): Lattice {
  const [height, width] = heightAndWidth(extent);
  checkExtents('square', [height, width], 1);
  const steps = options.neighbours === 1 ? EDGES : [...EDGES, ...DIAGONALS];
  return torus({ name: 'square', height, width, options, steps: () => steps, period: 1, maps: SQUARE_MAPS });
}
