import type { Quadrature } from '@spinformer/numerics';
import { sigmoidGrid } from '../quadrature/gaussian-grid.ts';

/** Probability of y = +1 given a field that is known up to a normal error, and its derivatives. */
export interface SmoothedSigmoid {
  /** Z(h̄) = E σ(2h), h ~ N(h̄, variance). */
  readonly probability: number;
  /** ∂Z/∂h̄ = ½ E[1 − tanh²h]. */
  readonly slope: number;
  /** ∂²Z/∂h̄² = −E[tanh h (1 − tanh²h)]. */
  readonly curvature: number;
}

/** A function that averages σ(2h) over h ~ N(·, variance). */
export function smoothedSigmoid(variance: number): (mean: number) => SmoothedSigmoid {
  const spread = Math.sqrt(Math.max(0, variance));
  const grid: Quadrature = sigmoidGrid(spread * spread);
  const shifts = grid.nodes.map((node) => spread * node);
  return (mean) => {
    let probability = 0;
    let slope = 0;
    let curvature = 0;
    for (let i = 0; i < shifts.length; i++) {
      const small = Math.exp(-2 * Math.abs(mean + shifts[i]));
      const share = 1 / (1 + small);
      const isUp = mean + shifts[i] > 0;
      const bend = grid.weights[i] * 2 * small * share * share;
      probability += grid.weights[i] * (isUp ? share : small * share);
      slope += bend;
      curvature += 2 * bend * (isUp ? small - 1 : 1 - small) * share;
    }
    return { probability, slope, curvature };
  };
}
