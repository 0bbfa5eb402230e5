import { DomainError, ShapeError, type Status } from '@spinformer/numerics';
import { addScaled, dot, type LinearMap, norm } from './vectors.ts';

/** Options of {@link conjugateGradient}. */
export interface ConjugateGradientOptions {
  /** Where to begin, [n]; default zero. */
  readonly start?: ArrayLike<number>;
  /** Stops at |b − A x| ≤ tolerance · |b|, > 0; default 1e-10. */
  readonly tolerance?: number;
  /** Most multiplications with A, ≥ 1; default 10 n. */
  readonly maximumIterations?: number;
  /** An estimate of A's diagonal, [n], all > 0: Jacobi's preconditioner; default none. */
  readonly diagonal?: ArrayLike<number>;
}

/** What conjugate gradients found, and how they ended. */
export interface ConjugateGradientResult {
  /** [n] */
  readonly x: Float64Array;
  /** |b − A x| / |b|, by the recursion. */
  readonly residual: number;
  readonly iterations: number;
  /** `converged`, `step-limit`, or `diverged` where A is not positive definite. */
  readonly status: Status;
  readonly remedy?: string;
}

/**
 * Solves A x = b for a symmetric positive definite A that is only known by its products, without storing it.
 *
 * @param multiply - y = A x.
 * @param b - [n]
 * @throws {ShapeError} when `start` or `diagonal` has another length; {DomainError} for an option out of its range.
 * @source golub2013, section 11.3
 * @complexity one multiplication and 10 n operations an iteration; about √condition · log(1 / tolerance) of them.
 * @example
 * ```ts
 * const { x } = conjugateGradient((v, out) => { out.set(v); out[0] *= 4; }, Float64Array.of(8, 1));
 * // x = [2, 1]
 * ```
 */
export function conjugateGradient(
  multiply: LinearMap,
  b: Float64Array,
  options: ConjugateGradientOptions = {},
): ConjugateGradientResult {
  const n = b.length;
  const { tolerance = 1e-10, maximumIterations = Math.max(1, 10 * n) } = options;
  const inverse = checkOptions(n, tolerance, maximumIterations, options);
  const x = options.start ? Float64Array.from(options.start) : new Float64Array(n);
  const product = new Float64Array(n);
  const r = b.slice();
  if (options.start) {
    multiply(x, product);
    addScaled(r, -1, product);
  }
  const scale = norm(b) || 1;
  const z = inverse ? r.map((value, k) => value * inverse[k]) : r;
  const p = z.slice();
  let overlap = dot(r, z);
  for (let iterations = 0; ; iterations++) {
    const residual = norm(r) / scale;
    if (residual <= tolerance) return { x, residual, iterations, status: 'converged' };
    if (iterations >= maximumIterations)
      return {
        x,
        residual,
        iterations,
        status: 'step-limit',
        remedy: 'Raise maximumIterations or tolerance, or give a diagonal.',
      };
    multiply(p, product);
    const curvature = dot(p, product);
    if (!(curvature > 0))
      return { x, residual, iterations, status: 'diverged', remedy: remedyFor(curvature) };
    addScaled(x, overlap / curvature, p);
    addScaled(r, -overlap / curvature, product);
    if (inverse) for (let k = 0; k < n; k++) z[k] = r[k] * inverse[k];
    const next = dot(r, z);
    for (let k = 0; k < n; k++) p[k] = z[k] + (next / overlap) * p[k];
    overlap = next;
  }
}

function remedyFor(curvature: number): string {
  return Number.isNaN(curvature)
    ? 'A product with A was not a number. Check the map.'
    : 'A is not positive definite along a direction that was searched. Add a multiple of the identity.';
}

/** @returns the inverse of the diagonal, if one was given. */
function checkOptions(
  n: number,
  tolerance: number,
  maximumIterations: number,
  { start, diagonal }: ConjugateGradientOptions,
): Float64Array | undefined {
  if (!(tolerance > 0))
    throw new DomainError(`conjugateGradient: tolerance must be positive, got ${tolerance}.`);
  if (!(maximumIterations >= 1))
    throw new DomainError(
      `conjugateGradient: maximumIterations must be at least 1, got ${maximumIterations}.`,
    );
  for (const [name, given] of Object.entries({ start, diagonal }))
    if (given && given.length !== n)
      throw new ShapeError(`conjugateGradient: ${name} must have ${n} numbers like b, got ${given.length}.`);
  if (!diagonal) return undefined;
  const inverse = Float64Array.from(diagonal, (value) => 1 / value);
  if (!inverse.every((value) => value > 0 && Number.isFinite(value)))
    throw new DomainError('conjugateGradient: every number of the diagonal must be positive. Leave it out.');
  return inverse;
}
