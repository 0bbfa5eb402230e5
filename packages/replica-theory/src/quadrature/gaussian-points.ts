import { seededRng } from '@spinformer/numerics';
import { gaussianGrid } from './gaussian-grid.ts';
import { normalQuantile } from './normal-quantile.ts';

/** Points and weights for averages over standard normal vectors. */
export interface GaussianPoints {
  readonly count: number;
  readonly dimensions: number;
  /** [count, dimensions]. */
  readonly points: Float64Array;
  /** [count], adding up to one. */
  readonly weights: Float64Array;
}

/** Quasi-random points for error rates, whose integrands jump: about three digits. */
export const ERROR_SAMPLES = 4096;

/** The product of trapezoid grids inside a ball; what lies outside weighs e^(−radius²/2). */
export function gridPoints(dimensions: number, nodesPerAxis: number, radius: number): GaussianPoints {
  const grid = gaussianGrid({ nodes: nodesPerAxis, halfWidth: radius });
  const points: number[] = [];
  const weights: number[] = [];
  const here = new Array<number>(dimensions).fill(0);
  const visit = (axis: number, square: number, weight: number): void => {
    if (axis === dimensions) {
      points.push(...here);
      weights.push(weight);
      return;
    }
    grid.nodes.forEach((node, i) => {
      const next = square + node * node;
      if (next > radius * radius * (1 + 1e-12)) return;
      here[axis] = node;
      visit(axis + 1, next, weight * grid.weights[i]);
    });
  };
  visit(0, 0, 1);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return {
    count: weights.length,
    dimensions,
    points: Float64Array.from(points),
    weights: Float64Array.from(weights, (weight) => weight / total),
  };
}

/** The generalised golden ratio, root of x^(d+1) = x + 1, whose powers give evenly spread points. */
function goldenRatio(dimensions: number): number {
  let x = 1.5;
  for (let step = 0; step < 100; step++) x = (1 + x) ** (1 / (dimensions + 1));
  return x;
}

/**
 * Quasi-random normal vectors in antithetic pairs: a Kronecker sequence with a shift that depends on the seed, each axis
 * scaled to variance one. Errors fall almost like 1/count.
 *
 * @param stream - names an independent shift of the same seed.
 * @param firstAxis - where these axes stand among `allAxes` of a larger vector whose other axes are drawn apart.
 */
export function quasiRandomPoints(
  dimensions: number,
  samples: number,
  seed: number,
  stream: string,
  firstAxis = 0,
  allAxes = dimensions,
): GaussianPoints {
  const pairs = Math.ceil(samples / 2);
  const count = 2 * pairs;
  const rng = seededRng(seed).fork(`gaussian-points/${stream}`);
  const ratio = goldenRatio(allAxes);
  const points = new Float64Array(count * dimensions);
  for (let axis = 0; axis < dimensions; axis++) {
    const stride = ratio ** -(firstAxis + axis + 1);
    const shift = rng.uniform();
    let squares = 0;
    for (let pair = 0; pair < pairs; pair++) {
      const x = normalQuantile((shift + (pair + 1) * stride) % 1 || 0.5);
      points[2 * pair * dimensions + axis] = x;
      points[(2 * pair + 1) * dimensions + axis] = -x;
      squares += x * x;
    }
    const scale = Math.sqrt(pairs / squares);
    for (let sample = 0; sample < count; sample++) points[sample * dimensions + axis] *= scale;
  }
  return { count, dimensions, points, weights: new Float64Array(count).fill(1 / count) };
}
