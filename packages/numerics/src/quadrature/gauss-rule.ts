import { DomainError } from '../errors.ts';
import { tridiagonalEigenvalues } from './tridiagonal.ts';

/** Nodes and weights: Σ weights[i] · f(nodes[i]) stands for the integral. Nodes ascend. */
export interface Quadrature {
  readonly nodes: Float64Array;
  readonly weights: Float64Array;
}

const LARGEST_ORDER = 2000;
/** Orthonormal polynomials are scaled down by 2^−400 when they exceed 2^400. */
const RESCALING = 2 ** 400;
/** Eigenvalues are good to 1e-13 or so; each Newton step squares what is left. */
const POLISHING_STEPS = 2;

/** Checks the order of a rule. @throws {DomainError} */
export function checkOrder(order: number, caller: string): void {
  if (!(Number.isInteger(order) && order >= 1 && order <= LARGEST_ORDER)) {
    throw new DomainError(`${caller}: order must be an integer in 1…${LARGEST_ORDER}, got ${order}.`);
  }
}

/** pₙ/p′ₙ and 1/Σ_{k<n} pₖ² at x, for the orthonormal polynomials of b_{k+1} p_{k+1} = x pₖ − bₖ p_{k−1} with p₀ = 1. */
function evaluate(b: Float64Array, x: number): { newton: number; weight: number } {
  let before = 0;
  let current = 1;
  let slopeBefore = 0;
  let slope = 0;
  let sum = 0;
  let scale = 1;
  for (let k = 0; k + 1 < b.length; k++) {
    sum += current * current;
    const next = (x * current - b[k] * before) / b[k + 1];
    const slopeNext = (current + x * slope - b[k] * slopeBefore) / b[k + 1];
    before = current;
    current = next;
    slopeBefore = slope;
    slope = slopeNext;
    if (Math.abs(current) < RESCALING) continue;
    before /= RESCALING;
    current /= RESCALING;
    slopeBefore /= RESCALING;
    slope /= RESCALING;
    sum = sum / RESCALING / RESCALING;
    scale = scale / RESCALING / RESCALING;
  }
  return { newton: current / slope, weight: scale / sum };
}

/**
 * The Gauss rule of an even weight function of total one, from the recurrence of its orthonormal polynomials: nodes are
 * the eigenvalues of the Jacobi matrix, polished by Newton steps; weights are 1/Σ pₖ², a sum without cancellation.
 *
 * @param recurrence - bₖ for k ≥ 1 in b_{k+1} p_{k+1}(x) = x pₖ(x) − bₖ p_{k−1}(x).
 * @source golub1969
 * @complexity order²
 */
export function gaussRule(recurrence: (k: number) => number, order: number): Quadrature {
  const b = Float64Array.from({ length: order + 1 }, (_, k) => (k === 0 ? 0 : recurrence(k)));
  const nodes = tridiagonalEigenvalues(b.slice(1, order));
  const weights = new Float64Array(order);
  for (let i = Math.floor(order / 2); i < order; i++) {
    const mirror = order - 1 - i;
    let x = mirror === i ? 0 : nodes[i];
    if (mirror !== i) for (let step = 0; step < POLISHING_STEPS; step++) x -= evaluate(b, x).newton;
    nodes[i] = x;
    nodes[mirror] = mirror === i ? 0 : -x;
    weights[i] = weights[mirror] = evaluate(b, x).weight;
  }
  return { nodes, weights };
}

/**
 * The integral of a function by a rule.
 *
 * @example
 * ```ts
 * integrate(gaussHermite(20), (z) => z ** 4); // 3, the fourth moment of a standard normal variable
 * ```
 */
export function integrate(rule: Quadrature, f: (x: number) => number): number {
  let total = 0;
  for (let i = 0; i < rule.nodes.length; i++) total += rule.weights[i] * f(rule.nodes[i]);
  return total;
}
