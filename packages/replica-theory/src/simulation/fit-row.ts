import { choleskyInPlace, choleskySolveInPlace } from '../linear-algebra/small-matrix.ts';
import type { RowSamples } from './row-specification.ts';

/** A fitted row. */
export interface RowFit {
  /** w, [sites]. */
  readonly weights: Float64Array;
  readonly isConverged: boolean;
  readonly steps: number;
}

const MOST_STEPS = 200;
const MOST_HALVINGS = 60;
/** Newton's decrement per site at which one more full step reaches the minimum to rounding. */
const SMALL_DECREMENT = 1e-14;

/** Mean loss and share of wrong answers of weights on samples. */
export function evaluateRow(samples: RowSamples, weights: Float64Array): { loss: number; errorRate: number } {
  const { count, answers, targets } = samples;
  const logits = new Float64Array(answers);
  let [loss, errors] = [0, 0];
  for (let sample = 0; sample < count; sample++) {
    loss += sampleLoss(samples, weights, sample, logits);
    errors += logits.some((value) => value > logits[targets[sample]]) ? 1 : 0;
  }
  return { loss: loss / count, errorRate: errors / count };
}

/** lse z − z_y of one sample; the logits are left in `logits`. */
function sampleLoss(
  samples: RowSamples,
  weights: Float64Array,
  sample: number,
  logits: Float64Array,
): number {
  const { answers, features, targets } = samples;
  const sites = weights.length;
  let top = Number.NEGATIVE_INFINITY;
  for (let a = 0; a < answers; a++) {
    const at = (sample * answers + a) * sites;
    let z = 0;
    for (let i = 0; i < sites; i++) z += weights[i] * features[at + i];
    logits[a] = z;
    if (z > top) top = z;
  }
  let total = 0;
  for (let a = 0; a < answers; a++) total += Math.exp(logits[a] - top);
  return top - logits[targets[sample]] + Math.log(total);
}

function objective(samples: RowSamples, weights: Float64Array, ridge: number): number {
  const logits = new Float64Array(samples.answers);
  let total = 0;
  for (let sample = 0; sample < samples.count; sample++) {
    total += sampleLoss(samples, weights, sample, logits);
  }
  return total + (ridge / 2) * weights.reduce((sum, w) => sum + w * w, 0);
}

/** Adds scale · vv' to the lower triangle. */
function addSquare(hessian: Float64Array, vector: Float64Array, scale: number): void {
  const n = vector.length;
  for (let i = 0; i < n; i++) {
    const factor = scale * vector[i];
    const at = i * n;
    for (let j = 0; j <= i; j++) hessian[at + j] += factor * vector[j];
  }
}

/** Gradient and lower triangle of the Hessian Σ_a p_a (x_a − x̄)(x_a − x̄)'. */
function derivatives(samples: RowSamples, weights: Float64Array, ridge: number) {
  const { count, answers, features, targets } = samples;
  const sites = weights.length;
  const gradient = weights.map((w) => ridge * w);
  const hessian = new Float64Array(sites * sites);
  const logits = new Float64Array(answers);
  const mean = new Float64Array(sites);
  const centred = new Float64Array(sites);
  for (let i = 0; i < sites; i++) hessian[i * (sites + 1)] = ridge;
  for (let sample = 0; sample < count; sample++) {
    const normalizer = sampleLoss(samples, weights, sample, logits) + logits[targets[sample]];
    const shares = logits.map((z) => Math.exp(z - normalizer));
    const row = (a: number) => {
      const at = (sample * answers + a) * sites;
      return features.subarray(at, at + sites);
    };
    mean.fill(0);
    for (let a = 0; a < answers; a++) {
      const x = row(a);
      for (let i = 0; i < sites; i++) mean[i] += shares[a] * x[i];
    }
    const right = row(targets[sample]);
    for (let i = 0; i < sites; i++) gradient[i] += mean[i] - right[i];
    if (answers === 2) {
      // Both terms lie along x₀ − x₁: one of them does for both.
      const [x, y] = [row(0), row(1)];
      for (let i = 0; i < sites; i++) centred[i] = x[i] - y[i];
      addSquare(hessian, centred, shares[0] * shares[1]);
      continue;
    }
    for (let a = 0; a < answers; a++) {
      const x = row(a);
      for (let i = 0; i < sites; i++) centred[i] = x[i] - mean[i];
      addSquare(hessian, centred, shares[a]);
    }
  }
  return { gradient, hessian };
}

/**
 * Minimises Σ_μ (lse z − z_y) + (ridge/2)|w|², z_a = w·x_a, by Newton's method with a line search. The problem is convex.
 *
 * @param sites - length of the weights.
 * @complexity samples · answers · sites² per step
 */
export function fitRow(samples: RowSamples, sites: number, ridge: number): RowFit {
  let weights = new Float64Array(sites);
  let value = objective(samples, weights, ridge);
  for (let steps = 1; steps <= MOST_STEPS; steps++) {
    const { gradient, hessian } = derivatives(samples, weights, ridge);
    if (!choleskyInPlace(hessian, sites)) return { weights, isConverged: false, steps };
    const direction = gradient.slice();
    choleskySolveInPlace(hessian, sites, direction);
    const decrement = direction.reduce((sum, d, i) => sum + d * gradient[i], 0);
    if (decrement <= SMALL_DECREMENT * sites) {
      return { weights: weights.map((w, i) => w - direction[i]), isConverged: true, steps };
    }
    let next = weights;
    let nextValue = value;
    let scale = 1;
    for (let halvings = 0; halvings < MOST_HALVINGS; halvings++, scale /= 2) {
      next = weights.map((w, i) => w - scale * direction[i]);
      nextValue = objective(samples, next, ridge);
      if (nextValue <= value - 1e-4 * scale * decrement) break;
    }
    // Where no step lowers the rounded objective the minimum is reached as well as floats allow.
    if (!(nextValue < value)) return { weights, isConverged: decrement < 1e-8 * sites, steps };
    weights = next;
    value = nextValue;
  }
  return { weights, isConverged: false, steps: MOST_STEPS };
}
