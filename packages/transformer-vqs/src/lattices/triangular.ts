import type { Lattice } from '../lattice.ts';
import { checkExtents, type LatticeOptions } from './checks.ts';
import { heightAndWidth } from './square.ts';
import { type AffineMap, type Step, torus } from './torus.ts';

/** Six rotations, a1 → a2 → a2 − a1 → …, and each after the exchange of a1 and a2. */
const HEXAGON_MAPS: readonly AffineMap[] = [
  [1, 0, 0, 1, 0, 0],
  [0, -1, 1, 1, 0, 0],
  [-1, -1, 1, 0, 0, 0],
  [-1, 0, 0, -1, 0, 0],
  [0, 1, -1, -1, 0, 0],
  [1, 1, -1, 0, 0, 0],
  [0, 1, 1, 0, 0, 0],
  [-1, 0, 1, 1, 0, 0],
  [-1, -1, 0, 1, 0, 0],
  [0, -1, -1, 0, 0, 0],
  [1, 0, -1, -1, 0, 0],
  [1, 1, 0, -1, 0, 0],
];

const NEAREST: readonly Step[] = [
  [1, 0, 0],
  [0, 1, 0],
  [-1, 1, 0],
];
const NEXT: readonly Step[] = [
  [1, 1, 1],
  [-1, 2, 1],
  [-2, 1, 1],
];

/**
 * A triangular lattice with site (x, y) at x·a1 + y·a2, a1 = (1, 0) and a2 = (½, √3⁄2): neighbours +a1, +a2, +a2−a1 of
 * kind 0, and with `neighbours: 2` also a1+a2, 2a2−a1, a2−2a1 of kind 1. The point group about site 0 is C6v where
 * height and width are equal, else what of it fits.
 *
 * @param extent - the side, or [height, width]; periodic ones at least 3 (5 with next-nearest neighbours).
 * @param options - `neighbours` is 1 by default.
 * @throws {ShapeError} for an impossible extent; {DomainError} where a bond would be counted twice.
 */
export function triangular(
  extent: number | readonly [height: number, width: number],
  options: LatticeOptions = {},
): Lattice {
  const [height, width] = heightAndWidth(extent);
  checkExtents('triangular', [height, width], 1);
  const steps = options.neighbours === 2 ? [...NEAREST, ...NEXT] : NEAREST;
  return torus({
    name: 'triangular',
    height,
    width,
    options,
    steps: () => steps,
    period: 1,
    maps: HEXAGON_MAPS,
  });
}
