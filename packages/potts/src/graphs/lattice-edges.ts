import { DomainError, type Ints } from '@spinformer/numerics';

/** Where a lattice is, and whether it closes on itself. */
export interface LatticeShape {
  /** Lengths of the sides: [20] a chain, [256, 256] a square, [16, 16, 16] a cube. Site numbers are row-major. */
  readonly shape: readonly number[];
  /** Whether sides close on themselves; one answer, or one a side. Default true. */
  readonly periodic?: boolean | readonly boolean[];
}

/**
 * Edges of nearest neighbours on a rectangular lattice of any dimension. A periodic side of length 2 joins its two sites
 * once, not twice.
 * @returns [edges, 2], new.
 * @throws {DomainError} for a side that is no whole number of at least 1.
 */
export function hypercubicEdges(lattice: LatticeShape): Ints<'edges two'> {
  const { shape } = checkLattice('hypercubicEdges', lattice);
  return latticeEdges(
    lattice,
    shape.map((_, axis) => shape.map((_, k) => Number(k === axis))),
  );
}

/**
 * Edges of the triangular lattice: a square one with one diagonal, (0, 1), (1, 0) and (1, 1); six neighbours inside.
 * @param lattice two sides; periodic ones of at least 3.
 * @returns [edges, 2], new.
 * @throws {DomainError} for other than two sides, or sides that are too short.
 */
export function triangularEdges(lattice: LatticeShape): Ints<'edges two'> {
  const { shape, periodic } = checkLattice('triangularEdges', lattice);
  if (shape.length !== 2)
    throw new DomainError(`triangularEdges: shape must have two sides, got [${shape.join(', ')}].`);
  shape.forEach((side, axis) => {
    if (periodic[axis] && side < 3)
      throw new DomainError(
        `triangularEdges: a periodic side must be at least 3, got ${side}. Below, two neighbours are the same site.`,
      );
  });
  return latticeEdges(lattice, [
    [0, 1],
    [1, 0],
    [1, 1],
  ]);
}

/** Edges from every site along the given steps. */
function latticeEdges(lattice: LatticeShape, steps: readonly (readonly number[])[]): Int32Array {
  const { shape, periodic } = checkLattice('lattice', lattice);
  const sites = shape.reduce((product, side) => product * side, 1);
  const edges: number[] = [];
  const position = new Int32Array(shape.length);
  for (const step of steps)
    for (let site = 0; site < sites; site++) {
      positionOf(site, shape, position);
      const other = neighbour(position, step, shape, periodic);
      if (other >= 0) edges.push(site, other);
    }
  return Int32Array.from(edges);
}

/** The site one step away, or −1 where there is none or where the edge has been counted from the other side. */
function neighbour(
  position: Int32Array,
  step: readonly number[],
  shape: readonly number[],
  periodic: readonly boolean[],
): number {
  let site = 0;
  for (let axis = 0; axis < shape.length; axis++) {
    let at = position[axis] + step[axis];
    if (at >= shape[axis]) {
      if (!periodic[axis] || shape[axis] <= 2) return -1;
      at = 0;
    }
    site = site * shape[axis] + at;
  }
  return site;
}

function positionOf(site: number, shape: readonly number[], out: Int32Array): void {
  let rest = site;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    out[axis] = rest % shape[axis];
    rest = Math.floor(rest / shape[axis]);
  }
}

function checkLattice(caller: string, { shape, periodic = true }: LatticeShape) {
  if (shape.length === 0 || shape.some((side) => !Number.isInteger(side) || side < 1))
    throw new DomainError(
      `${caller}: shape must list whole numbers of at least 1, got [${shape.join(', ')}].`,
    );
  const closed = typeof periodic === 'boolean' ? shape.map(() => periodic) : periodic;
  if (closed.length !== shape.length)
    throw new DomainError(
      `${caller}: periodic must be one answer or ${shape.length}, one a side, got ${closed.length}.`,
    );
  return { shape, periodic: closed };
}
