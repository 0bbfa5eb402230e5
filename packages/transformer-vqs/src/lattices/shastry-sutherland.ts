import { ShapeError } from '@spinformer/numerics';
import type { Lattice } from '../lattice.ts';
import { checkExtents, type LatticeOptions } from './checks.ts';
import { heightAndWidth } from './square.ts';
import { type AffineMap, type Step, torus } from './torus.ts';

/** Quarter turns about the middle of the plaquette at (1, 0), which has no dimer. */
const QUARTER_TURNS: readonly AffineMap[] = [
  [1, 0, 0, 1, 0, 0],
  [0, -1, 1, 0, 2, -1],
  [-1, 0, 0, -1, 3, 1],
  [0, 1, -1, 0, 1, 2],
];

/**
 * The Shastry-Sutherland lattice: the edges of a square lattice (kind 0) and one dimer for every site (kind 1), on
 * plaquettes with even corner (x, y)–(x+1, y+1) and with odd corner (x+1, y)–(x, y+1). Translations are by two sites.
 * With J on the edges and J' on the dimers, the product of dimer singlets, energy −3J'/8 per site, is the ground state
 * up to J ≈ 0.675 J'.
 *
 * @param extent - the side, or [height, width]; even, periodic ones at least 4.
 * @throws {ShapeError} for an odd or impossible extent; {DomainError} where a bond would be counted twice.
 * @source shastry1981
 */
export function shastrySutherland(
  extent: number | readonly [height: number, width: number],
  options: Omit<LatticeOptions, 'neighbours'> = {},
): Lattice {
  const [height, width] = heightAndWidth(extent);
  checkExtents('shastrySutherland', [height, width], 2);
  if (height % 2 || width % 2)
    throw new ShapeError(`shastrySutherland: extents must be even, got ${height}x${width}. Cells are 2x2.`);
  return torus({
    name: 'shastry-sutherland',
    height,
    width,
    options,
    steps: shastrySutherlandSteps,
    period: 2,
    maps: QUARTER_TURNS,
  });
}

function shastrySutherlandSteps(x: number, y: number): Step[] {
  const steps: Step[] = [
    [1, 0, 0],
    [0, 1, 0],
  ];
  if (x % 2 === 0 && y % 2 === 0) steps.push([1, 1, 1]);
  if (x % 2 === 0 && y % 2 === 1) steps.push([-1, 1, 1]);
  return steps;
}
