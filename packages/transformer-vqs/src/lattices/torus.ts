import type { Bond, Lattice } from '../lattice.ts';
import { checkDistinct, type LatticeOptions } from './checks.ts';
import { isAutomorphism } from './symmetry.ts';
import { twoColouring } from './two-colouring.ts';

/** A step (dx, dy) from a site to a neighbour of one kind. */
export type Step = readonly [dx: number, dy: number, kind: number];

/** (x, y) → (xx·x + xy·y + x0, yx·x + yy·y + y0). */
export type AffineMap = readonly [xx: number, xy: number, yx: number, yy: number, x0: number, y0: number];

/** What makes a two-dimensional lattice. */
export interface TorusRecipe {
  readonly name: string;
  readonly height: number;
  readonly width: number;
  readonly options: LatticeOptions;
  /** Bonds that begin at (x, y). */
  readonly steps: (x: number, y: number) => readonly Step[];
  /** Sites from cell to cell. */
  readonly period: number;
  /** Candidates of the point group; those that do not fit the torus are left out. */
  readonly maps: readonly AffineMap[];
}

const modulo = (a: number, n: number) => ((a % n) + n) % n;

/** Sites r = y·width + x, with the bonds, translations and point group of a recipe. */
export function torus(recipe: TorusRecipe): Lattice {
  const { name, height, width, options } = recipe;
  const sites = height * width;
  const bonds = torusBonds(recipe);
  const remedy = 'Use more sites along the edge, neighbours: 1, or periodic: false.';
  checkDistinct(name, sites, bonds, remedy);
  const sublattice = twoColouring(sites, bonds);
  const periodic = options.periodic ?? true;
  const translations = periodic
    ? torusTranslations(recipe)
    : [Int32Array.from({ length: sites }, (_, r) => r)];
  return {
    name: `${name} ${height}x${width}${periodic ? '' : ' open'}`,
    sites,
    shape: [height, width],
    bonds,
    translations,
    pointGroup: pointGroup(recipe, bonds, periodic),
    ...(sublattice && { sublattice }),
  };
}

function torusBonds({ height, width, steps, options }: TorusRecipe): Bond[] {
  const bonds: Bond[] = [];
  const isInside = (x: number, y: number) => x >= 0 && x < width && y >= 0 && y < height;
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      for (const [dx, dy, kind] of steps(x, y)) {
        if (options.periodic === false && !isInside(x + dx, y + dy)) continue;
        const j = modulo(y + dy, height) * width + modulo(x + dx, width);
        bonds.push({ i: y * width + x, j, kind });
      }
  return bonds.sort((a, b) => a.kind - b.kind);
}

function torusTranslations({ height, width, period }: TorusRecipe): Int32Array[] {
  const translations: Int32Array[] = [];
  for (let ty = 0; ty < height; ty += period)
    for (let tx = 0; tx < width; tx += period)
      translations.push(permutation(height, width, [1, 0, 0, 1, tx, ty]));
  return translations;
}

function permutation(height: number, width: number, [xx, xy, yx, yy, x0, y0]: AffineMap): Int32Array {
  return Int32Array.from({ length: height * width }, (_, r) => {
    const x = r % width;
    const y = (r - x) / width;
    return modulo(yx * x + yy * y + y0, height) * width + modulo(xx * x + xy * y + x0, width);
  });
}

/** The maps that are permutations of the torus and of its bonds. Without periodicity they turn about the middle. */
function pointGroup({ height, width, maps }: TorusRecipe, bonds: readonly Bond[], periodic: boolean) {
  const sites = height * width;
  const fits = ([xx, xy, yx, yy]: AffineMap) =>
    (xx * width) % width === 0 &&
    (yx * width) % height === 0 &&
    (xy * height) % width === 0 &&
    (yy * height) % height === 0;
  return maps
    .filter(fits)
    .map((map) => permutation(height, width, periodic ? map : aboutMiddle(map, height, width)))
    .filter((g) => isAutomorphism(g, sites, bonds));
}

/** The same linear map, with the middle of an open lattice as its fixed point. */
function aboutMiddle([xx, xy, yx, yy]: AffineMap, height: number, width: number): AffineMap {
  const cx = (width - 1) / 2;
  const cy = (height - 1) / 2;
  return [xx, xy, yx, yy, cx - xx * cx - xy * cy, cy - yx * cx - yy * cy];
}
