import { ConvergenceError, minimize, ShapeError } from '@spinformer/numerics';
import type { RowSamples } from './row-specification.ts';

/** Gradients below this fraction of the weights' length are rounding beside the scatter between repeats. */
const GRADIENT_TOLERANCE = 1e-7;
const MOST_ITERATIONS = 5000;

/** Logits Σ_j W_j[a, s_j]/√L of one sample, and its loss. */
function sampleLoss(
  samples: RowSamples,
  weights: Float64Array,
  sample: number,
  logits: Float64Array,
): number {
  const { answers, targets, states } = samples;
  const sites = weights.length / (answers * answers);
  logits.fill(0);
  for (let j = 0; j < sites; j++) {
    const at = j * answers * answers + states![sample * sites + j];
    for (let a = 0; a < answers; a++) logits[a] += weights[at + a * answers];
  }
  const scale = 1 / Math.sqrt(sites);
  let top = Number.NEGATIVE_INFINITY;
  for (let a = 0; a < answers; a++) {
    logits[a] *= scale;
    if (logits[a] > top) top = logits[a];
  }
  let total = 0;
  for (let a = 0; a < answers; a++) total += Math.exp(logits[a] - top);
  return top - logits[targets[sample]] + Math.log(total);
}

/** Takes the mean over the second colour out of every matrix row: inputs are centred. */
function centreRows(weights: Float64Array, colours: number): void {
  for (let row = 0; row < weights.length; row += colours) {
    let mean = 0;
    for (let s = 0; s < colours; s++) mean += weights[row + s] / colours;
    for (let s = 0; s < colours; s++) weights[row + s] -= mean;
  }
}

/** Adds the gradient of one sample's loss. */
function addGradient(
  samples: RowSamples,
  gradient: Float64Array,
  sample: number,
  loss: number,
  logits: Float64Array,
): void {
  const { answers, targets, states } = samples;
  const sites = gradient.length / (answers * answers);
  const normalizer = loss + logits[targets[sample]];
  const scale = 1 / Math.sqrt(sites);
  for (let a = 0; a < answers; a++) {
    const force = scale * (Math.exp(logits[a] - normalizer) - (a === targets[sample] ? 1 : 0));
    for (let j = 0; j < sites; j++) {
      gradient[(j * answers + a) * answers + states![sample * sites + j]] += force;
    }
  }
}

/** Mean loss and share of wrong answers of one matrix per site. */
export function evaluateMatrices(
  samples: RowSamples,
  weights: Float64Array,
): { loss: number; errorRate: number } {
  const logits = new Float64Array(samples.answers);
  let [loss, errors] = [0, 0];
  for (let sample = 0; sample < samples.count; sample++) {
    loss += sampleLoss(samples, weights, sample, logits);
    errors += logits.some((value) => value > logits[samples.targets[sample]]) ? 1 : 0;
  }
  return { loss: loss / samples.count, errorRate: errors / samples.count };
}

/**
 * Minimises Σ_μ (lse z − z_y) + (ridge/2) Σ_j |W_j|² with z_a = Σ_j (W_j P s_j)_a/√L by L-BFGS.
 *
 * @returns [sites, colours, colours] with rows that sum to zero.
 * @throws {ShapeError} when the samples have no states.
 * @throws {ConvergenceError}
 */
export function fitMatrices(samples: RowSamples, sites: number, ridge: number): Float64Array {
  if (samples.states === undefined) throw new ShapeError('fitMatrices: samples must have states.');
  const { answers } = samples;
  const logits = new Float64Array(answers);
  const objective = (point: Float64Array, gradient: Float64Array): number => {
    const weights = point.slice();
    centreRows(weights, answers);
    gradient.fill(0);
    let value = 0;
    for (let sample = 0; sample < samples.count; sample++) {
      const loss = sampleLoss(samples, weights, sample, logits);
      value += loss;
      addGradient(samples, gradient, sample, loss, logits);
    }
    centreRows(gradient, answers);
    for (let i = 0; i < point.length; i++) {
      value += (ridge / 2) * point[i] ** 2;
      gradient[i] += ridge * point[i];
    }
    return value;
  };
  const { point, status, remedy } = minimize(objective, new Float64Array(sites * answers * answers), {
    gradientTolerance: GRADIENT_TOLERANCE,
    maxIterations: MOST_ITERATIONS,
  });
  if (status !== 'converged') throw new ConvergenceError(`simulateRow: ${remedy}`);
  return point;
}
