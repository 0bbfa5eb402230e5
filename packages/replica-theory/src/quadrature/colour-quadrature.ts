import { DomainError } from '@spinformer/numerics';
import { checkInteger } from '../check.ts';
import { type GaussianPoints, gridPoints, quasiRandomPoints } from './gaussian-points.ts';

/** How averages over the colours' fields are taken. */
export interface ColourQuadratureOptions {
  /**
   * Nodes per axis of a product grid, odd. Default for two colours 321 and for three 41; asking for it chooses the grid
   * for more colours, too, at a cost of nodes^(colours − 1).
   */
  readonly nodes?: number;
  /** Quasi-random points in antithetic pairs; asking for it chooses them. Default for four and more colours 4096. */
  readonly samples?: number;
  /** Of the quasi-random points, default 0. */
  readonly seed?: number;
}

/** A quadrature that is decided on: the result of {@link planColourQuadrature}. */
export interface ColourQuadrature {
  readonly isGrid: boolean;
  /** Nodes per axis, or samples. */
  readonly size: number;
  readonly seed: number;
  /** Counts refinements; quasi-random points of another level are independent. */
  readonly level: number;
}

const DEFAULT_NODES_BY_RANK = [0, 321, 41];
const DEFAULT_SAMPLES = 4096;
const MOST_COLOURS = 256;
/** Multiplications per update that nobody wants to wait for: some minutes. */
const MOST_WORK = 2e11;
const MOST_BYTES = 2 ** 30;
/** Newton steps of a proximal point, for estimates of cost. */
const NEWTON_STEPS = 6;
const GRID_RADIUS = 7.2;
const LINE_RADIUS = 8.5;

function points(plan: { isGrid: boolean; size: number }, rank: number): number {
  return plan.isGrid ? plan.size ** rank : plan.size;
}

function refuseTooLarge(caller: string, colours: number, rank: number, plan: ColourQuadrature): void {
  const count = points(plan, rank);
  const work = count * colours * NEWTON_STEPS * (colours * rank * rank + rank ** 3);
  const bytes = count * (rank + 1) * 8;
  if (work <= MOST_WORK && bytes <= MOST_BYTES) return;
  const what = plan.isGrid ? `${plan.size} nodes on each of ${rank} axes` : `${plan.size} samples`;
  throw new DomainError(
    `${caller}: ${colours} colours with ${what} cost ${work.toExponential(1)} multiplications per update and ${(bytes / 2 ** 20).toExponential(1)} MiB. Take quasi-random samples (at most ${Math.max(16, Math.floor((count * MOST_WORK) / work / 2)).toExponential(0)} when not a grid), or fewer colours.`,
  );
}

/**
 * Chooses grid or quasi-random points and refuses what would take too long, before anything is allocated.
 *
 * @throws {DomainError}
 */
export function planColourQuadrature(
  caller: string,
  colours: number,
  rank: number,
  options: ColourQuadratureOptions,
): ColourQuadrature {
  const { nodes, samples, seed = 0 } = options;
  checkInteger(caller, 'colours', colours, 2, MOST_COLOURS);
  if (nodes !== undefined) checkInteger(caller, 'nodes', nodes, 9, 100_001);
  if (nodes !== undefined && nodes % 2 === 0) {
    throw new DomainError(`${caller}: nodes must be odd, got ${nodes}.`);
  }
  if (samples !== undefined) checkInteger(caller, 'samples', samples, 16, 2 ** 30);
  const isGrid = samples === undefined && (nodes !== undefined || colours <= 3);
  const size = isGrid ? (nodes ?? DEFAULT_NODES_BY_RANK[rank] ?? 41) : (samples ?? DEFAULT_SAMPLES);
  const plan = { isGrid, size, seed, level: 0 };
  refuseTooLarge(caller, colours, rank, plan);
  return plan;
}

/** Twice the resolution, or other quasi-random points. */
export function refine(plan: ColourQuadrature): ColourQuadrature {
  return { ...plan, size: plan.isGrid ? 2 * plan.size - 1 : plan.size, level: plan.level + 1 };
}

/** The points of a plan in `dimensions` axes. */
export function colourPoints(plan: ColourQuadrature, dimensions: number, stream: string): GaussianPoints {
  if (!plan.isGrid) return quasiRandomPoints(dimensions, plan.size, plan.seed, `${stream}/${plan.level}`);
  return gridPoints(dimensions, plan.size, dimensions === 1 ? LINE_RADIUS : GRID_RADIUS);
}
