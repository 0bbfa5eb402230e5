import { minimize } from '@spinformer/numerics';
import { logSumAt } from './expected-loss.ts';
import type { RowSamples } from './row-inputs.ts';

/** A fitted row. */
export interface RowFit {
  /** [size]. */
  readonly weights: Float64Array;
  /** Mean loss on the samples, nats, without the penalty. */
  readonly trainingLoss: number;
  readonly isConverged: boolean;
  readonly iterations: number;
}

/** Gradients below this fraction of the weights' length are nothing beside the scatter between repeats. */
const GRADIENT_TOLERANCE = 1e-9;
/** Pairs that L-BFGS keeps: the Hessian's spectrum is a band, and products with it cost far more than pairs. */
const HISTORY = 20;

/**
 * Turns logits into forces p_a − δ(a, target), in place.
 *
 * @returns the summed loss
 */
function forcesOf(logits: Float64Array, targets: Int32Array, answers: number): number {
  let loss = 0;
  for (let k = 0; k < targets.length; k++) {
    const begin = k * answers;
    const norm = logSumAt(logits, begin, answers);
    loss += norm - logits[begin + targets[k]];
    for (let a = 0; a < answers; a++) logits[begin + a] = Math.exp(logits[begin + a] - norm);
    logits[begin + targets[k]] -= 1;
  }
  return loss;
}

/**
 * Minimises Σ_μ (lse z − z_y) + (ridge/2)|w|² by L-BFGS. The problem is convex; two passes over the inputs per step.
 *
 * @param maxIterations - most steps.
 * @complexity steps · samples · sites
 */
export function fitRow({ row, targets }: RowSamples, ridge: number, maxIterations: number): RowFit {
  const { answers, count, size } = row;
  const forces = new Float64Array(count * answers);
  const objective = (weights: Float64Array, gradient: Float64Array): number => {
    row.logits(weights, forces);
    const loss = forcesOf(forces, targets, answers);
    let norm = 0;
    for (let i = 0; i < size; i++) {
      gradient[i] = ridge * weights[i];
      norm += weights[i] ** 2;
    }
    row.pullBack(forces, gradient);
    return loss + (ridge / 2) * norm;
  };
  const options = { gradientTolerance: GRADIENT_TOLERANCE, history: HISTORY, maxIterations };
  const fit = minimize(objective, new Float64Array(size), options);
  const norm = fit.point.reduce((sum, w) => sum + w * w, 0);
  return {
    weights: fit.point,
    trainingLoss: (fit.value - (ridge / 2) * norm) / count,
    isConverged: fit.status === 'converged',
    iterations: fit.iterations,
  };
}
